/// n, Σx, Σx², Σx³, Σx⁴ of one cell, exact, about the column's smallest value.
struct PowerSums: Sendable {
  var n = 0
  var first: UInt128 = 0
  var second: UInt128 = 0
  var third: UInt128 = 0
  var fourth: UInt128 = 0
  /// What overflowed from `fourth`.
  var fourthHigh: UInt64 = 0

  /// x below 2³¹ and fewer than 2³³ rows keep the first three within 128 bits.
  static let limit: UInt64 = 1 << 31

  @inline(__always)
  mutating func add(_ x: UInt64, count: UInt64) {
    n += Int(count)
    let once = UInt128(x) &* UInt128(count)
    let square = x &* x
    let twice = once &* UInt128(x)
    first &+= once
    second &+= twice
    third &+= twice &* UInt128(x)
    let (sum, overflow) = fourth.addingReportingOverflow(twice &* UInt128(square))
    fourth = sum
    if overflow { fourthHigh += 1 }
  }

  /// One x. Cheaper: all factors are of 64 bits.
  @inline(__always)
  mutating func add(_ x: UInt64) {
    n += 1
    let square = x &* x
    first &+= UInt128(x)
    second &+= UInt128(square)
    let cube = square.multipliedFullWidth(by: x)
    third &+= UInt128(cube.high) << 64 | UInt128(cube.low)
    let quad = square.multipliedFullWidth(by: square)
    let (sum, overflow) = fourth.addingReportingOverflow(UInt128(quad.high) << 64 | UInt128(quad.low))
    fourth = sum
    if overflow { fourthHigh += 1 }
  }
}

/// The same sums for x of any size.
package struct WidePowerSums: Sendable {
  package var n = 0
  package var first: UInt128 = 0
  package var second = WideInteger()
  package var third = WideInteger()
  package var fourth = WideInteger()

  package init() {}

  package init(n: Int, first: UInt128, second: WideInteger, third: WideInteger, fourth: WideInteger) {
    self.n = n
    self.first = first
    self.second = second
    self.third = third
    self.fourth = fourth
  }

  init(_ sums: PowerSums) {
    n = sums.n
    first = sums.first
    second = WideInteger(sums.second)
    third = WideInteger(sums.third)
    fourth = WideInteger(sums.fourth) + WideInteger(UInt128(sums.fourthHigh)).shiftedLeft(by: 128)
  }

  mutating func add(_ x: UInt64, count: UInt64) {
    n += Int(count)
    let once = UInt128(x) * UInt128(count)
    first += once
    let square = WideInteger(UInt128(x) * UInt128(x))
    let value = WideInteger(UInt128(x))
    let twice = WideInteger(once) * value
    second = second + twice
    third = third + twice * value
    fourth = fourth + twice * square
  }

  package mutating func add(_ other: WidePowerSums) {
    n += other.n
    first += other.first
    second = second + other.second
    third = third + other.third
    fourth = fourth + other.fourth
  }
}
