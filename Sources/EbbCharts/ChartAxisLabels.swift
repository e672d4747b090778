import EbbWords

/// How Vega writes the numbers along an axis: an expression for `labelExpr`. Thousands, millions and billions are said in the
/// reader's words, so that labels stay short.
enum ChartAxisLabels {
  static func expression(_ unit: Chart.Unit, _ language: Language) -> String {
    switch unit {
    case .share: "format(datum.value, '.0%')"
    case .number(let decimals): "format(datum.value, ',.\(min(max(decimals, 0), 6))~f')"
    case .category: "datum.label"
    case .count, .money: large(language)
    }
  }

  private static func large(_ language: Language) -> String {
    let words = [
      (1e9, Phrase(en: "bn", ru: "млрд")), (1e6, Phrase(en: "m", ru: "млн")),
      (1e4, Phrase(en: "k", ru: "тыс.")),
    ]
    var out = ""
    for (size, word) in words {
      let divisor = size == 1e4 ? 1e3 : size
      out +=
        "abs(datum.value) >= \(Int(size)) ? format(datum.value / \(Int(divisor)), ',.1~f') + '\u{00A0}\(word[language])' : "
    }
    return out + "format(datum.value, ',.1~f')"
  }
}
