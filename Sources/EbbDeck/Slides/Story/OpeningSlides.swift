import EbbStudy
import EbbWords

/// The cover, the story on one page, the data.
extension SlideComposer {
  var cover: Slide {
    let said = words.cover
    let (text, size) = title(said.titles, layout: stage.cover, sizes: Self.coverSizes)
    let width = stage.cover.subtitle?.box.width ?? stage.cover.title.width
    let lines = [said.lead] + said.points
    return Slide(
      kind: .cover, title: text, titleSize: size,
      subtitle: lines.enumerated().map { index, line in
        let shown = fitted([line], size: index == 0 ? 20 : 16, lines: 1, width: width)
        return TextParagraph(shown.text, size: shown.size, space: index > 0 ? 4 : 0)
      }, notes: said.notes)
  }

  var summary: [Slide] {
    let said = words.summary
    return [
      slide(said) { content in
        let figures = words.keyFigures
        var elements: [Slide.Element] = []
        var rest = content
        if !figures.isEmpty {
          let (top, below) = content.top(content.height * 375 / 1000, gap: Self.gap)
          elements += keyFigures(figures, in: top)
          rest = below
        }
        let columns = rest.columns(2, gap: 2 * Self.gap).map {
          $0.top(Int(0.4 * Double(Box.inch)), gap: Self.gap / 3)
        }
        let lists = [(DeckLabel.summary, said.points), (DeckLabel.actions, words.actions)]
        // Both lists in one size.
        let size = Self.textSizes.first { size in
          zip(columns, lists).allSatisfy { points($1.1, in: $0.rest, sizes: [size]).rest.isEmpty }
        }
        for ((top, below), item) in zip(columns, lists) {
          elements.append(heading(label(item.0), in: top))
          if let list = points(item.1, in: below, name: label(item.0), sizes: [size ?? Self.smallest]).element
          {
            elements.append(list)
          }
        }
        return elements
      }
    ]
  }

  var data: [Slide] {
    guard let said = words.data else { return [] }
    return [
      slide(said) { content in
        let (left, right) = content.left(Int(Double(content.width) * 0.56), gap: 2 * Self.gap)
        let table = table(
          [
            TableColumn(heading: label(.what)),
            TableColumn(heading: label(.figure), alignment: .right),
          ], words.dataRows.map { [TableCell($0.what), TableCell($0.figure, alignment: .right)] }, in: left,
          name: "Table", alternative: said.lead)
        return [table.element, points(said.points, in: right).element].compactMap(\.self)
      }
    ]
  }
}
