import EbbTable

/// A column of few different values, row by row.
struct CodedColumn: Sendable {
  let name: String
  /// Index into `texts`; −1 where missing.
  let codes: [Int32]
  let texts: [String]
  /// Rows of each text.
  let counts: [Int]

  /// `nil` for numbers with more different values than `limit`, and for reals.
  init?(_ column: Column, rowCount: Int, limit: Int = 200) {
    name = column.name
    var codes: [Int32] = []
    codes.reserveCapacity(rowCount)
    switch column.storage {
    case .none:
      codes = [Int32](repeating: -1, count: rowCount)
      texts = []
    case .codes(let chunks, let levels):
      texts = levels.texts
      for (chunk, values) in chunks.enumerated() {
        let mask = column.missing[chunk]
        for row in 0..<values.count { codes.append(mask?[row] == true ? -1 : Int32(values[row])) }
      }
    case .scaled(let chunks, let scale):
      var found: [Int64: Int32] = [:]
      var order: [Int64] = []
      for (chunk, values) in chunks.enumerated() {
        let mask = column.missing[chunk]
        for row in 0..<values.count {
          if mask?[row] == true {
            codes.append(-1)
          } else if let code = found[values[row]] {
            codes.append(code)
          } else {
            if order.count >= limit { return nil }
            found[values[row]] = Int32(order.count)
            codes.append(Int32(order.count))
            order.append(values[row])
          }
        }
      }
      // By size, whatever the order of rows.
      let places = order.indices.sorted { order[$0] < order[$1] }
      var place = [Int32](repeating: 0, count: order.count)
      for (new, old) in places.enumerated() { place[old] = Int32(new) }
      codes = codes.map { $0 < 0 ? -1 : place[Int($0)] }
      texts = places.map { Self.text(order[$0], scale: scale) }
    case .real: return nil
    }
    var counts = [Int](repeating: 0, count: texts.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    self.codes = codes
    self.counts = counts
  }

  /// Codes that occur.
  var used: [Int] { texts.indices.filter { counts[$0] > 0 } }

  /// 12.50 at scale 2 is "12.5".
  private static func text(_ value: Int64, scale: Int) -> String {
    guard scale > 0 else { return String(value) }
    var digits = String(value.magnitude)
    if digits.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.count) + digits }
    var text = digits.dropLast(scale) + "." + digits.suffix(scale)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return (value < 0 ? "-" : "") + text
  }
}

extension Column {
  /// The numbers of a column, row by row, NaN where missing; `nil` for a column of texts.
  func numbers(rowCount: Int) -> [Double]? {
    var numbers: [Double] = []
    numbers.reserveCapacity(rowCount)
    switch storage {
    case .none: return nil
    case .scaled(let chunks, let scale):
      let unit = (0..<scale).reduce(1.0) { power, _ in power * 10 }
      for (chunk, values) in chunks.enumerated() {
        let mask = missing[chunk]
        for row in 0..<values.count {
          numbers.append(mask?[row] == true ? .nan : Double(values[row]) / unit)
        }
      }
    case .real(let chunks):
      for (chunk, values) in chunks.enumerated() {
        let mask = missing[chunk]
        for row in values.indices { numbers.append(mask?[row] == true ? .nan : values[row]) }
      }
    case .codes(let chunks, let levels):
      // Zeros and ones are read as a flag.
      let table = levels.texts.map { Double($0) }
      guard !table.isEmpty, table.allSatisfy({ $0?.isFinite == true }) else { return nil }
      for (chunk, codes) in chunks.enumerated() {
        let mask = missing[chunk]
        for row in 0..<codes.count {
          numbers.append(mask?[row] == true ? .nan : table[Int(codes[row])] ?? .nan)
        }
      }
    }
    return numbers
  }
}
