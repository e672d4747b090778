import EbbClients
import EbbTable

/// Columns from plain values, in one chunk or several.
enum HandMade {
  static func scaled(_ name: String, _ values: [Int64?], scale: Int = 0, chunk: Int = .max) -> Column {
    let parts = cut(values, chunk)
    return Column(
      name: name, kind: scale == 0 ? .integer : .decimal,
      storage: .scaled(parts.map { PackedIntegers(packing: $0.map { $0 ?? 0 }) }, scale: scale),
      missing: parts.map { mask($0.map { $0 == nil }) })
  }

  static func real(_ name: String, _ values: [Double?], chunk: Int = .max) -> Column {
    let parts = cut(values, chunk)
    return Column(
      name: name, kind: .real, storage: .real(parts.map { $0.map { $0 ?? 0 } }),
      missing: parts.map { mask($0.map { $0 == nil }) })
  }

  static func texts(
    _ name: String, _ values: [String], kind: Column.Kind = .category, positive: String? = nil
  )
    -> Column
  {
    let texts = Set(values).sorted()
    let codes = values.map { Int64(texts.firstIndex(of: $0) ?? 0) }
    return Column(
      name: name, kind: kind,
      storage: .codes(
        [PackedIntegers(packing: codes)],
        levels: Levels(texts: texts, positive: positive.flatMap { texts.firstIndex(of: $0) })),
      missing: [nil])
  }

  static func clients(_ columns: [Column], rows: Int, chunk: Int = .max) -> ClientTable {
    let counts = cut([Bool](repeating: true, count: rows), chunk).map(\.count)
    return ClientTable(
      table: Table(columns: columns, chunkRowCounts: counts), schema: ClientSchema(entries: []))
  }

  private static func cut<Value>(_ values: [Value], _ chunk: Int) -> [[Value]] {
    if values.count <= chunk { return [values] }
    return stride(from: 0, to: values.count, by: chunk).map {
      Array(values[$0..<min($0 + chunk, values.count)])
    }
  }

  private static func mask(_ gaps: [Bool]) -> BitMask? {
    var words = [UInt64](repeating: 0, count: (gaps.count + 63) / 64)
    for (row, gap) in gaps.enumerated() where gap { words[row >> 6] |= 1 << UInt64(row & 63) }
    return gaps.contains(true) ? BitMask(words: words, rowCount: gaps.count) : nil
  }
}
