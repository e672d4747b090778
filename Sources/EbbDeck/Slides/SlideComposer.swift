import EbbWords

/// Puts words, charts and tables on slides so that everything fits: first by wording, then by size within limits, then on
/// a second slide.
struct SlideComposer: Sendable {
  let stage: DeckStage
  let words: DeckWords
  /// "ru-RU"
  let tag: String

  static let gap = 228_600
  static let titleSizes = [28.0, 26, 24, 22, 20]
  static let coverSizes = [40.0, 36, 32, 28, 24]
  static let textSizes = [18.0, 17, 16, 15, 14]
  static let leadSize = 16.0
  static let smallest = 14.0

  init(stage: DeckStage, words: DeckWords) {
    self.stage = stage
    self.words = words
    tag = words.language == .russian ? "ru-RU" : "en-US"
  }

  func label(_ label: DeckLabel) -> String { label.phrase[words.language] }

  // MARK: Titles

  func title(_ wordings: [String], layout: DeckStage.Layout, sizes: [Double]) -> (text: String, size: Double)
  {
    let lines = sizes.first.map { _ in 2 } ?? 2
    // A template's placeholder keeps its insets, and perhaps a heavier letter.
    let inset = stage.isTemplate ? 16.0 : 0
    let width = Double(layout.title.width) / Double(Box.point) - inset
    let height = Double(layout.title.height) / Double(Box.point) - inset / 2
    let limit = layout.titleType == "ctrTitle" ? 4 : lines
    for size in sizes {
      for text in wordings {
        let count = stage.headingMetrics.lines(text, size: size, bold: true, width: width).count
        if count <= limit, Double(count) * size * FontMetrics.lineHeight <= height { return (text, size) }
      }
    }
    let size = sizes.last ?? 20
    let text = wordings.last ?? ""
    let shown = stage.headingMetrics.lines(text, size: size, bold: true, width: width)
    let room = max(1, min(limit, Int(height / (size * FontMetrics.lineHeight))))
    guard shown.count > room else { return (text, size) }
    return (
      shown.prefix(room - 1).joined(separator: " ") + " "
        + stage.headingMetrics.cut(
          shown[(room - 1)...].joined(separator: " "), size: size, bold: true, width: width), size
    )
  }

  /// A finding's slide: title, the line under it, and what `fill` puts into the rest.
  func slide(_ said: SlideWords, fill: (Box) -> [Slide.Element]) -> Slide {
    let (text, size) = title(said.titles, layout: stage.finding, sizes: Self.titleSizes)
    var content = stage.content
    var elements: [Slide.Element] = []
    if !said.lead.isEmpty {
      let lead = fitted([said.lead], size: Self.leadSize, lines: 2, width: content.width)
      let height = Int((Double(lead.lines) * lead.size * FontMetrics.lineHeight + 2) * Double(Box.point))
      let (top, rest) = content.top(height, gap: Self.gap / 2)
      elements.append(
        Slide.Element(
          name: "Lead", box: top,
          content: .text(
            TextBody(
              paragraphs: [TextParagraph(lead.text)], size: lead.size, colour: .quiet, language: tag),
            fill: nil)))
      content = rest
    }
    elements += fill(content)
    return Slide(kind: .finding, title: text, titleSize: size, elements: elements, notes: said.notes)
  }

  /// One of the wordings in so many lines, smaller if need be, cut at last.
  func fitted(_ wordings: [String], size: Double, lines limit: Int, width: Int, bold: Bool = false)
    -> (text: String, size: Double, lines: Int)
  {
    let room = Double(width) / Double(Box.point)
    for size in stride(from: size, through: Self.smallest, by: -1) {
      for text in wordings {
        let count = stage.bodyMetrics.lines(text, size: size, bold: bold, width: room).count
        if count <= limit { return (text, size, count) }
      }
    }
    let text = wordings.last ?? ""
    let shown = stage.bodyMetrics.lines(text, size: Self.smallest, bold: bold, width: room)
    let kept =
      shown.prefix(limit - 1) + [
        stage.bodyMetrics.cut(
          shown[(limit - 1)...].joined(separator: " "), size: Self.smallest, bold: bold, width: room)
      ]
    return (kept.joined(separator: " "), Self.smallest, limit)
  }

