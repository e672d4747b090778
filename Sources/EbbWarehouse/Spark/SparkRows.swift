import EbbForecast
import EbbTable

/// A table or files as something that Spark selects from.
struct SparkRows {
  /// What stands after FROM.
  let place: String
  let fields: [(name: String, type: String)]
  /// What makes it.
  let making: [String]

  private static let text = WarehouseSQL(.spark)

  init(_ application: SparkApplication, _ request: WarehouseRequest) throws(WarehouseError) {
    let name = request.table
    var headings: [String]?
    var making: [String] = []
    let rows: String
    switch SparkPlace(name) {
    case .table(let parts):
      if parts.contains("") { throw .noTable(name) }
      rows = parts.map(SparkPlace.quoted).joined(separator: ".")
    case .files(let path, let said):
      let isText = said == nil || said == "csv"
      let found = try application.look(at: path, withHead: isText)
      guard found.exists else { throw .noPath(name) }
      let format = said ?? (found.isDelta ? "delta" : found.names.lazy.compactMap(SparkPlace.format).first)
      guard let format else { throw .unknownFormat(name) }
      var options = [("path", path)]
      if format == "csv" {
        let reading = try Self.reading(found.head, request.reading)
        headings = reading.headings
        options += try Self.options(reading.dialect)
      }
      rows = "ebb_files"
      var list: [String] = []
      for (key, value) in options { list.append("\(key) \(try Self.text.text(value))") }
      making.append(
        "CREATE OR REPLACE TEMPORARY VIEW ebb_files USING \(format) OPTIONS (\(list.joined(separator: ", ")))"
      )
      try Self.run(making[0], application, name)
    }
    var fields: [(name: String, type: String)] = []
    do throws(WarehouseError) {
      try application.rows(.init(do: "schema", sql: "SELECT * FROM \(rows)"), isCounted: false) {
        (row) throws(WarehouseError) in fields.append((row.text(0) ?? "", row.text(1) ?? ""))
      }
    } catch .noTable { throw .noTable(name) }
    if fields.isEmpty { throw .emptyTable(name) }
    self.place = rows
    self.making = making
    self.fields = fields.enumerated().map { index, field in
      (headings.flatMap { $0.count == fields.count ? $0[index] : nil } ?? field.name, field.type)
    }
  }

  static func run(
    _ statement: String, _ application: SparkApplication, _ name: String
  ) throws(WarehouseError) {
    do throws(WarehouseError) {
      try application.rows(.init(do: "rows", sql: statement))
    } catch .noPath {
      throw .noPath(name)
    } catch .noRights(_, let server) {
      throw .noRights(table: name, server: server)
    } catch { throw error }
  }

  // MARK: Texts in files

  /// How the head of a file is written, as the reader of files sees it.
  private static func reading(_ head: [UInt8], _ options: ReadOptions) throws(WarehouseError) -> Reading {
    do {
      let file = try UnnamedFile("head")
      // A record that the head breaks off is none.
      let end =
        head.count < 1 << 20
        ? head.count : head.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? head.count
      try file.write(Array(head[..<end]))
      return try Reading.detect(ByteSource(path: file.path), options: options)
    } catch let error as WarehouseError { throw error } catch { throw .unreadableFile("\(error)") }
  }

  private static func options(_ dialect: Dialect) throws(WarehouseError) -> [(String, String)] {
    if dialect.skippedLines > 0 { throw .unsupported(.linesBeforeHeading) }
    func character(_ byte: UInt8) -> String { String(UnicodeScalar(byte)) }
    let encoding =
      switch dialect.encoding {
      case .utf8: "UTF-8"
      case .utf16LittleEndian: "UTF-16LE"
      case .utf16BigEndian: "UTF-16BE"
      case .windows1251: "windows-1251"
      }
    let quote = dialect.quote.map(character) ?? ""
    return [
      ("header", "\(dialect.hasHeader)"), ("sep", character(dialect.delimiter)), ("encoding", encoding),
      ("quote", quote), ("escape", quote.isEmpty ? "\\" : quote), ("inferSchema", "false"),
      ("mode", "FAILFAST"),
      ("maxCharsPerColumn", "-1"), ("maxColumns", "100000"),
      // A quoted field may hold the end of a line.
      ("multiLine", "true"),
    ]
  }
}
