public import EbbTable

extension Column {
  /// Every present number with its row, in order. Texts and flags give their codes.
  @inline(__always)
  public func forEachNumber(_ take: (Int, Double) -> Void) {
    var start = 0
    @inline(__always)
    func walk<Stored: BinaryInteger>(_ values: [Stored], _ mask: BitMask?, _ divisor: Double) {
      let values = values.span
      if let mask {
        for row in 0..<values.count where !mask[row] { take(start + row, Double(values[row]) / divisor) }
      } else {
        for row in 0..<values.count { take(start + row, Double(values[row]) / divisor) }
      }
      start += values.count
    }
    func walk(_ chunks: [PackedIntegers], _ divisor: Double) {
      for (chunk, mask) in zip(chunks, missing) {
        switch chunk {
        case .int8(let values): walk(values, mask, divisor)
        case .int16(let values): walk(values, mask, divisor)
        case .int32(let values): walk(values, mask, divisor)
        case .int64(let values): walk(values, mask, divisor)
        }
      }
    }
    switch storage {
    case .scaled(let chunks, let scale): walk(chunks, (0..<scale).reduce(1.0) { power, _ in power * 10 })
    case .codes(let chunks, _): walk(chunks, 1)
    case .real(let chunks):
      for (chunk, mask) in zip(chunks, missing) {
        for row in chunk.indices where mask?[row] != true { take(start + row, chunk[row]) }
        start += chunk.count
      }
    case .none: break
    }
  }

  var isNumeric: Bool {
    switch storage {
    case .scaled, .real: true
    case .codes, .none: false
    }
  }
}

/// A sum of money that does not depend on the order of what is added: whole 1/10000ths in 128 bits.
struct MoneySum {
  private static let unit = 10_000.0
  /// Far beyond any client's money; keeps the conversion defined.
  private static let limit = 9e14
  private var total: Int128 = 0

  @inline(__always)
  mutating func add(_ amount: Double) {
    let bounded = min(max(amount, -Self.limit), Self.limit)
    total += Int128(Int64((bounded * Self.unit).rounded()))
  }

  mutating func add(_ other: MoneySum) { total += other.total }

  var value: Double { Double(total) / Self.unit }
}
