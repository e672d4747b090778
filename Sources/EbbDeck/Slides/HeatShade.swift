import Glibc

/// Shades of a heat table, from the background to the theme's colour of loss, with text that can be read on them.
enum HeatShade {
  static func colour(_ share: Double, palette: [String: String]) -> (fill: DeckColour, text: DeckColour) {
    let low = rgb(palette["bg1"] ?? "FFFFFF")
    let high = rgb(palette["accent2"] ?? "C4501B")
    let wanted = 0.06 + 0.94 * min(1, max(0, share))
    let ink = rgb(palette["tx1"] ?? "000000")
    let paper = rgb(palette["bg1"] ?? "FFFFFF")
    // On some shades neither dark nor light text can be read: the nearest shade on which one can.
    func mixed(_ part: Double) -> [Double] {
      zip(low, high).map { first, second in (first + (second - first) * part).rounded() }
    }
    func isReadable(_ part: Double) -> Bool {
      let shade = mixed(part)
      return part >= 0 && part <= 1 && max(contrast(shade, ink), contrast(shade, paper)) >= 4.5
    }
    var part = wanted
    for step in 0...50 {
      let distance = Double(step) * 0.02
      if isReadable(wanted - distance) {
        part = wanted - distance
        break
      }
      if isReadable(wanted + distance) {
        part = wanted + distance
        break
      }
    }
    let fill = mixed(part)
    return (.fixed(hex(fill)), contrast(fill, ink) >= contrast(fill, paper) ? .ink : .paper)
  }

  static func rgb(_ hex: String) -> [Double] {
    let value = UInt32(hex, radix: 16) ?? 0
    return [Double(value >> 16 & 255), Double(value >> 8 & 255), Double(value & 255)]
  }

  private static func hex(_ rgb: [Double]) -> String {
    rgb.map {
      let text = String(Int($0.rounded()), radix: 16, uppercase: true)
      return text.count < 2 ? "0" + text : text
    }.joined()
  }

  /// WCAG 2: the ratio of relative luminances, 1 to 21.
  static func contrast(_ first: [Double], _ second: [Double]) -> Double {
    let (a, b) = (luminance(first), luminance(second))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private static func luminance(_ rgb: [Double]) -> Double {
    func linear(_ value: Double) -> Double {
      let share = value / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
  }

}
