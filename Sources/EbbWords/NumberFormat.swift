/// Numbers as people of a language write them: `1 234,5` in Russian (narrow no-break space, decimal comma),
/// `1,234.5` in English; a true minus sign; percent with a space in Russian.
public struct NumberFormat: Sendable, Equatable {
  public let language: Language

  public init(_ language: Language) { self.language = language }

  private var group: String { language == .russian ? "\u{202F}" : "," }
  private var decimal: String { language == .russian ? "," : "." }
  /// Between the ends of an interval: a semicolon where the comma is taken.
  public var listSeparator: String { language == .russian ? "; " : ", " }

  public func integer(_ value: Int) -> String {
    (value < 0 ? "−" : "") + grouped(String(value.magnitude))
  }

  /// `decimals` digits after the separator, rounded half away from zero on the shortest decimal form.
  public func fixed(_ value: Double?, decimals: Int) -> String {
    guard let value, value.isFinite else { return "—" }
    let text = FixedPoint.format(value.magnitude, decimals: decimals)
    let isZero = text.utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
    let whole = text.utf8.prefix { $0 != UInt8(ascii: ".") }
    var out = (value < 0 && !isZero ? "−" : "") + grouped(String(Substring(whole)))
    if whole.endIndex < text.endIndex { out += decimal + text[text.index(after: whole.endIndex)...] }
    return out
  }

  /// A share of 1 as percent: 0.2037 → "20,4 %" or "20.4%".
  public func percent(_ share: Double?, decimals: Int = 1) -> String {
    guard let share, share.isFinite else { return "—" }
    return fixed(share * 100, decimals: decimals) + (language == .russian ? "\u{00A0}%" : "%")
  }

  /// A difference of shares in percentage points, with its sign.
  public func points(_ difference: Double?, decimals: Int = 1) -> String {
    guard let difference, difference.isFinite else { return "—" }
    return signed(difference * 100, decimals: decimals)
      + (language == .russian ? "\u{00A0}п.\u{00A0}п." : "\u{00A0}pp")
  }

  public func signed(_ value: Double?, decimals: Int) -> String {
    guard let value, value.isFinite else { return "—" }
    let text = fixed(value, decimals: decimals)
    return value > 0 && text.contains(where: { ("1"..."9").contains($0) }) ? "+" + text : text
  }

  /// Three significant digits or so, for figures whose size is not known beforehand.
  public func compact(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "—" }
    let size = value.magnitude
    if size >= 1000 { return fixed(value, decimals: 0) }
    if size >= 100 { return fixed(value, decimals: 1) }
    if size >= 1 || size == 0 {
      return value == value.rounded() ? fixed(value, decimals: 0) : fixed(value, decimals: 2)
    }
    return size >= 0.001 ? fixed(value, decimals: 4) : scientific(value)
  }

  /// A setting as it was said: 0.05, not 0.0500.
  public func setting(_ value: Double) -> String {
    var scale = 1.0
    for decimals in 0..<6 {
      if abs(value * scale - (value * scale).rounded()) < 1e-9 { return fixed(value, decimals: decimals) }
      scale *= 10
    }
    return fixed(value, decimals: 6)
  }

  /// "p < 0.001" or "p = 0.446"; never "p = 0".
  public func pValue(_ p: Double?) -> String {
    guard let p, p.isFinite else { return "p —" }
    if p < 0.001 { return "p\u{00A0}<\u{00A0}" + fixed(0.001, decimals: 3) }
    return "p\u{00A0}=\u{00A0}" + fixed(p, decimals: 3)
  }

  /// "[19,6 %; 21,2 %]" for shares.
  public func percentInterval(_ low: Double?, _ high: Double?, decimals: Int = 1) -> String {
    guard let low, let high else { return "—" }
    return "[" + fixed(low * 100, decimals: decimals) + listSeparator + percent(high, decimals: decimals)
      + "]"
  }

  public func interval(_ low: Double?, _ high: Double?, decimals: Int) -> String {
    guard let low, let high else { return "—" }
    return "[" + fixed(low, decimals: decimals) + listSeparator + fixed(high, decimals: decimals) + "]"
  }

  private func scientific(_ value: Double) -> String {
    var exponent = 0
    var mantissa = value.magnitude
    while mantissa < 1, exponent > -400 {
      mantissa *= 10
      exponent -= 1
    }
    return (value < 0 ? "−" : "") + fixed(mantissa, decimals: 1) + "·10" + superscript(exponent)
  }

  private func superscript(_ exponent: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (exponent < 0 ? "⁻" : "")
      + String(String(exponent.magnitude).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }

  private func grouped(_ digits: String) -> String {
    let bytes = digits.utf8
    guard bytes.count > (language == .russian ? 4 : 3) else { return digits }
    var out: [UInt8] = []
    for (index, digit) in bytes.enumerated() {
      if index > 0, (bytes.count - index) % 3 == 0 { out += group.utf8 }
      out.append(digit)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
