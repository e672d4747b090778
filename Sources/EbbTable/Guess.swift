/// Something the reader decided by itself, and why, so that nothing is guessed silently.
public struct Guess: Sendable, Codable, Equatable {
  public enum Subject: String, Sendable, Codable, Equatable {
    case compression, encoding, delimiter, quote, lineEnding, header, skippedLines, decimalSeparator,
      groupSeparator, kind, unit, flag, heading, totals, padding, zeroBalance
  }
  public let subject: Subject
  /// The column it is about, where it is about one.
  public let column: String?
  /// What was decided ("windows-1251", ";").
  public let value: String
  /// Counts behind it, language-free: "fieldsPerRow" → 12, "rowsAgreeing" → 100, ...
  public let evidence: [String: Double]
  /// `true`: the user said so by a flag.
  public let overridden: Bool

  public init(
    subject: Subject, column: String? = nil, value: String, evidence: [String: Double] = [:],
    overridden: Bool = false
  ) {
    self.subject = subject
    self.column = column
    self.value = value
    self.evidence = evidence
    self.overridden = overridden
  }
}
