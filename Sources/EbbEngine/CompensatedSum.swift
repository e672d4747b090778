/// A sum of doubles with its rounding errors carried along (Neumaier).
struct CompensatedSum: Sendable {
  private var sum = 0.0
  private var error = 0.0

  @inline(__always)
  mutating func add(_ value: Double) {
    let total = sum + value
    error += abs(sum) >= abs(value) ? (sum - total) + value : (value - total) + sum
    sum = total
  }

  mutating func add(_ other: CompensatedSum) {
    add(other.sum)
    add(other.error)
  }

  var value: Double { sum + error }
}
