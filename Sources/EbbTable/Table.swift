/// Typed columns of equal length, cut into the same chunks.
///
/// A table is a value: reading makes it, nothing changes it. Chunk borders depend on the data alone
/// (never on the number of cores), so work done chunk by chunk and joined in order is reproducible.
public struct Table: Sendable {
  public let columns: [Column]
  /// Rows in each chunk, in order; every column has exactly these chunks.
  public let chunkRowCounts: [Int]
  public let rowCount: Int

  public init(columns: [Column], chunkRowCounts: [Int]) {
    self.columns = columns
    self.chunkRowCounts = chunkRowCounts
    self.rowCount = chunkRowCounts.reduce(0, +)
  }

  /// The column of this name, exactly as `Column.name` spells it.
  public func column(named name: String) -> Column? {
    columns.first { $0.name == name }
  }
}
