import EbbClients
public import EbbTable

/// Where a study comes from: enough to make it again. Nothing here depends on the clock or the machine.
public struct Provenance: Sendable, Codable, Equatable {
  public let tool: String
  /// Name of the file (not its folder), "-" for standard input, or the warehouse's table.
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
  /// `nil` for files.
  public let warehouse: WarehouseSource?

  /// A database that answered the study's questions.
  public struct WarehouseSource: Sendable, Codable, Equatable {
    /// `postgresql://host:port/database`, without user and password.
    public let address: String
    public let table: String
    /// The condition that rows had to meet, as the user wrote it.
    public let condition: String?
    /// The moment all answers are of, as the server names it.
    public let snapshot: String
    /// Statements that ran; their texts hold levels of few clients and so are no part of a study.
    public let statements: Int
    /// Bytes of values that left the database.
    public let received: Int
    /// Those of them that were rows, read to recognise columns and to learn a forecast from; the rest are answers.
    public let receivedAsRows: Int?

    public init(
      address: String, table: String, condition: String?, snapshot: String, statements: Int, received: Int,
      receivedAsRows: Int?
    ) {
      self.address = address
      self.table = table
      self.condition = condition
      self.snapshot = snapshot
      self.statements = statements
      self.received = received
      self.receivedAsRows = receivedAsRows
    }
  }

  public init(
    tool: String, source: String, intake: ClientIntake, configuration: StudyConfiguration,
    warehouse: WarehouseSource? = nil
  ) {
    self.tool = tool
    self.source =
      warehouse?.table ?? (source == "-" ? source : String(source.split(separator: "/").last ?? ""))
    self.warehouse = warehouse
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
