import EbbStudy
import EbbWords

/// What is not known; the appendix.
extension SlideComposer {
  var limits: [Slide] {
    var said = words.limits
    var slides: [Slide] = []
    while true {
      var rest: [String] = []
      slides.append(
        slide(said) { content in
          let list = points(said.points, in: content, sizes: [20, 18, 17, 16])
          rest = list.rest
          return [list.element].compactMap(\.self)
        })
      if rest.isEmpty || slides.count > 3 { return slides }
      said = SlideWords(titles: said.titles, lead: said.lead, points: rest, notes: said.notes)
    }
  }

  var method: [Slide] {
    listing(words.method, words.methods.map { [$0.what, $0.how] }, name: "Method")
  }

  var glossary: [Slide] {
    listing(
      words.glossary, words.terms.map { [$0.term, $0.meaning] }, name: "Glossary",
      headings: [label(.term), label(.meaning)])
  }

  /// A table of two columns, on as many slides as it needs.
  private func listing(_ said: SlideWords, _ rows: [[String]], name: String, headings: [String]? = nil)
    -> [Slide]
  {
    var rest = rows
    var slides: [Slide] = []
    while !rest.isEmpty, slides.count < 4 {
      var shown = 0
      let page = rest
      slides.append(
        slide(said) { content in
          let table = table(
            [
              TableColumn(heading: headings?[0] ?? label(.what)),
              TableColumn(heading: headings?[1] ?? label(.how)),
            ], page.map { [TableCell($0[0], bold: true), TableCell($0[1])] }, in: content, name: name,
            alternative: said.titles.first ?? name, lines: 2)
          shown = table.shown
          return [table.element]
        })
      rest = Array(rest.dropFirst(max(1, shown)))
    }
    return slides
  }
}
