public import EbbClients
public import EbbTable

/// From a file to clients: how it is read, what its columns mean, what is wrong with it.
public struct ClientIntake: Sendable {
  public let clients: ClientTable
  public let quality: DataQuality
  public let assignments: RoleAssignments
  public let reading: Reading
  public let recordCount: Int
  /// Rows that could not be read, in file order.
  public let rejected: [RejectedRow]
  public let totals: [RejectedRow]
  /// The clients a forecast learns from, where `clients` lie elsewhere and only their number and schema are here.
  public private(set) var sample: ClientTable?

  /// What a sample showed, for clients that lie elsewhere.
  package func elsewhere(_ schema: ClientSchema, count: Int, quality: DataQuality) -> ClientIntake {
    var intake = ClientIntake(
      clients: ClientTable(table: Table(columns: [], chunkRowCounts: [count]), schema: schema),
      quality: quality, assignments: assignments,
      reading: reading, recordCount: count, rejected: rejected, totals: totals)
    intake.sample = clients
    return intake
  }

  /// Headings or texts are in Cyrillic: the reader most likely is too.
  public var isCyrillic: Bool {
    reading.headings.contains(where: Cyrillic.isIn)
      || (sample ?? clients).table.columns.contains { column in
        if case .codes(_, let levels) = column.storage, column.kind != .text {
          return levels.texts.prefix(100).contains(where: Cyrillic.isIn)
        }
        return false
      }
  }

  /// Reads a file (`-`: standard input) as clients.
  ///
  /// Headings are read first, for a column's role decides how it is read: churn must be yes or no, and a row where
  /// it is neither is rejected.
  /// - Throws: `TableError` (cannot be opened or read) or `ClientError` (cannot be taken for clients).
  public static func read(
    path: String, configuration: StudyConfiguration,
    progress: @Sendable @escaping (StudyProgress) -> Void = { _ in }
  ) async throws -> ClientIntake {
    progress(.opening)
    return try await read(try ByteSource(path: path), configuration: configuration, progress: progress).intake
  }

  /// The same, with the table as it was read and the rows of it that were dropped as duplicates.
  package static func read(
    _ source: ByteSource, configuration: StudyConfiguration,
    progress: @Sendable @escaping (StudyProgress) -> Void
  ) async throws -> (intake: ClientIntake, read: ReadTable, dropped: [Int]) {
    // Names of roles are made ready while the file is looked at.
    async let prepared: Void = RoleMatcher.prepare()
    let reading = try Reading.detect(source, options: configuration.reading)
    await prepared
    let assignments = try RoleMatcher.match(
      headings: reading.columns.map(\.name), mapping: configuration.mapping)
    let read = try await TableReader.read(
      source, reading, options: assignments.readOptions(configuration.reading),
      progress: { progress(.reading(share: $0)) })
    progress(.cleaning)
    let made = try ClientTable.making(
      from: read, assignments: assignments, options: configuration.clients)
    let intake = ClientIntake(
      clients: made.clients, quality: made.quality, assignments: assignments, reading: read.reading,
      recordCount: read.recordCount, rejected: read.rejected, totals: read.totals)
    return (intake, read, made.dropped)
  }
}
