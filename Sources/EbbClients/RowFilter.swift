import EbbTable

/// A table without some of its rows. Chunks keep their borders, so the same rows give the same chunks.
enum RowFilter {
  /// - Parameter dropped: row numbers, ascending.
  static func table(_ table: Table, dropping dropped: [Int]) -> Table {
    guard !dropped.isEmpty else { return table }
    var kept: [[Range<Int>]?] = []
    var start = 0
    var next = 0
    for count in table.chunkRowCounts {
      var ranges: [Range<Int>] = []
      var from = 0
      let before = next
      while next < dropped.count, dropped[next] < start + count {
        let row = dropped[next] - start
        if row > from { ranges.append(from..<row) }
        from = row + 1
        next += 1
      }
      if from < count { ranges.append(from..<count) }
      kept.append(next == before ? nil : ranges)
      start += count
    }
    let counts = zip(table.chunkRowCounts, kept).map { count, ranges in
      ranges.map { $0.reduce(0) { $0 + $1.count } } ?? count
    }
    let stays = counts.indices.filter { counts[$0] > 0 }
    let columns = table.columns.map { column in
      Column(
        name: column.name, kind: column.kind, storage: storage(column.storage, kept, stays),
        missing: stays.map { chunk in mask(column.missing[chunk], kept[chunk], counts[chunk]) })
    }
    return Table(columns: columns, chunkRowCounts: stays.map { counts[$0] })
  }

  private static func storage(_ storage: Column.Storage, _ kept: [[Range<Int>]?], _ stays: [Int])
    -> Column.Storage
  {
    switch storage {
    case .scaled(let chunks, let scale): .scaled(stays.map { packed(chunks[$0], kept[$0]) }, scale: scale)
    case .codes(let chunks, let levels): .codes(stays.map { packed(chunks[$0], kept[$0]) }, levels: levels)
    case .real(let chunks): .real(stays.map { values(chunks[$0], kept[$0]) })
    case .none: .none
    }
  }

  private static func packed(_ chunk: PackedIntegers, _ ranges: [Range<Int>]?) -> PackedIntegers {
    switch chunk {
    case .int8(let array): .int8(values(array, ranges))
    case .int16(let array): .int16(values(array, ranges))
    case .int32(let array): .int32(values(array, ranges))
    case .int64(let array): .int64(values(array, ranges))
    }
  }

  private static func values<Value>(_ array: [Value], _ ranges: [Range<Int>]?) -> [Value] {
    guard let ranges else { return array }
    var result: [Value] = []
    result.reserveCapacity(array.count)
    for range in ranges { result += array[range] }
    return result
  }

  private static func mask(_ mask: BitMask?, _ ranges: [Range<Int>]?, _ count: Int) -> BitMask? {
    guard let mask, let ranges else { return mask }
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    var row = 0
    var any = false
    for range in ranges {
      for old in range {
        if mask[old] {
          words[row >> 6] |= 1 << UInt64(row & 63)
          any = true
        }
        row += 1
      }
    }
    return any ? BitMask(words: words, rowCount: count) : nil
  }
}
