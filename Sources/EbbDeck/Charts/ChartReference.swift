/// A chart's references into its workbook, with the copy of the figures that is shown until somebody edits them.
enum ChartReference {
  static func texts(_ range: String, _ texts: [String]) -> Markup {
    Markup(
      "c:strRef", [:],
      [
        Markup("c:f", text: range),
        Markup(
          "c:strCache", [:],
          [Markup("c:ptCount", val: String(texts.count))]
            + texts.enumerated().map { point($0.offset, $0.element) }),
      ])
  }

  static func numbers(_ figures: ChartBook.Figures, format: String) -> Markup {
    Markup(
      "c:numRef", [:],
      [
        Markup("c:f", text: figures.range),
        Markup(
          "c:numCache", [:],
          [Markup("c:formatCode", text: format), Markup("c:ptCount", val: String(figures.values.count))]
            + figures.values.enumerated().compactMap { item in
              item.element.flatMap { $0.isFinite ? point(item.offset, text($0)) : nil }
            }),
      ])
  }

  /// The shortest digits that read back exactly; whole numbers without ".0".
  static func text(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func point(_ index: Int, _ text: String) -> Markup {
    Markup("c:pt", ["idx": String(index)], [Markup("c:v", text: text)])
  }
}
