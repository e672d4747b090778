/// A rectangle on a slide, in English Metric Units: 914,400 an inch, 12,700 a point.
struct Box: Sendable, Equatable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int

  static let point = 12_700
  static let inch = 914_400

  init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  init(inches x: Double, _ y: Double, _ width: Double, _ height: Double) {
    func units(_ inches: Double) -> Int { Int((inches * Double(Box.inch)).rounded()) }
    self.init(x: units(x), y: units(y), width: units(width), height: units(height))
  }

  var right: Int { x + width }
  var bottom: Int { y + height }

  func inset(_ amount: Int) -> Box { inset(x: amount, y: amount) }
  func inset(x dx: Int, y dy: Int) -> Box {
    Box(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }

  /// The upper part of this height, and the rest below a gap.
  func top(_ height: Int, gap: Int = 0) -> (top: Box, rest: Box) {
    (
      Box(x: x, y: y, width: width, height: height),
      Box(x: x, y: y + height + gap, width: width, height: max(0, self.height - height - gap))
    )
  }

  /// The left part of this width, and the rest beyond a gap.
  func left(_ width: Int, gap: Int = 0) -> (left: Box, rest: Box) {
    (
      Box(x: x, y: y, width: width, height: height),
      Box(x: x + width + gap, y: y, width: max(0, self.width - width - gap), height: height)
    )
  }

  /// Equal columns with gaps between them.
  func columns(_ count: Int, gap: Int) -> [Box] {
    let width = (self.width - gap * (count - 1)) / max(1, count)
    return (0..<count).map { Box(x: x + $0 * (width + gap), y: y, width: width, height: height) }
  }

  func rows(_ count: Int, gap: Int) -> [Box] {
    let height = (self.height - gap * (count - 1)) / max(1, count)
    return (0..<count).map { Box(x: x, y: y + $0 * (height + gap), width: width, height: height) }
  }

  func intersects(_ other: Box) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  func contains(_ other: Box) -> Bool {
    x <= other.x && y <= other.y && right >= other.right && bottom >= other.bottom
  }

  func transform(_ name: String = "a:xfrm") -> Markup {
    Markup(
      name, [:],
      [
        Markup("a:off", ["x": String(x), "y": String(y)]),
        Markup("a:ext", ["cx": String(max(0, width)), "cy": String(max(0, height))]),
      ])
  }
}
