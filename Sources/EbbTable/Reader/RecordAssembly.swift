/// A table read record by record: the way for what blocks do not take (lone carriage returns as line ends, one column,
/// records of many megabytes).
struct RecordAssembly {
  /// Rows of a block.
  private static let blockRows = 1 << 16

  private var rows: RowAssembly
  private var headingIsDue: Bool
  private var blocks: [BlockResult] = []

  init(_ reading: Reading, _ demands: RowDemands = RowDemands()) {
    rows = RowAssembly(reading, demands)
    headingIsDue = reading.dialect.hasHeader
  }

  mutating func add(_ batch: SplitRecords) {
    for record in batch.records {
      if headingIsDue {
        headingIsDue = false
        continue
      }
      rows.take(record, batch)
      if rows.result.rows == Self.blockRows { blocks.append(rows.finish()) }
    }
  }

  /// All blocks; lines are those of the file.
  mutating func finish() -> [BlockResult] {
    blocks.append(rows.finish())
    return finishedBlocks()
  }

  /// The blocks that are whole already; they are then forgotten here.
  mutating func finishedBlocks() -> [BlockResult] {
    defer { blocks = [] }
    return blocks
  }
}
