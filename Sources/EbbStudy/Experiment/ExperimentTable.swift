public import EbbRetention
public import EbbTable

/// The results of an experiment as they came back: who was in which arm, who left, and what was made of the table.
public struct ExperimentTable: Sendable {
  /// Which values of a column mean which arm.
  public struct ArmColumn: Sendable, Codable, Equatable {
    public let column: String
    public let control: [String]
    public let treated: [String]
    public let unknown: [ReadMeaning.Unknown]
    public let basis: ReadMeaning.Basis

    init(_ reading: ReadMeaning) {
      (column, control, treated) = (reading.column, reading.yes, reading.no)
      (unknown, basis) = (reading.unknown, reading.basis)
    }
  }
  /// Which values of a column mean which outcome.
  public struct OutcomeColumn: Sendable, Codable, Equatable {
    public let column: String
    public let left: [String]
    public let stayed: [String]
    public let unknown: [ReadMeaning.Unknown]
    public let basis: ReadMeaning.Basis

    init(_ reading: ReadMeaning) {
      (column, left, stayed) = (reading.column, reading.yes, reading.no)
      (unknown, basis) = (reading.unknown, reading.basis)
    }
  }
  /// Which column was taken for what.
  public struct Columns: Sendable, Codable, Equatable {
    public let arm: ArmColumn
    public let outcome: OutcomeColumn
    public let client: String?
    public let by: String?
    public let value: String?
    public let cost: String?
  }
  /// `read == counted + duplicates + withoutArm + rejected`.
  public struct Rows: Sendable, Codable, Equatable {
    public let read: Int
    /// Clients in the analysis.
    public let counted: Int
    /// Rows that repeat a client.
    public let duplicates: Int
    /// Rows whose arm is missing or unknown: left out.
    public let withoutArm: Int
    public let rejected: Int
    /// Of the counted: clients without an id, who cannot be checked for repetition.
    public let withoutID: Int
    /// Of the counted: clients whose outcome is missing or unknown.
    public let withoutOutcome: Int
  }
  public let columns: Columns
  public let rows: Rows
  public let counts: ExperimentCounts
  /// Mean of the column of values over the leavers of both arms; of the column of costs over the treated.
  public let value: Double?
  public let cost: Double?
  public let rejected: [RejectedRow]
  /// Headings or values are in Cyrillic.
  public let isCyrillic: Bool

  /// - Throws: `TableError`, `ClientError` for a column that is not there, `ExperimentError`.
  public static func read(
    path: String, options: ReadOptions = ReadOptions(), request: ExperimentRequest = ExperimentRequest(),
    progress: @Sendable @escaping (Double?) -> Void = { _ in }
  ) async throws -> ExperimentTable {
    let source = try ByteSource(path: path)
    let reading = try Reading.detect(source, options: options)
    let headings = try ExperimentHeadings(reading.columns.map(\.name), request)
    let read = try await TableReader.read(
      source, reading, options: headings.readOptions(options), progress: progress)
    return try ExperimentTable(read, headings, request)
  }
}
