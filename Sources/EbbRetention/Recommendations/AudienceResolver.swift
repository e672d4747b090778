import EbbClients
import EbbSegments
import EbbTable

/// An audience in the terms of one table.
struct ResolvedAudience {
  let rule: RiskRule
  let minimumRisk: Double?
  /// The city that `worst` found, and of how many.
  let worst: (city: String, cities: Int)?
}

/// Turns the lines of an audience into a rule on the table's columns.
struct AudienceResolver {
  struct Refusal: Error {
    let reason: SkippedRecommendation.Reason
    let condition: String
    let figure: Double?
  }

  let clients: ClientTable
  let probabilities: [Double]
  /// The city with the highest churn, and of how many; `nil` where there are not two to compare.
  let worst: (city: String, cities: Int)?

  func resolve(_ audience: [AudienceCondition]) throws(Refusal) -> ResolvedAudience {
    var found: [String: RiskCondition] = [:]
    var minimumRisk: Double?
    var usesWorst = false
    for line in audience {
      func refuse(_ reason: SkippedRecommendation.Reason) -> Refusal {
        Refusal(reason: reason, condition: line.written, figure: nil)
      }
      let entry: ClientSchema.Entry?
      switch line.subject {
      case .risk:
        guard let value = line.values.first, let border = riskBorder(value) else { throw refuse(.noForecast) }
        minimumRisk = max(minimumRisk ?? border, border)
        continue
      case .role(let role): entry = clients.schema.entry(role)
      case .column(let name): entry = clients.schema.factorEntries.first { $0.column == name }
      }
      guard let entry, let column = clients.table.column(named: entry.column) else {
        throw refuse(.noSuchAttribute)
      }
      guard var condition = condition(line, entry, column) else { throw refuse(.noSuchValue) }
      if line.values == [.worst] { usesWorst = true }
      if let earlier = found[entry.column] {
        guard let both = earlier.intersecting(condition) else { throw refuse(.noSuchValue) }
        condition = both
      }
      found[entry.column] = condition
    }
    let ordered = clients.schema.entries.compactMap { found[$0.column] }
    return ResolvedAudience(
      rule: RiskRule(ordered), minimumRisk: minimumRisk, worst: usesWorst ? worst : nil)
  }

  private func riskBorder(_ value: AudienceCondition.Value) -> Double? {
    switch value {
    case .number(let border): return border
    case .quantile(let q):
      var known = probabilities.filter(\.isFinite)
      return OrderStatistic.quantile(&known, q)
    default: return nil
    }
  }

  private func condition(
    _ line: AudienceCondition, _ entry: ClientSchema.Entry, _ column: Column
  ) -> RiskCondition? {
    func make(_ kind: RiskCondition.Kind) -> RiskCondition {
      RiskCondition(column: entry.column, role: entry.role, kind: kind)
    }
    switch line.comparison {
    case .missing: return make(.missing)
    case .present: return make(.present)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard column.isNumeric, let value = line.values.first, let border = border(value, column) else {
        return nil
      }
      return RiskCondition(
        column: entry.column, role: entry.role, kind: .band, low: line.comparison.isLower ? border : nil,
        high: line.comparison.isLower ? nil : border, isHighClosed: line.comparison == .lessOrEqual,
        isLowOpen: line.comparison == .greater)
    case .equal, .isIn, .notEqual:
      let known = levels(column)
      let named = line.values.flatMap { texts($0, known, entry, column) }
      guard !named.isEmpty else { return nil }
      let chosen: [String]
      if line.comparison == .notEqual {
        guard let known else { return nil }
        chosen = known.filter { !named.contains($0) }
      } else {
        chosen = known.map { $0.filter(named.contains) } ?? named
      }
      guard !chosen.isEmpty else { return nil }
      return RiskCondition(column: entry.column, role: entry.role, kind: .values, values: chosen)
    }
  }

  private func border(_ value: AudienceCondition.Value, _ column: Column) -> Double? {
    switch value {
    case .number(let border): return border
    case .quantile(let q):
      var present: [Double] = []
      present.reserveCapacity(clients.table.rowCount - column.missingCount)
      column.forEachNumber { present.append($1) }
      return OrderStatistic.quantile(&present, q)
    default: return nil
    }
  }

  /// All values a column has, in order: texts, or numbers where there are few. `nil` where there are many.
  private func levels(_ column: Column) -> [String]? {
    if case .codes(_, let levels) = column.storage { return levels.texts }
    var seen: Set<Double> = []
    column.forEachNumber { if seen.count <= Self.numberLimit { seen.insert($1) } }
    return seen.count > Self.numberLimit ? nil : seen.sorted().map(Self.shortest)
  }

  private static let numberLimit = 100

  private static func shortest(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }

  /// The table's texts for a value of the file.
  private func texts(
    _ value: AudienceCondition.Value, _ known: [String]?, _ entry: ClientSchema.Entry, _ column: Column
  ) -> [String] {
    switch value {
    case .number(let number):
      if column.isNumeric { return [Self.shortest(number)] }
      return known?.filter { Double($0) == number } ?? []
    case .text(let text):
      if column.isNumeric { return Double(text).map { [Self.shortest($0)] } ?? [] }
      return known?.filter { $0 == text } ?? []
    case .woman, .man:
      let asked: GenderMeaning = value == .woman ? .woman : .man
      return known?.filter { GenderMeaning.of($0, heading: entry.column) == asked } ?? []
    case .yes, .no:
      guard case .codes(_, let levels) = column.storage else { return [] }
      return levels.texts.enumerated().filter { code, text in
        let isYes = levels.positive.map { $0 == code } ?? FlagWord.isYes(text)
        return isYes == (value == .yes)
      }.map(\.element)
    case .worst: return worst.map { [$0.city] } ?? []
    case .quantile: return []
    }
  }
}

extension RiskCondition {
  /// Both bands at once; `nil` for anything but bands.
  func intersecting(_ other: RiskCondition) -> RiskCondition? {
    guard kind == .band, other.kind == .band else { return nil }
    var (low, open) = (self.low, isLowOpen)
    if let border = other.low, border > low ?? -.infinity || (border == low && other.isLowOpen) {
      (low, open) = (border, other.isLowOpen)
    }
    var (high, closed) = (self.high, isHighClosed)
    if let border = other.high, border < high ?? .infinity || (border == high && !other.isHighClosed) {
      (high, closed) = (border, other.isHighClosed)
    }
    return RiskCondition(
      column: column, role: role, kind: .band, low: low, high: high, isHighClosed: closed, isLowOpen: open)
  }
}
