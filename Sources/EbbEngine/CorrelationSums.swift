/// What one worker's rows add to the correlations.
struct CorrelationSums: Sendable {
  struct Column: Sendable {
    var n = 0
    var values = SquareSums()
    var ranks = SquareSums()
  }
  struct Pair: Sendable {
    var values = WideTotal()
    var ranks = WideTotal()
  }
  var columns: [Column]
  var pairs: [Pair]

  init(columns: Int, pairs: Int) {
    self.columns = [Column](repeating: Column(), count: columns)
    self.pairs = [Pair](repeating: Pair(), count: pairs)
  }

  mutating func add(_ other: CorrelationSums) {
    for index in columns.indices {
      columns[index].n += other.columns[index].n
      columns[index].values.add(other.columns[index].values)
      columns[index].ranks.add(other.columns[index].ranks)
    }
    for index in pairs.indices {
      pairs[index].values.add(other.pairs[index].values)
      pairs[index].ranks.add(other.pairs[index].ranks)
    }
  }
}

/// Σx and Σx² of whole numbers.
struct SquareSums: Sendable {
  var first = WideTotal()
  var second = WideTotal()

  mutating func add(_ other: SquareSums) {
    first.add(other.first)
    second.add(other.second)
  }
}

/// A sum of whole numbers or of products of two, a block of rows at a time. Exact.
struct WideTotal: Sendable {
  private var low: UInt128 = 0
  /// What overflowed from `low`.
  private var high: UInt64 = 0

  var wide: WideInteger { WideInteger(low) + WideInteger(UInt128(high)).shiftedLeft(by: 128) }

  @inline(__always)
  private mutating func add(_ value: UInt128) {
    let (sum, overflow) = low.addingReportingOverflow(value)
    low = sum
    if overflow { high += 1 }
  }

  mutating func add(_ other: WideTotal) {
    add(other.low)
    high += other.high
  }

  mutating func addSum(_ values: Span<UInt32>, _ start: Int) {
    var sum: UInt64 = 0
    for row in start..<start + RowBlock.size { sum &+= UInt64(values[row]) }
    add(UInt128(sum))
  }

  mutating func addSum(_ values: Span<UInt64>, _ start: Int) {
    for row in start..<start + RowBlock.size { add(UInt128(values[row])) }
  }

  /// Halves of the products are summed apart: a block of them stays within 64 bits.
  mutating func addProducts(_ a: Span<UInt32>, _ startA: Int, _ b: Span<UInt32>, _ startB: Int) {
    var (lower, upper): (UInt64, UInt64) = (0, 0)
    for row in 0..<RowBlock.size {
      let product = UInt64(a[startA &+ row]) &* UInt64(b[startB &+ row])
      lower &+= product & 0xFFFF_FFFF
      upper &+= product >> 32
    }
    add(UInt128(lower) + UInt128(upper) << 32)
  }

  mutating func addProducts(_ a: Span<UInt64>, _ startA: Int, _ b: Span<UInt64>, _ startB: Int) {
    for row in 0..<RowBlock.size { addProduct(a[startA + row], b[startB + row]) }
  }

  mutating func addProducts(_ a: Span<UInt32>, _ startA: Int, _ b: Span<UInt64>, _ startB: Int) {
    for row in 0..<RowBlock.size { addProduct(UInt64(a[startA + row]), b[startB + row]) }
  }

  mutating func addProducts(_ a: Span<UInt64>, _ startA: Int, _ b: Span<UInt32>, _ startB: Int) {
    addProducts(b, startB, a, startA)
  }

  @inline(__always)
  private mutating func addProduct(_ a: UInt64, _ b: UInt64) {
    let product = a.multipliedFullWidth(by: b)
    add(UInt128(product.high) << 64 | UInt128(product.low))
  }
}

/// Exact sums of two columns of whole numbers over the rows where both are present.
package struct PairProducts: Sendable {
  let n: Int
  let x: (first: WideInteger, second: WideInteger)
  let y: (first: WideInteger, second: WideInteger)
  let xy: WideInteger

  /// - Parameters:
  ///   - x: Σx and Σx².
  ///   - y: Σy and Σy².
  ///   - xy: Σxy.
  package init(
    n: Int, x: (first: WideInteger, second: WideInteger), y: (first: WideInteger, second: WideInteger),
    xy: WideInteger
  ) {
    self.n = n
    self.x = x
    self.y = y
    self.xy = xy
  }

  init(n: Int, _ x: SquareSums, _ y: SquareSums, _ products: WideTotal) {
    self.init(
      n: n, x: (x.first.wide, x.second.wide), y: (y.first.wide, y.second.wide), xy: products.wide)
  }

  /// (nΣxy − ΣxΣy) / √((nΣx² − (Σx)²)(nΣy² − (Σy)²)); `nil` where one is constant.
  package var coefficient: Double? {
    let (n, one) = (WideInteger(n), WideInteger(1))
    let first = (n * x.second - x.first * x.first).divided(by: one)
    let second = (n * y.second - y.first * y.first).divided(by: one)
    guard first > 0, second > 0 else { return nil }
    let covariance = (n * xy - x.first * y.first).divided(by: one)
    return max(-1, min(1, covariance / (first * second).squareRoot()))
  }
}
