package import EbbTable

/// Where the clients' values lie, and the few kinds of passes that can be made over them there. A batch of questions is
/// planned over it; what it finds is whole numbers, and answers are made of them in one place (`AnswerMaker`), so that
/// every store gives the same answers to the last bit.
package protocol ClientStore: Sendable {
  /// Cells of values by groups up to which a measure is counted instead of sorted.
  var countedLimit: Int { get }
  /// Cells that views of one measure may share.
  var groupLimit: Int { get }
  var workers: Workers { get }

  /// The sources of several columns; the columns not yet known are surveyed together.
  func sources(_ keys: [SourceCatalog.Key]) async throws(EngineError) -> [ColumnSource]
  /// The key of a column read as a number.
  func measure(_ name: String) throws(EngineError) -> SourceCatalog.Key
  /// The different x in use, ascending; `nil` above `limit`.
  func used(_ key: SourceCatalog.Key, limit: Int) async throws(EngineError) -> [UInt64]?
  /// The x at positions (0-based, ascending) of all present values in order.
  func orderStatistics(_ key: SourceCatalog.Key, at positions: [Int]) async throws(EngineError) -> [UInt64]
  /// All cubes, counted in one pass.
  func cubes(_ plans: [CubePlan], _ resolver: AxisResolver) async throws(EngineError) -> [CellCube]
  /// The figures of one measure for a group of views; `source` is the measure's number in `resolver`.
  func outcome(
    of walk: MeasureWalk, _ key: SourceCatalog.Key, source: Int, _ resolver: AxisResolver
  ) async throws(EngineError) -> MeasureWalk.Outcome
  /// `nil` above `SparseCount.cellLimit`.
  func cells(
    _ count: SparseCount, columns: [String], _ resolver: AxisResolver
  ) async throws(EngineError) -> SparseCells?
  func correlations(_ columns: [String]) async throws(EngineError) -> Correlations
  func sample(rows: Int, seed: UInt64) async throws(EngineError) -> Table
}
