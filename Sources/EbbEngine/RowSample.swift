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
    return table.selecting(taken.sorted())
  }
}
