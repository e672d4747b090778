/// Everything read of a table, before it is joined.
struct TableParts {
  let reading: Reading
  let blocks: [BlockResult]
  /// Line of the first block's first record.
  let firstLine: Int
  let cores: Int?

  var rowCount: Int { blocks.reduce(0) { $0 + $1.rows } }
  var recordCount: Int { blocks.reduce(0) { $0 + $1.rows + $1.rejected.count } }

  /// By column: rows rejected because a field is no number.
  var textCounts: [Int: Int] {
    blocks.reduce(into: [:]) { $0.merge($1.textCounts) { $0 + $1 } }
  }

  func table(path: String, options: ReadOptions) throws(TableError) -> ReadTable {
    var rejected: [RejectedRow] = []
    var totals: [RejectedRow] = []
    var line = firstLine
    for block in blocks {
      rejected += block.rejected.sorted { $0.line < $1.line }.map { $0.moved(by: line) }
      totals += block.totals.map { $0.moved(by: line) }
      line += block.lineCount
    }
    let recordCount = recordCount
    if recordCount == 0 { throw .noRows(path: path) }
    if Double(rejected.count) > options.maxRejectedShare * Double(recordCount) {
      throw .tooManyRejected(
        rejected: rejected.count, read: recordCount, limitShare: options.maxRejectedShare,
        first: Array(rejected.prefix(TableReader.firstCauses)))
    }
    let joined = TableJoin(reading: reading, blocks: blocks, cores: cores).columns()
    var reading = reading
    reading.columns = joined.map(\.1)
    return ReadTable(
      table: Table(columns: joined.map(\.0), chunkRowCounts: blocks.map(\.rows).filter { $0 > 0 }),
      reading: reading, recordCount: recordCount, rejectedCount: rejected.count, rejected: rejected,
      totals: totals)
  }
}

extension RejectedRow {
  func moved(by lines: Int) -> RejectedRow {
    RejectedRow(line: line + lines, column: column, text: text, reason: reason)
  }
}
