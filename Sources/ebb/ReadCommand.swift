import EbbClients
import EbbTable
import EbbWords
import Foundation

/// `ebb read FILE`: reads the whole table into memory and says what is in it, as JSON; nothing is studied.
///
/// For measuring how fast a table is read (`make bench`), with figures that tell whether it was read right.
struct ReadCommand: Command {
  static let spec = CommandSpec(
    name: "read",
    summary: Phrase(
      en: "read a whole table and print the totals of its columns",
      ru: "прочитать таблицу целиком и напечатать итоги столбцов"),
    positionals: [.init(name: "FILE", help: Phrase(en: "the client table", ru: "таблица клиентов"))],
    options: MappingFlags.options + ReadingFlags.options, isHidden: true)

  private let path: String
  private let flags: MappingFlags
  private let options: ReadOptions

  init(_ arguments: ParsedArguments) throws(UsageError) {
    path = arguments.positionals[0]
    flags = try MappingFlags(arguments)
    options = try ReadingFlags.readOptions(arguments)
  }

  func run(_ session: Session) async throws -> ExitCode {
    var options = options
    options.cores = session.cores
    let source = try ByteSource(path: path)
    let reading = try Reading.detect(source, options: options)
    let assignments = try RoleMatcher.match(
      headings: reading.columns.map(\.name), mapping: try flags.mapping())
    let read = try await TableReader.read(
      source, reading, options: assignments.readOptions(options), progress: { _ in })
    let columns = await withTaskGroup(of: (Int, ColumnTotals).self) { group in
      for (index, column) in read.table.columns.enumerated() {
        group.addTask { (index, ColumnTotals(column)) }
      }
      return await group.reduce(into: [Int: ColumnTotals]()) { $0[$1.0] = $1.1 }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let totals = ReadTotals(
      rows: read.table.rowCount, rejected: read.rejected.count,
      columns: columns.sorted { $0.key < $1.key }.map(\.value))
    try session.console.write(Array(encoder.encode(totals)) + [0x0A])
    return .success
  }
}

private struct ReadTotals: Encodable {
  let rows: Int
  let rejected: Int
  let columns: [ColumnTotals]
}

/// Enough of a column to tell whether it was read right.
private struct ColumnTotals: Encodable {
  let name: String
  let kind: Column.Kind
  let missing: Int
  /// Of numbers; of flags the count of *yes*.
  let sum: Double?
  /// Different texts of a category.
  let levels: Int?

  init(_ column: Column) {
    name = column.name
    kind = column.kind
    missing = column.missingCount
    switch column.storage {
    case .scaled(let chunks, let scale):
      let whole = chunks.reduce(Int128(0)) { $0 + Self.sum($1) }
      sum = Double(whole) / pow(10, Double(scale))
      levels = nil
    case .real(let chunks):
      sum = chunks.reduce(0) { $0 + $1.reduce(0, +) }
      levels = nil
    case .codes(let chunks, let levels):
      // Two levels: the sum of the codes counts the second, and missing values hold code 0.
      if let positive = levels.positive, levels.texts.count == 2 {
        let ones = Int(chunks.reduce(Int128(0)) { $0 + Self.sum($1) })
        let rows = chunks.reduce(0) { $0 + $1.count }
        sum = Double(positive == 1 ? ones : rows - ones - missing)
      } else {
        sum = nil
      }
      self.levels = levels.texts.count
    case .none:
      sum = nil
      levels = nil
    }
  }

  private static func sum(_ values: PackedIntegers) -> Int128 {
    switch values {
    case .int8(let values): Int128(values.reduce(0) { $0 &+ Int64($1) })
    case .int16(let values): Int128(values.reduce(0) { $0 &+ Int64($1) })
    case .int32(let values): Int128(values.reduce(0) { $0 &+ Int64($1) })
    case .int64(let values): values.reduce(Int128(0)) { $0 + Int128($1) }
    }
  }
}
