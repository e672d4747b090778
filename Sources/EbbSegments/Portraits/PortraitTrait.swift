public import EbbClients
import EbbStatistics

/// One thing that sets a group apart from the rest, with how far and how sure; words are made of it later.
public struct PortraitTrait: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable, Equatable {
    /// A number is higher or lower here: `here` and `elsewhere` are means.
    case number
    /// A level is met more or less often here: `here` and `elsewhere` are shares of clients.
    case level
    /// The value is missing more or less often here: shares of clients.
    case missing
  }
  public enum Direction: String, Sendable, Codable, Equatable { case higher, lower }

  public let kind: Kind
  public let column: String
  public let role: Role
  /// The level, for `level`.
  public let value: String?
  public let direction: Direction
  public let here: Double
  public let elsewhere: Double
  /// Cohen's d for numbers, Cohen's h for shares: the scale traits are ranked on.
  public let effect: Double
  public let test: String
  public let pValue: Double?
  public let log10PValue: Double?
  /// Over all traits of the portrait.
  public let pValueHolm: Double?
  public let pValueBenjaminiHochberg: Double?
  /// Holm-adjusted p below α, and |effect| at least the bound: typical of the group.
  public let typical: Bool

  /// What was found before ranking and correcting.
  struct Candidate {
    let kind: Kind
    let column: String
    let role: Role
    let value: String?
    let here: Double
    let elsewhere: Double
    let effect: Double
    let test: HypothesisTest
  }

  /// Every trait of a group, the strongest first; of an attribute with two levels, the one met more often here.
  static func ranked(_ candidates: [Candidate], _ options: ComparisonOptions) -> [PortraitTrait] {
    let p = candidates.map(\.test.pValue)
    let (holm, hochberg) = (ComparisonCorrection.holm(p), ComparisonCorrection.benjaminiHochberg(p))
    let traits = candidates.indices.map { index in
      let found = candidates[index]
      let significant = holm[index].map { $0 < options.alpha } ?? false
      return PortraitTrait(
        kind: found.kind, column: found.column, role: found.role, value: found.value,
        direction: found.effect >= 0 ? .higher : .lower, here: found.here, elsewhere: found.elsewhere,
        effect: found.effect, test: found.test.name, pValue: found.test.pValue,
        log10PValue: found.test.log10PValue, pValueHolm: holm[index],
        pValueBenjaminiHochberg: hochberg[index],
        typical: significant && abs(found.effect) >= options.bound)
    }
    return traits.enumerated().sorted { first, second in
      let (a, b) = (abs(first.element.effect), abs(second.element.effect))
      return a == b ? first.offset < second.offset : a > b
    }.map(\.element)
  }

  static func candidate(_ number: PortraitNumber) -> Candidate? {
    guard let d = number.effect("cohensD")?.estimate, let test = number.test("welchT"),
      let here = number.here.mean, let rest = number.rest.mean
    else { return nil }
    return Candidate(
      kind: .number, column: number.column, role: number.role, value: nil, here: here, elsewhere: rest,
      effect: d, test: test)
  }

  static func candidates(_ category: PortraitCategory) -> [Candidate] {
    let isPresence = category.attribute.kind == .presence
    var levels = category.levels
    if isPresence {
      levels = levels.filter { $0.value == "missing" }
    } else if levels.count == 2 {
      levels = [(levels[0].cohensH ?? 0) > 0 ? levels[0] : levels[1]]
    }
    return levels.compactMap { level in
      guard let here = level.here.share, let elsewhere = level.elsewhere.share, let h = level.cohensH
      else { return nil }
      return Candidate(
        kind: isPresence ? .missing : .level, column: category.attribute.column,
        role: category.attribute.role ?? .attribute, value: isPresence ? nil : level.value, here: here,
        elsewhere: elsewhere, effect: h, test: level.test)
    }
  }
}
