/// Whole numbers of steps and the values they stand for.
extension BlockColumn {
  static func rescaled(_ values: [Int64], by exponent: Int) -> [Int64]? {
    var out: [Int64] = []
    out.reserveCapacity(values.count)
    for value in values {
      guard let product = NumberText.multiply(value, byPowerOfTen: exponent) else { return nil }
      out.append(product)
    }
    return out
  }

  static func double(_ value: Int64, scale: Int) -> Double {
    if scale == 0 { return Double(value) }
    if value.magnitude <= 1 << 53, scale <= 22 { return Double(value) / NumberText.power(scale) }
    return Double("\(value)e-\(scale)") ?? 0
  }
}
