public import EbbClients
public import EbbTable

/// Any table made ready for one comparison.
///
/// Where the table has a usable churn column, it is taken as a study would take it, so that the figures are the same:
/// exact duplicates of a client dropped, zero balances that mean "none" missing. Any other table is taken as it stands.
public struct ComparisonTable: Sendable {
  /// What was read, and what was done to it.
  public struct Rows: Sendable, Codable, Equatable {
    /// Records of the file: `used + rejected + duplicatesDropped`.
    public let read: Int
    public let used: Int
    public let rejected: Int
    public let duplicatesDropped: Int
    /// Zero balances taken for missing.
    public let zerosMadeMissing: Int
    /// `true`: taken as a table of clients; `false`: as it stands.
    public let asClients: Bool
  }
  public let clients: ClientTable
  public let rows: Rows
  public let rejected: [RejectedRow]

  /// - Throws: `TableError`, or `ClientError` where the mapping names what is not there.
  public static func read(
    path: String, options: ReadOptions = ReadOptions(), mapping: RoleMapping = RoleMapping(),
    progress: @Sendable @escaping (Double?) -> Void = { _ in }
  ) async throws -> ComparisonTable {
    let source = try ByteSource(path: path)
    let reading = try Reading.detect(source, options: options)
    let roles = try RoleMatcher.match(headings: reading.columns.map(\.name), mapping: mapping)
    // Standard input comes only once, so it is read without what churn would ask of the reader.
    if path != "-", roles.column(.churn) != nil,
      let read = try? await TableReader.read(
        source, reading, options: roles.readOptions(options), progress: progress),
      let made = try? ClientTable.make(from: read, assignments: roles)
    {
      return ComparisonTable(read, made.clients, made.quality)
    }
    let read = try await TableReader.read(source, reading, options: options, progress: progress)
    if roles.column(.churn) != nil, let made = try? ClientTable.make(from: read, assignments: roles) {
      return ComparisonTable(read, made.clients, made.quality)
    }
    return ComparisonTable(asItStands: read, roles)
  }

  init(_ read: ReadTable, _ clients: ClientTable, _ quality: DataQuality) {
    self.clients = clients
    rejected = read.rejected
    rows = Rows(
      read: read.recordCount, used: clients.table.rowCount, rejected: read.rejectedCount,
      duplicatesDropped: quality.rows.duplicatesDropped,
      zerosMadeMissing: quality.zeroBalance.map { $0.madeMissing ? $0.zeros : 0 } ?? 0, asClients: true)
  }

  init(asItStands read: ReadTable, _ roles: RoleAssignments) {
    let entries = read.table.columns.map { column -> ClientSchema.Entry in
      var scale = 0
      if case .scaled(_, let decimals) = column.storage { scale = decimals }
      let assigned = roles.columns.first { $0.column == column.name }
      return ClientSchema.Entry(
        column: column.name, role: assigned?.role ?? .attribute, kind: column.kind, scale: scale,
        reason: assigned?.reason ?? .plainAttribute)
    }
    clients = ClientTable(table: read.table, schema: ClientSchema(entries: entries))
    rejected = read.rejected
    rows = Rows(
      read: read.recordCount, used: read.table.rowCount, rejected: read.rejectedCount,
      duplicatesDropped: 0, zerosMadeMissing: 0, asClients: false)
  }
}
