public import EbbTable

extension ClientTable {
  /// Gives the columns of a table their meanings and tells what is wrong with them.
  ///
  /// In order: rows that stand twice are found (and dropped as `options` say); every column is held against the role
  /// its name suggests; churn becomes a flag whose *yes* means *left*; spellings of one city are merged; zeros of a
  /// balance that mean "none" become missing; columns are put in canonical order.
  ///
  /// - Throws: `ClientError`: no usable churn column, no clients, duplicates the user refuses, or a column that
  ///   cannot have the role the user gave it.
  public static func make(
    from read: ReadTable, assignments: RoleAssignments, options: ClientOptions = ClientOptions()
  ) throws(ClientError) -> (clients: ClientTable, quality: DataQuality) {
    let made = try making(from: read, assignments: assignments, options: options)
    return (made.clients, made.quality)
  }

  /// The same, with the rows that were dropped as duplicates, in row order.
  package static func making(
    from read: ReadTable, assignments: RoleAssignments, options: ClientOptions
  ) throws(ClientError) -> (clients: ClientTable, quality: DataQuality, dropped: [Int]) {
    if let several = assignments.ambiguous.first(where: { $0.role == .churn }) {
      throw .ambiguousChurn(columns: several.columns)
    }
    guard let churn = assignments.column(.churn), read.table.column(named: churn) != nil else {
      throw .noChurnColumn(known: assignments.columns.map(\.column))
    }
    if read.table.rowCount == 0 { throw .noClients }
    let byColumn = Dictionary(assignments.columns.map { ($0.column, $0) }) { first, _ in first }
    func assignment(_ column: Column) -> RoleAssignment {
      byColumn[column.name]
        ?? RoleAssignment(column: column.name, role: .attribute, reason: .plainAttribute, match: .none)
    }

    let rowNumbers = read.table.columns.filter {
      Self.numbersRows($0, assignment($0), rowCount: read.table.rowCount)
    }
    let duplicates = try DuplicateRows(
      read.table, id: assignments.column(.id).flatMap { read.table.column(named: $0) },
      rowNumbers: Set(rowNumbers.map(\.name)), options: options)
    let table = RowFilter.table(read.table, dropping: duplicates.dropped)

    let fitting = ColumnFitting(
      rowCount: table.rowCount, options: options, churnMeansStayed: assignments.churnMeansStayed)
    let fitted = try fitAll(table.columns.map { ($0, assignment($0)) }, fitting, cores: options.cores)
      .sorted { Self.canonicalOrder($0.entry, $1.entry) }

    guard let coding = fitted.lazy.compactMap(\.coding).first else {
      throw .noChurnColumn(known: assignments.columns.map(\.column))
    }
    let clients = ClientTable(
      table: Table(columns: fitted.map(\.column), chunkRowCounts: table.chunkRowCounts),
      schema: ClientSchema(entries: fitted.map(\.entry)))
    return (
      clients, DataQuality(of: clients, churn: coding, fitted, duplicates, read, assignments),
      duplicates.dropped
    )
  }

  /// Columns one by one, on as many cores as there are; of several errors that of the first column counts.
  private static func fitAll(
    _ columns: [(Column, RoleAssignment)], _ fitting: ColumnFitting, cores: Int?
  ) throws(ClientError) -> [FittedColumn] {
    let found = concurrentMap(columns.count, cores: cores) { index -> Result<FittedColumn, ClientError> in
      let (column, assignment) = columns[index]
      do throws(ClientError) {
        return .success(try fitting.fit(column, assignment))
      } catch {
        return .failure(error)
      }
    }
    var fitted: [FittedColumn] = []
    for result in found { fitted.append(try result.get()) }
    return fitted
  }

  private static func numbersRows(_ column: Column, _ assignment: RoleAssignment, rowCount: Int) -> Bool {
    switch assignment.role {
    case .ignored where assignment.reason == .rowNumber:
      return RowNumbers.confirms(column, assignment, rowCount: rowCount)
    case .attribute where column.kind == .integer && column.missingCount == 0:
      guard case .scaled(let chunks, _) = column.storage else { return false }
      let (low, high) = ColumnCensus.range(chunks, column.missing)
      guard let low, let high, low == 0 || low == 1, high - low == rowCount - 1 else { return false }
      return RowNumbers.identifier(
        column, ColumnCensus(column, rowCount: rowCount), rowCount: rowCount) == .rowNumber
    default: return false
    }
  }

  package static func canonicalOrder(_ first: ClientSchema.Entry, _ second: ClientSchema.Entry) -> Bool {
    let (one, two) = (order[first.role] ?? 0, order[second.role] ?? 0)
    return one != two ? one < two : utf8Order(first.column, second.column)
  }

  private static let order = Dictionary(
    uniqueKeysWithValues: Role.allCases.enumerated().map { ($0.element, $0.offset) })
}
