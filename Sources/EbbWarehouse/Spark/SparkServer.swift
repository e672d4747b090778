import EbbForecast
import Synchronization

/// A Spark application with the clients as views of its session.
///
/// Spark has no snapshots: a checksum of all rows is taken first and again when all has been asked; where they differ,
/// there is no study.
struct SparkServer: WarehouseServer {
  private let application: SparkApplication
  private let request: WarehouseRequest
  private let names: [String]
  private let checksum: Checksum
  private let planning: SparkPlanning?
  let sql = WarehouseSQL(.spark)
  let table: WarehouseTable
  let source: String
  let snapshot: String

  private struct Checksum: Equatable {
    var rows = 0
    var sum = ""
  }

  init(_ launch: SparkLaunch, _ request: WarehouseRequest, plans: Bool) throws(WarehouseError) {
    self.request = request
    application = try SparkApplication(launch)
    try application.rows(.init(do: "settings", settings: SparkLaunch.session), isCounted: false)
    source = "spark \(application.greeting.master), \(application.greeting.version)"
    let source = try SparkSource(application, request)
    names = source.names
    let columns = source.names.indices.map { index in
      WarehouseTable.Column(
        name: source.names[index], place: "t.v\(index)", family: source.families[index])
    }
    table = WarehouseTable(
      name: request.table, columns: columns, rows: "\(SparkSource.clients) t", parts: [], condition: nil)
    if plans {
      let planning = try SparkPlanning(application, source, seconds: request.timeout)
      try planning.plan(Self.checksum(table))
      self.planning = planning
      checksum = Checksum(rows: SparkPlanning.rows)
      snapshot = ""
      return
    }
    planning = nil
    do throws(WarehouseError) {
      checksum = try Self.checksum(application, table, seconds: request.timeout)
    } catch .refused(let server, let state) {
      // So far nothing but the condition has been worked out.
      if let condition = request.condition { throw .badCondition(condition, server: server) }
      throw .refused(server: server, state: state)
    }
    if !application.greeting.hasPartitions {
      let count = SparkLaunch.partitions(rows: checksum.rows)
      try application.rows(
        .init(do: "settings", settings: ["spark.sql.shuffle.partitions": "\(count)"]), isCounted: false)
    }
    snapshot = "\(checksum.rows):\(checksum.sum)"
  }

  var received: Int { application.received }
  var statements: [String] { application.statements }
  var planned: [PlannedStatement] { planning?.statements ?? [] }

  private static func checksum(_ table: WarehouseTable) -> String {
    let values = table.columns.flatMap { [$0.place, "ISNULL(\($0.place))"] }.joined(separator: ", ")
    return "SELECT COUNT(*), SUM(CAST(XXHASH64(\(values)) AS DECIMAL(20,0))) FROM \(table.rows)"
  }

  private static func checksum(
    _ application: SparkApplication, _ table: WarehouseTable, seconds: Int?
  ) throws(WarehouseError) -> Checksum {
    var found = Checksum()
    try application.rows(
      .init(do: "rows", sql: checksum(table), seconds: seconds)
    ) { (row) throws(WarehouseError) in
      found = Checksum(rows: try row.integer(0), sum: row.text(1) ?? "")
    }
    return found
  }

  func count() throws(WarehouseError) -> Int { checksum.rows }

  func rows(
    _ statement: String, _ take: (borrowing WarehouseRow) throws(WarehouseError) -> Void
  ) throws(WarehouseError) {
    if let planning { return try planning.rows(statement, take) }
    try application.rows(.init(do: "rows", sql: statement, seconds: request.timeout), take: take)
  }

  func fetch(_ draw: (share: Double, seed: UInt64)?, into file: UnnamedFile) throws {
    let texts = table.columns.map { sql.words.text($0.place, $0.family) }
    let items = texts.enumerated().map { "\($1) AS v\($0)" }
    var statement = "SELECT \(items.joined(separator: ", ")) FROM \(table.rows)"
    if let draw {
      let below = UInt64(min(max(draw.share, 0), 1) * 0x1p32)
      // A missing value is told from an empty text, and each value from the next.
      let row = texts.map { "COALESCE(\($0), CHAR(1))" }.joined(separator: ", ")
      statement +=
        " WHERE CAST(CONV(SUBSTRING(MD5(CONCAT_WS(CHAR(2), '\(draw.seed)', \(row))), 1, 8), 16, 10) AS BIGINT) < \(below)"
    }
    let application = application
    try planning?.plan(statement)
    let asked = try planning?.few(statement) ?? statement
    let expected = draw.map { Int(Double(checksum.rows) * $0.share) } ?? checksum.rows
    try application.rows(
      .init(
        do: "fetch", sql: asked, path: file.pathForOthers, names: names, rows: expected,
        seconds: request.timeout)
    ) { (row) throws(WarehouseError) in application.addReceived(try row.integer(0)) }
  }

  /// The clients' numbers are worked out once and kept by the executors, in memory where it suffices.
  func settled(_ relation: ClientRelation) throws(WarehouseError) -> ClientRelation {
    let numbers = "ebb_numbers"
    for statement in relation.views(read: "ebb_read", numbers: numbers, sql.words.orderKey) {
      try make(statement)
    }
    if planning == nil {
      try rows("CACHE TABLE \(numbers) OPTIONS ('storageLevel' 'MEMORY_AND_DISK')") {
        (_) throws(WarehouseError) in
      }
    }
    return ClientRelation(
      columns: relation.columns.enumerated().map { index, column in
        WarehouseColumn(
          column: column.column, stored: "t.c\(index)", double: column.double.map { _ in "t.d\(index)" })
      }, rows: "\(numbers) t", conditions: [])
  }

  private func make(_ statement: String) throws(WarehouseError) {
    if let planning { return try planning.make(statement) }
    try application.rows(.init(do: "rows", sql: statement, seconds: request.timeout))
  }

  func end() throws(WarehouseError) {
    if planning != nil { return }
    guard try Self.checksum(application, table, seconds: request.timeout) == checksum else { throw .changed }
  }
}