  // MARK: Text

  /// Points as a list; those that do not fit at the smallest size are returned.
  func points(_ points: [String], in box: Box, name: String = "Points", sizes: [Double] = textSizes)
    -> (element: Slide.Element?, rest: [String])
  {
    guard !points.isEmpty else { return (nil, []) }
    func body(_ list: ArraySlice<String>, _ size: Double) -> TextBody {
      TextBody(
        paragraphs: list.enumerated().map {
          TextParagraph($0.element, bullet: true, space: $0.offset > 0 ? size * 0.6 : 0)
        }, size: size, language: tag)
    }
    for size in sizes where body(points[...], size).fits(box, metrics: stage.bodyMetrics) {
      return (Slide.Element(name: name, box: box, content: .text(body(points[...], size), fill: nil)), [])
    }
    let size = sizes.last ?? Self.smallest
    var count = points.count - 1
    while count > 1, !body(points[..<count], size).fits(box, metrics: stage.bodyMetrics) { count -= 1 }
    var shown = Array(points[..<max(1, count)])
    if count <= 1, !body(shown[...], size).fits(box, metrics: stage.bodyMetrics) {
      let lines = Int(Double(box.height) / Double(Box.point) / (size * FontMetrics.lineHeight))
      shown = [
        fitted(shown, size: size, lines: max(1, lines), width: box.width - Int(TextBody.indent) * Box.point)
          .text
      ]
    }
    return (
      Slide.Element(name: name, box: box, content: .text(body(shown[...], size), fill: nil)),
      Array(points.dropFirst(shown.count))
    )
  }

  func heading(_ text: String, in box: Box, colour: DeckColour = .calm) -> Slide.Element {
    let shown = stage.bodyMetrics.cut(
      text, size: 18, bold: true, width: Double(box.width) / Double(Box.point))
    return Slide.Element(
      name: "Heading", box: box,
      content: .text(
        TextBody(
          paragraphs: [TextParagraph(shown, bold: true, colour: colour)], size: 18, anchor: .top,
          language: tag),
        fill: nil))
  }

  /// Figures written large, side by side.
  func keyFigures(_ figures: [KeyFigure], in box: Box) -> [Slide.Element] {
    zip(figures, box.columns(max(1, figures.count), gap: Self.gap)).flatMap {
      figure, box -> [Slide.Element] in
      let width = box.width - 24 * Box.point
      func body(_ size: Double, _ lines: Int) -> TextBody {
        let number = fitted([figure.figure], size: size, lines: 1, width: width, bold: true)
        let meaning = fitted([figure.meaning], size: 18, lines: 2, width: width, bold: true)
        let detail = fitted([figure.detail], size: 14, lines: lines, width: width)
        return TextBody(
          paragraphs: [
            TextParagraph(
              number.text, bold: true, colour: figure.isAlarm ? .alarmText : .calm, size: number.size),
            TextParagraph(meaning.text, bold: true, size: meaning.size),
            TextParagraph(detail.text, colour: .quiet, size: detail.size, space: 4),
          ], size: 18, anchor: .middle, insetX: 12, insetY: 4, language: tag)
      }
      let tries = [(40.0, 3), (36, 3), (32, 3), (32, 2), (28, 2), (28, 1)]
      let (size, lines) =
        tries.first { body($0.0, $0.1).fits(box, metrics: stage.bodyMetrics) } ?? (24, 1)
      let body = body(size, lines)
      return [Slide.Element(name: "Figure", box: box, content: .text(body, fill: .panel))]
    }
  }
}
