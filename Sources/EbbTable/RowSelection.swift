extension Table {
  /// These rows only, in this order, in one chunk. Cost O(rows · columns); nothing of the others is touched.
  public func selecting(_ rows: [Int]) -> Table {
    var starts = [0]
    for count in chunkRowCounts { starts.append(starts[starts.count - 1] + count) }
    var chunk = 0
    let places = rows.map { row -> (chunk: Int, row: Int) in
      if row < starts[chunk] || row >= starts[chunk + 1] { chunk = Self.chunk(of: row, starts) }
      return (chunk, row - starts[chunk])
    }
    let columns = columns.map { column in
      let storage: Column.Storage =
        switch column.storage {
        case .scaled(let chunks, let scale):
          .scaled([PackedIntegers(packing: places.map { chunks[$0.chunk][$0.row] })], scale: scale)
        case .codes(let chunks, let levels):
          .codes([PackedIntegers(packing: places.map { chunks[$0.chunk][$0.row] })], levels: levels)
        case .real(let chunks): .real([places.map { chunks[$0.chunk][$0.row] }])
        case .none: .none
        }
      var words = [UInt64](repeating: 0, count: (places.count + 63) / 64)
      for (index, place) in places.enumerated() where column.missing[place.chunk]?[place.row] == true {
        words[index >> 6] |= 1 << UInt64(index & 63)
      }
      let mask = BitMask(words: words, rowCount: places.count)
      return Column(
        name: column.name, kind: column.kind, storage: storage, missing: [mask.count == 0 ? nil : mask])
    }
    return Table(columns: columns, chunkRowCounts: [places.count])
  }

  /// The rows of one chunk; shares their storage.
  public func chunk(_ index: Int) -> Table {
    Table(
      columns: columns.map { column in
        let storage: Column.Storage =
          switch column.storage {
          case .scaled(let chunks, let scale): .scaled([chunks[index]], scale: scale)
          case .codes(let chunks, let levels): .codes([chunks[index]], levels: levels)
          case .real(let chunks): .real([chunks[index]])
          case .none: .none
          }
        return Column(
          name: column.name, kind: column.kind, storage: storage, missing: [column.missing[index]])
      }, chunkRowCounts: [chunkRowCounts[index]])
  }

  /// The last chunk that begins at or before `row`.
  private static func chunk(of row: Int, _ starts: [Int]) -> Int {
    var (low, high) = (0, starts.count - 2)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
