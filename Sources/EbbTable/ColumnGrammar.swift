/// How the values of one column are written: what the parser needs to turn its fields into numbers or codes.
/// Found from a sample of the file by `GrammarDetector`; the parser may widen it when later rows ask for it.
public struct ColumnGrammar: Sendable, Codable, Equatable {
  public var name: String
  public var kind: Column.Kind
  /// Decimals kept for `.decimal`.
  public var scale: Int
  /// Texts of a flag (lowercase): what means no, what means yes.
  public var flagNo: String?
  public var flagYes: String?
  /// A unit found after or before numbers (₽, руб., %, тыс., млн), stated in the report.
  public var unit: String?
  /// What the numbers are multiplied by because of the unit: 1, 1_000 (тыс.), 1_000_000 (млн).
  public var multiplier: Int
  /// `true`: a missing value rejects the row (the churn column).
  public var required: Bool
  /// `true`: every number of this column is plain ASCII digits with at most one decimal separator and a minus:
  /// the parser's fast path may try that first.
  public var plain: Bool

  public init(
    name: String, kind: Column.Kind, scale: Int = 0, flagNo: String? = nil, flagYes: String? = nil,
    unit: String? = nil, multiplier: Int = 1, required: Bool = false, plain: Bool = true
  ) {
    self.name = name
    self.kind = kind
    self.scale = scale
    self.flagNo = flagNo
    self.flagYes = flagYes
    self.unit = unit
    self.multiplier = multiplier
    self.required = required
    self.plain = plain
  }
}
