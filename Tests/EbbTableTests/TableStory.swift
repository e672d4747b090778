@testable import EbbTable

/// All that a read table says, however it is cut into chunks: two of them can be compared.
struct TableStory: Equatable {
  /// Values row by row, `nil` where missing.
  enum Values: Equatable {
    case scaled([Int64?], scale: Int)
    case real([Double?])
    case codes([Int64?], texts: [String], positive: Int?)
    case none
  }
  struct ColumnStory: Equatable {
    let name: String
    let kind: Column.Kind
    let missing: Int
    let values: Values

    /// Smallest and largest number, as `ColumnSurvey` tells them.
    var range: ColumnSurvey.Range? {
      let numbers: [Double]
      switch values {
      case .scaled(let values, let scale):
        numbers = values.compactMap { $0.map { BlockColumn.double($0, scale: scale) } }
      case .real(let values): numbers = values.compactMap { $0 }
      case .codes, .none: return nil
      }
      guard let low = numbers.min(), let high = numbers.max() else { return nil }
      return .init(low: low, high: high)
    }

    /// How many rows hold each text.
    var levels: [String: Int] {
      guard case .codes(let codes, let texts, _) = values else { return [:] }
      var counts: [String: Int] = [:]
      for case let code? in codes { counts[texts[Int(code)], default: 0] += 1 }
      return counts
    }
  }

  let reading: Reading
  let rowCount: Int
  let recordCount: Int
  let rejected: [RejectedRow]
  let totals: [RejectedRow]
  let columns: [ColumnStory]

  init(_ read: ReadTable) {
    reading = read.reading
    rowCount = read.table.rowCount
    recordCount = read.recordCount
    rejected = read.rejected
    totals = read.totals
    let rows = read.table.chunkRowCounts
    columns = read.table.columns.map { column in
      ColumnStory(
        name: column.name, kind: column.kind, missing: column.missingCount,
        values: Self.values(column, rows))
    }
  }

  /// What is not the same, in words; `nil` where nothing differs.
  func difference(from other: TableStory) -> String? {
    if rowCount != other.rowCount { return "\(rowCount) rows, not \(other.rowCount)" }
    if recordCount != other.recordCount { return "\(recordCount) records, not \(other.recordCount)" }
    if rejected != other.rejected { return "rejected \(rejected), not \(other.rejected)" }
    if totals != other.totals { return "totals \(totals), not \(other.totals)" }
    for (column, its) in zip(columns, other.columns) where column != its { return "\(column), not \(its)" }
    return self == other ? nil : "read as \(reading), not as \(other.reading)"
  }

  private static func values(_ column: Column, _ rows: [Int]) -> Values {
    func flat<Value>(_ count: (Int) -> Int, _ value: (Int, Int) -> Value) -> [Value?] {
      rows.indices.flatMap { chunk in
        precondition(count(chunk) == rows[chunk], "a chunk of another length")
        return (0..<rows[chunk]).map { row in
          column.missing[chunk]?[row] == true ? nil : value(chunk, row)
        }
      }
    }
    switch column.storage {
    case .scaled(let chunks, let scale):
      return .scaled(flat({ chunks[$0].count }, { chunks[$0][$1] }), scale: scale)
    case .real(let chunks): return .real(flat({ chunks[$0].count }, { chunks[$0][$1] }))
    case .codes(let chunks, let levels):
      return .codes(
        flat({ chunks[$0].count }, { chunks[$0][$1] }), texts: levels.texts, positive: levels.positive)
    case .none: return .none
    }
  }
}
