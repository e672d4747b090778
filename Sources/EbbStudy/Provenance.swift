import EbbClients
public import EbbTable

/// Where a study comes from: enough to make it again. Nothing here depends on the clock or the machine.
public struct Provenance: Sendable, Codable, Equatable {
  public let tool: String
  /// Name of the file (not its folder), or "-" for standard input.
  public let source: String
  public let records: Int
  public let rejected: Int
  public let dialect: Dialect
  /// Every decision of the reader, with its evidence.
  public let guesses: [Guess]
  /// Headings as the file has them, in its order.
  public let headings: [String]
  public let level: Double
  public let alpha: Double
  public let equivalenceBound: Double
  public let privacyThreshold: Int

  public init(
    tool: String, source: String, intake: ClientIntake, configuration: StudyConfiguration
  ) {
    self.tool = tool
    self.source = source == "-" ? source : String(source.split(separator: "/").last ?? "")
    self.records = intake.recordCount
    self.rejected = intake.rejected.count
    self.dialect = intake.reading.dialect
    self.guesses = intake.reading.guesses
    self.headings = intake.reading.headings
    self.level = configuration.level
    self.alpha = configuration.alpha
    self.equivalenceBound = configuration.equivalenceBound
    self.privacyThreshold = configuration.privacyThreshold
  }
}
