import EbbClients
import EbbEngine
import EbbTable

/// A seeded generator. Source: G. L. Steele et al., OOPSLA 2014.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Rows as plain values, and the same as a table.
struct MadeTable {
  /// `nil` is missing. Text columns hold level numbers.
  var numbers: [String: [Double?]] = [:]
  let names: [String]
  let rows: [[Int64?]]
  let reals: [Double?]
  static let scales = ["whole": 0, "money": 2, "wide": 1]
  static let texts = ["а", "б", "в"]

  init(seed: UInt64, rows count: Int) {
    var random = Seeded(state: seed)
    var rows: [[Int64?]] = []
    var reals: [Double?] = []
    for _ in 0..<count {
      let wide = Int64.random(in: -4_000_000_000_000_000...4_000_000_000_000_000, using: &random)
      rows.append([
        Int.random(in: 0..<8, using: &random) == 0 ? nil : Int64.random(in: 0..<3, using: &random),
        Int64.random(in: 0..<2, using: &random), Int64.random(in: -3..<9, using: &random),
        Int.random(in: 0..<5, using: &random) == 0
          ? nil : Int64.random(in: -500_000..<9_000_000, using: &random),
        wide,
      ])
      reals.append(
        Int.random(in: 0..<9, using: &random) == 0 ? nil : Double.random(in: -1...1, using: &random) * 1e3)
    }
    self.init(rows: rows, reals: reals)
  }

  init(rows: [[Int64?]], reals: [Double?]) {
    names = ["group", "flag", "whole", "money", "wide"]
    self.rows = rows
    self.reals = reals
    for (index, name) in names.enumerated() {
      numbers[name] = rows.map { row in
        row[index].map { raw in
          Double(raw) / [1.0, 10, 100][Self.scales[name] ?? 0]
        }
      }
    }
    numbers["real"] = reals
  }

  func shuffled(seed: UInt64) -> MadeTable {
    var random = Seeded(state: seed)
    let order = rows.indices.shuffled(using: &random)
    return MadeTable(rows: order.map { rows[$0] }, reals: order.map { reals[$0] })
  }

  func clients(chunk: Int) -> ClientTable {
    let counts = stride(from: 0, to: rows.count, by: chunk).map { min(chunk, rows.count - $0) }
    func parts<Value>(_ values: [Value]) -> [[Value]] {
      var start = 0
      return counts.map { count in
        defer { start += count }
        return Array(values[start..<start + count])
      }
    }
    func masks(_ missing: [Bool]) -> [BitMask?] {
      parts(missing).map { part in
        var words = [UInt64](repeating: 0, count: (part.count + 63) / 64)
        for (row, gap) in part.enumerated() where gap { words[row >> 6] |= 1 << UInt64(row & 63) }
        let mask = BitMask(words: words, rowCount: part.count)
        return mask.count == 0 ? nil : mask
      }
    }
    var columns: [Column] = []
    for (index, name) in names.enumerated() {
      let raw = rows.map { $0[index] ?? 0 }
      let packed = parts(raw).map { PackedIntegers(packing: $0) }
      let mask = masks(rows.map { $0[index] == nil })
      switch name {
      case "group":
        columns.append(
          Column(
            name: name, kind: .category, storage: .codes(packed, levels: Levels(texts: Self.texts)),
            missing: mask))
      case "flag":
        columns.append(
          Column(
            name: name, kind: .flag, storage: .codes(packed, levels: Levels(texts: ["0", "1"], positive: 1)),
            missing: mask))
      default:
        let scale = Self.scales[name] ?? 0
        columns.append(
          Column(
            name: name, kind: scale == 0 ? .integer : .decimal, storage: .scaled(packed, scale: scale),
            missing: mask))
      }
    }
    columns.append(
      Column(
        name: "real", kind: .real, storage: .real(parts(reals.map { $0 ?? 0 })),
        missing: masks(reals.map { $0 == nil })))
    let table = Table(columns: columns, chunkRowCounts: counts)
    return ClientTable(
      table: table,
      schema: ClientSchema(
        entries: columns.map {
          .init(column: $0.name, role: .attribute, kind: $0.kind, scale: 0, reason: .plainAttribute)
        }))
  }
}
