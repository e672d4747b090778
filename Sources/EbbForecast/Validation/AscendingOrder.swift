/// Indices of numbers from the least up, equal ones in their own order; none may be NaN.
///
/// Sorted by the digits of their bits, 11 at a time, from the last: a pass over the numbers a digit, and no comparison that
/// a processor would have to guess. Digits that are the same in all are passed over. Cost O(n).
/// Python: `numpy.argsort(values, kind="stable")`.
enum AscendingOrder {
  private static let digitBits: UInt64 = 11
  private static let digits = 6

  static func of(_ values: [Double]) -> [Int] {
    let n = values.count
    if n < 2 { return Array(values.indices) }
    var keys = values.map(key)
    var order = (0..<Int32(n)).map(\.self)
    var (nextKeys, nextOrder) = (keys, order)
    let size = 1 << Int(digitBits)
    for digit in 0..<digits {
      let shift = UInt64(digit) * digitBits
      var starts = [Int](repeating: 0, count: size)
      for key in keys { starts[Int((key >> shift) & UInt64(size - 1))] += 1 }
      if starts[Int((keys[0] >> shift) & UInt64(size - 1))] == n { continue }
      var sum = 0
      for value in starts.indices { (starts[value], sum) = (sum, sum + starts[value]) }
      for position in 0..<n {
        let value = Int((keys[position] >> shift) & UInt64(size - 1))
        nextKeys[starts[value]] = keys[position]
        nextOrder[starts[value]] = order[position]
        starts[value] += 1
      }
      swap(&keys, &nextKeys)
      swap(&order, &nextOrder)
    }
    return order.map(Int.init)
  }

  /// An unsigned integer in the order of the doubles; both zeros are one.
  private static func key(_ value: Double) -> UInt64 {
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }
}
