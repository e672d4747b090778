package import EbbTable
import Synchronization

/// The columns of one table as sources, surveyed once and remembered between batches.
package final class SourceCatalog: Sendable {
  package struct Key: Hashable, Sendable {
    package let column: String
    /// A flag as 0/1 with *yes* = 1 where that turns the order of its texts round.
    package let asNumber: Bool
    package init(column: String, asNumber: Bool) {
      self.column = column
      self.asNumber = asNumber
    }
  }

  private struct Survey {
    var bounds: [String: ClosedRange<Int64>?] = [:]
    var used: [Key: [UInt64]] = [:]
    var bins: [Key: ValueBins] = [:]
  }

  let table: Table
  package let workers: Workers
  let parts: RowParts
  private let columnIndex: [String: Int]
  private let survey = Mutex(Survey())

  init(table: Table, workers: Workers) {
    self.table = table
    self.workers = workers
    columnIndex = Dictionary(
      table.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    parts = RowParts(chunkRowCounts: table.chunkRowCounts, parts: workers.cores)
  }

  /// The sources of several columns; the columns not yet known are surveyed together.
  package func sources(_ keys: [Key]) async throws(EngineError) -> [ColumnSource] {
    var columns: [Column] = []
    for key in keys {
      guard let column = column(key.column) else { throw .unknownColumn(key.column) }
      columns.append(column)
    }
    let known = survey.withLock { $0.bounds }
    var asked: Set<String> = []
    let new = columns.filter { known[$0.name] == nil && asked.insert($0.name).inserted }
    let chunks = table.chunkRowCounts.count
    let found = try await workers.run(new.count * chunks) { task in
      SourceScan.bounds(new[task / chunks], chunk: task % chunks)
    }
    survey.withLock { survey in
      for (index, column) in new.enumerated() {
        let all = found[index * chunks..<(index + 1) * chunks].compactMap { $0 }
        let bounds = all.first.map { first in
          all.reduce(first) { min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound) }
        }
        survey.bounds[column.name] = .some(bounds)
      }
    }
    let bounds = survey.withLock { $0.bounds }
    return zip(keys, columns).map { key, column in
      ColumnSource(
        column: column, reversed: key.asNumber, bounds: bounds[column.name] ?? nil,
        rowCount: table.rowCount)
    }
  }

  /// The key of a column read as a grouping.
  func key(_ name: String) -> Key { Key(column: name, asNumber: false) }

  /// The key of a column read as a number.
  package func measure(_ name: String) throws(EngineError) -> Key {
    guard let column = column(name) else { throw .unknownColumn(name) }
    return try Self.measure(column)
  }

  /// The key of a column read as a number.
  package static func measure(_ column: Column) throws(EngineError) -> Key {
    switch column.storage {
    case .scaled, .real, .none: return Key(column: column.name, asNumber: false)
    case .codes(_, let levels):
      guard column.kind == .flag else { throw .notNumeric(column.name) }
      return Key(column: column.name, asNumber: levels.positive == 0)
    }
  }

  func column(_ name: String) -> Column? { columnIndex[name].map { table.columns[$0] } }

  /// The different x in use, `nil` above `limit`.
  package func used(_ key: Key, limit: Int) async throws(EngineError) -> [UInt64]? {
    if let used = survey.withLock({ $0.used[key] }) { return used.count <= limit ? used : nil }
    let source = try await sources([key])[0]
    guard let used = try await SourceScan.used(source, limit: limit, parts: parts, workers: workers)
    else { return nil }
    survey.withLock { $0.used[key] = used }
    return used
  }

  /// How the values of a source lie, part by part.
  func bins(_ key: Key) async throws(EngineError) -> ValueBins {
    if let bins = survey.withLock({ $0.bins[key] }) { return bins }
    let source = try await sources([key])[0]
    let bins = try await ValueBins.counting(source, parts: parts, workers: workers)
    survey.withLock { $0.bins[key] = bins }
    return bins
  }
}
