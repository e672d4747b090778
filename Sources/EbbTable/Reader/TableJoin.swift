/// Blocks of a table, in order, joined into its columns.
struct TableJoin {
  let reading: Reading
  let blocks: [BlockResult]
  let cores: Int?

  func columns() -> [(Column, ColumnGrammar)] {
    let read = blocks.filter { !$0.parts.isEmpty }
    let kept = read.filter { $0.rows > 0 }
    return concurrentMap(reading.columns.count, cores: cores) { index in
      Self.join(kept.map { $0.parts[index] }, all: read.map { $0.parts[index] }, reading.columns[index])
    }
  }

  private static func join(
    _ parts: [ColumnPart], all: [ColumnPart], _ grammar: ColumnGrammar
  ) -> (Column, ColumnGrammar) {
    var grammar = grammar
    let masks = parts.map(\.mask)
    let present = parts.reduce(0) { $0 + $1.rows - ($1.mask?.count ?? 0) }
    let storage: Column.Storage
    if parts.first?.mode == .skipped || parts.first?.mode == .verbatim
      || present == 0 && grammar.kind != .flag
    {
      grammar.kind = .empty
      grammar.scale = 0
      storage = .none
    } else if grammar.kind == .flag {
      storage = .codes(
        parts.compactMap(\.integers),
        levels: Levels(texts: [grammar.flagNo ?? "0", grammar.flagYes ?? "1"], positive: 1))
    } else if parts.first?.mode == .codes {
      let (chunks, texts) = codes(parts)
      grammar.kind = texts.count > 1_000 && texts.count * 2 > present ? .text : .category
      storage = .codes(chunks, levels: Levels(texts: texts))
    } else if let (chunks, scale) = scaled(parts, all: all) {
      grammar.kind = scale == 0 ? .integer : .decimal
      grammar.scale = scale
      storage = .scaled(chunks, scale: scale)
    } else {
      grammar.kind = .real
      grammar.scale = 0
      storage = .real(
        parts.map { part in
          guard let integers = part.integers else { return part.reals }
          return (0..<integers.count).map { BlockColumn.double(integers[$0], scale: part.scale) }
        })
    }
    return (Column(name: grammar.name, kind: grammar.kind, storage: storage, missing: masks), grammar)
  }

  /// All blocks with the most decimals any of them has; `nil` where one holds doubles or a number does not fit.
  ///
  /// Rejected rows have their say too, those of blocks without any other row (`all`) as well: else it would depend on
  /// where blocks end.
  private static func scaled(_ parts: [ColumnPart], all: [ColumnPart]) -> ([PackedIntegers], Int)? {
    guard all.allSatisfy({ $0.mode == .scaled }) else { return nil }
    let scale = all.map(\.scale).max() ?? 0
    for part in all where NumberText.multiply(part.removed, byPowerOfTen: scale - part.scale) == nil {
      return nil
    }
    var chunks: [PackedIntegers] = []
    for part in parts {
      guard let integers = part.integers else { return nil }
      if part.scale == scale {
        chunks.append(integers)
      } else {
        let values = (0..<integers.count).map { integers[$0] }
        guard let wider = BlockColumn.rescaled(values, by: scale - part.scale) else { return nil }
        chunks.append(PackedIntegers(packing: wider))
      }
    }
    return (chunks, scale)
  }

  /// Codes of all blocks over one list of texts, in order of their bytes; texts of rejected rows alone are left out.
  private static func codes(_ parts: [ColumnPart]) -> ([PackedIntegers], [String]) {
    var numberOf: [[UInt8]: Int32] = [:]
    var texts: [[UInt8]] = []
    var maps: [[Int32]] = []
    for part in parts {
      var used = [Bool](repeating: false, count: part.texts.count)
      if let integers = part.integers {
        for row in 0..<integers.count where part.mask?[row] != true { used[Int(integers[row])] = true }
      }
      maps.append(
        part.texts.indices.map { local in
          if !used[local] { return -1 }
          if let known = numberOf[part.texts[local]] { return known }
          let number = Int32(texts.count)
          numberOf[part.texts[local]] = number
          texts.append(part.texts[local])
          return number
        })
    }
    let order = texts.indices.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
    var place = [Int64](repeating: 0, count: texts.count)
    for (code, old) in order.enumerated() { place[old] = Int64(code) }
    let chunks = zip(parts, maps).map { part, map in
      guard let integers = part.integers else { return PackedIntegers.int8([]) }
      // Slots of missing values hold 0 whatever the codes are.
      return PackedIntegers(
        packing: (0..<integers.count).map { row in
          part.mask?[row] == true ? 0 : place[Int(map[Int(integers[row])])]
        })
    }
    return (chunks, order.map { String(decoding: texts[$0], as: UTF8.self) })
  }
}
