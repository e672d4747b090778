/// A curve through given points, straight between them.
struct Curve: Sendable {
  let points: [(x: Double, y: Double)]

  init(_ points: [(Double, Double)]) {
    self.points = points.map { (x: $0.0, y: $0.1) }
  }

  /// The height at `x`; before the first point and after the last it stays level.
  func callAsFunction(_ x: Int) -> Double {
    let x = Double(x)
    guard let first = points.first, let last = points.last, x > first.x else { return points.first?.y ?? 0 }
    guard x < last.x else { return last.y }
    var index = 1
    while points[index].x < x { index += 1 }
    let (low, high) = (points[index - 1], points[index])
    return low.y + (high.y - low.y) * (x - low.x) / (high.x - low.x)
  }
}
