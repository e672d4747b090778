/// The value below which a share `p` of the sorted values lies: type 7, linear between neighbours.
///
/// Formula: h = (n − 1)p; x[⌊h⌋] + (h − ⌊h⌋)(x[⌊h⌋ + 1] − x[⌊h⌋]). `nil` for no values or p outside [0, 1].
/// Source: R. J. Hyndman & Y. Fan, The American Statistician 50 (1996) 361–365, type 7.
/// Python: `numpy.quantile(x, p)` (same rounding); R: `quantile(x, p, type = 7)`.
public func quantile(sorted values: [Double], _ p: Double) -> Double? {
  guard let position = quantilePosition(count: values.count, p) else { return nil }
  let low = values[position.index]
  let high = values[min(position.index + 1, values.count - 1)]
  return interpolate(low, high, position.fraction)
}

/// The middle value, or the mean of the two middle ones. Python: `numpy.median(x)`; R: `median(x)`.
public func median(sorted values: [Double]) -> Double? { quantile(sorted: values, 0.5) }

/// Where a type-7 quantile lies among `count` sorted values: between `index` and the next, `fraction` of the way.
public func quantilePosition(count: Int, _ p: Double) -> (index: Int, fraction: Double)? {
  guard count > 0, p >= 0, p <= 1 else { return nil }
  let h = Double(count - 1) * p
  let index = min(Int(h), count - 1)
  return (index, h - Double(index))
}

/// Between two neighbours, rounded as numpy does (from the nearer one).
public func interpolate(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
  if fraction == 0 || low == high { return low }
  let gap = high - low
  return fraction < 0.5 ? low + gap * fraction : high - gap * (1 - fraction)
}
