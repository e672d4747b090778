import EbbTable

/// Rows drawn without replacement, in file order, by a seeded generator.
enum RowSample {
  static func draw(_ count: Int, seed: UInt64, from table: Table) -> Table {
    let total = table.rowCount
    let wanted = min(max(count, 0), total)
    // Robert Floyd's way: one draw a row taken, no row twice.
    var state = seed
    var taken: Set<Int> = []
    for last in (total - wanted)..<total {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      mixed ^= mixed >> 31
      let row = Int(mixed.multipliedFullWidth(by: UInt64(last + 1)).high)
      if !taken.insert(row).inserted { taken.insert(last) }
    }
    var places: [(chunk: Int, row: Int)] = []
    var chunk = 0
    var start = 0
    for row in taken.sorted() {
      while row >= start + table.chunkRowCounts[chunk] {
        start += table.chunkRowCounts[chunk]
        chunk += 1
      }
      places.append((chunk, row - start))
    }
    let columns = table.columns.map { column in
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
}
