import EbbEngine

/// Indices of numbers from the least up, equal ones in their own order; none may be NaN.
///
/// Sorted by the higher half of their bits, 11 at a time, from the last: a pass over the numbers a digit, and no comparison
/// that a processor would have to guess. Bits that are the same in all are passed over. What the lower half leaves in
/// disorder is few and side by side. Cost O(n), O(n log n) at worst. Python: `numpy.argsort(values, kind="stable")`.
enum AscendingOrder {
  private static let digitBits: UInt64 = 11
  /// Where the lowest of three digits begins.
  private static let lowest: UInt64 = 31

  static func of(_ values: [Double]) -> [Int] { of(keys: values.map(OrderKey.key)) }

  /// The same of whole numbers.
  static func of(keys: [UInt64]) -> [Int] {
    let n = keys.count
    if n < 2 { return Array(keys.indices) }
    var order = (0..<Int32(n)).map(\.self)
    var next = order
    let size = 1 << Int(digitBits)
    for digit in 0..<3 {
      let shift = lowest + UInt64(digit) * digitBits
      func value(_ index: Int32) -> Int { Int((keys[Int(index)] >> shift) & UInt64(size - 1)) }
      var starts = [Int](repeating: 0, count: size)
      for index in order { starts[value(index)] += 1 }
      if starts[value(0)] == n { continue }
      var sum = 0
      for value in starts.indices { (starts[value], sum) = (sum, sum + starts[value]) }
      for index in order {
        let place = value(index)
        next[starts[place]] = index
        starts[place] += 1
      }
      swap(&order, &next)
    }
    sortWithin(&order, keys)
    return order.map(Int.init)
  }

  /// Puts each run of keys that are alike in their higher half in order.
  private static func sortWithin(_ order: inout [Int32], _ keys: [UInt64]) {
    var start = 0
    while start < order.count {
      let prefix = keys[Int(order[start])] >> lowest
      var end = start + 1
      var isSorted = true
      while end < order.count, keys[Int(order[end])] >> lowest == prefix {
        if keys[Int(order[end])] < keys[Int(order[end - 1])] { isSorted = false }
        end += 1
      }
      if !isSorted {
        order[start..<end].sort { (keys[Int($0)], $0) < (keys[Int($1)], $1) }
      }
      start = end
    }
  }
}
