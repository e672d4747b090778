/// What one column holds, row by row: missing values, range, different texts.
public struct ColumnSurvey: Sendable, Codable, Equatable {
  /// One of a column's texts and how many rows hold it.
  public struct Level: Sendable, Codable, Equatable {
    public let text: String
    public let count: Int
  }
  public struct Range: Sendable, Codable, Equatable {
    public let low: Double
    public let high: Double
  }

  public let name: String
  /// The heading exactly as the file has it; `nil` without a heading.
  public let heading: String?
  /// As detected, widened where later rows asked for it: whole numbers become decimals, decimals reals.
  public let kind: Column.Kind
  public let scale: Int
  public let unit: String?
  public let multiplier: Int
  public let missing: Int
  /// Of numbers, units applied.
  public let range: Range?
  /// How many different texts; `nil` for numbers, and above `levelLimit`.
  public let distinct: Int?
  /// The most frequent texts, at most ten; equally frequent ones by their bytes.
  public let levels: [Level]

  /// Different texts are counted up to here.
  public static let levelLimit = 1000
}

/// A value as the column's grammar reads it.
enum SurveyedValue {
  case missing
  case exact(Double, scale: Int)
  case real(Double)
  case flag(Bool)
  case text
  /// The row is rejected.
  case problem(RejectedRow.Reason)
}

/// Gathers a `ColumnSurvey`.
struct ColumnSurveyor {
  let grammar: ColumnGrammar
  let flag: FlagWords?
  private var missing = 0
  private var low = Double.infinity
  private var high = -Double.infinity
  private var scale: Int
  private var sawReal = false
  private var levels: [[UInt8]: Int] = [:]
  private var countsLevels: Bool

  init(_ grammar: ColumnGrammar) {
    self.grammar = grammar
    flag = FlagWords(grammar)
    scale = grammar.scale
    switch grammar.kind {
    case .integer, .decimal, .real: countsLevels = false
    case .flag, .category, .text, .empty: countsLevels = true
    }
  }

  /// What the field says, or why the row is rejected.
  func read(_ field: Span<UInt8>, style: NumberStyle, missingTokens: MissingTokens) -> SurveyedValue {
    if missingTokens.contains(field) { return grammar.required ? .problem(.missingRequired) : .missing }
    switch grammar.kind {
    case .integer, .decimal, .real:
      let number = NumberText(field, style: style)
      switch number.outcome {
      case .exact(_, let scale): return .exact(number.double ?? 0, scale: scale)
      case .real(let value): return .real(value)
      case .outOfRange: return .problem(.outOfRange)
      case .notANumber: return .problem(.notANumber)
      }
    case .flag:
      guard let value = flag?.value(field) else { return .problem(.notAFlag) }
      return .flag(value)
    case .category, .text, .empty: return .text
    }
  }

  mutating func add(_ value: SurveyedValue, _ field: Span<UInt8>) {
    switch value {
    case .missing: missing += 1
    case .problem: break
    case .exact(let number, let decimals):
      scale = max(scale, decimals)
      add(number)
    case .real(let number):
      sawReal = true
      add(number)
    case .flag(let isYes):
      levels[(isYes ? flag?.yes : flag?.no) ?? [], default: 0] += 1
    case .text: addText(field)
    }
  }

  private mutating func add(_ number: Double) {
    low = min(low, number)
    high = max(high, number)
  }

  private mutating func addText(_ field: Span<UInt8>) {
    guard countsLevels else { return }
    let text = field.extracting(FieldText.trimmed(field))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for index in text.indices { bytes.append(text[index]) }
    levels[bytes, default: 0] += 1
    if levels.count > ColumnSurvey.levelLimit {
      countsLevels = false
      levels = [:]
    }
  }

  func survey(heading: String?) -> ColumnSurvey {
    var kind = grammar.kind
    if kind == .integer, scale > 0 { kind = .decimal }
    if kind == .decimal || kind == .integer, sawReal || scale > 18 { kind = .real }
    if kind == .empty, !levels.isEmpty || !countsLevels { kind = .category }
    let isText = kind == .flag || kind == .category || kind == .text
    let frequent = levels.sorted { first, second in
      first.value != second.value
        ? first.value > second.value : first.key.lexicographicallyPrecedes(second.key)
    }
    return ColumnSurvey(
      name: grammar.name, heading: heading, kind: kind, scale: kind == .decimal ? scale : 0,
      unit: grammar.unit, multiplier: grammar.multiplier, missing: missing,
      range: low.isFinite && high.isFinite ? .init(low: low, high: high) : nil,
      distinct: isText && countsLevels ? levels.count : nil,
      levels: frequent.prefix(10).map {
        .init(text: String(decoding: $0.key, as: UTF8.self), count: $0.value)
      })
  }
}
