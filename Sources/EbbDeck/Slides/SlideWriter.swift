/// Slides become parts of a package: slide, notes, charts and the workbooks behind them.
struct SlideWriter {
  let stage: DeckStage
  /// "ru-RU"
  let language: String
  let footer: String
  /// Name of the sheet behind charts, and its helping columns.
  let sheet: String
  let bookWords: ChartBookWords

  private static let pml = "application/vnd.openxmlformats-officedocument.presentationml."
  private static let notesMaster = "/ppt/notesMasters/notesMaster1.xml"

  func parts(_ slides: [Slide]) throws -> [PackagePart] {
    var parts: [PackagePart] = []
    var chartCount = 0
    for (index, slide) in slides.enumerated() {
      let number = index + 1
      let name = "/ppt/slides/slide\(number).xml"
      let notes = "/ppt/notesSlides/notesSlide\(number).xml"
      let layout = slide.kind == .cover ? stage.cover : stage.finding
      var relationships = [
        Relationship("rId1", Relationship.office + "slideLayout", layout.part),
        Relationship("rId2", Relationship.office + "notesSlide", notes),
      ]
      var shapes = frame(slide, layout, number)
      for element in slide.elements {
        let id = shapes.count + 2
        switch element.content {
        case .text(let body, let fill):
          shapes.append(
            ShapeMarkup.text(id, element.name, box: element.box, fill: fill, body: body.markup("p:txBody")))
        case .rectangle(let fill):
          shapes.append(
            ShapeMarkup.rectangle(id, element.name, box: element.box, fill: fill, language: language))
        case .table(let table):
          shapes.append(
            ShapeMarkup.frame(
              id, element.name, alternative: element.alternative, box: element.box, data: table.markup))
        case .chart(let chart):
          chartCount += 1
          let relationship = "rId\(relationships.count + 1)"
          let made = try chartParts(chart, chartCount)
          parts += made
          relationships.append(Relationship(relationship, Relationship.office + "chart", made[0].name))
          shapes.append(
            ShapeMarkup.frame(
              id, element.name, alternative: element.alternative, box: element.box,
              data: ShapeMarkup.chart(relationship)))
        }
      }
      let markup = Markup(
        "p:sld", ShapeMarkup.namespaces,
        [
          Markup("p:cSld", ["name": slide.name], [ShapeMarkup.tree(shapes)]),
          Markup("p:clrMapOvr", [:], [Markup("a:masterClrMapping")]),
        ])
      parts.append(PackagePart(name, Self.pml + "slide+xml", markup, relationships: relationships))
      parts.append(
        PackagePart(
          notes, Self.pml + "notesSlide+xml", NotesMarkup.slide(slide.notes, language: language),
          relationships: [
            Relationship("rId1", Relationship.office + "notesMaster", Self.notesMaster),
            Relationship("rId2", Relationship.office + "slide", name),
          ]))
    }
    return parts
  }

  /// Title, subtitle, footer and number, in the layout's placeholders.
  private func frame(_ slide: Slide, _ layout: DeckStage.Layout, _ number: Int) -> [Markup] {
    let title = TextBody(
      paragraphs: [TextParagraph(slide.title, bold: true)], size: slide.titleSize,
      anchor: slide.kind == .cover ? .bottom : .top, inheritsLook: stage.isTemplate, language: language)
    var shapes = [
      ShapeMarkup.placeholder(
        2, "Title", .init(type: layout.titleType, index: nil), box: stage.isTemplate ? nil : layout.title,
        body: title.markup("p:txBody"))
    ]
    if let subtitle = layout.subtitle, !slide.subtitle.isEmpty {
      let body = TextBody(
        paragraphs: slide.subtitle, size: 20, colour: .quiet, inheritsLook: stage.isTemplate,
        language: language)
      shapes.append(
        ShapeMarkup.placeholder(
          shapes.count + 2, "Subtitle", .init(type: "subTitle", index: subtitle.index), box: subtitle.box,
          body: body.markup("p:txBody")))
    }
    if let place = layout.footer {
      let body = TextBody(
        paragraphs: [TextParagraph(footer)], size: 12, colour: .quiet, anchor: .middle,
        inheritsLook: stage.isTemplate, language: language)
      shapes.append(
        ShapeMarkup.placeholder(
          shapes.count + 2, "Footer", .init(type: "ftr", index: place.index), box: place.box,
          body: body.markup("p:txBody")))
    }
    if let place = layout.number {
      let field = Markup(
        "p:txBody", [:],
        [
          Markup(
            "a:bodyPr", ["lIns": "0", "tIns": "0", "rIns": "0", "bIns": "0", "anchor": "ctr"],
            [Markup("a:noAutofit")]), Markup("a:lstStyle"),
          Markup(
            "a:p", [:],
            [
              Markup("a:pPr", ["algn": "r"]),
              Markup(
                "a:fld", ["id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"],
                [
                  Markup("a:rPr", ["lang": language, "sz": "1200"], [DeckColour.quiet.fill]),
                  Markup("a:t", text: String(number)),
                ]),
            ]),
        ])
      shapes.append(
        ShapeMarkup.placeholder(
          shapes.count + 2, "Number", .init(type: "sldNum", index: place.index), box: place.box, body: field))
    }
    return shapes
  }

  private func chartParts(_ chart: NativeChart, _ number: Int) throws -> [PackagePart] {
    let book = ChartBook(chart, sheet: sheet, words: bookWords)
    let bookName = "/ppt/embeddings/chart\(number).xlsx"
    let markup = ChartMarkup(chart: chart, book: book, language: language).part(relationship: "rId1")
    return [
      PackagePart(
        "/ppt/charts/chart\(number).xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        markup,
        relationships: [Relationship("rId1", Relationship.office + "package", bookName)]),
      PackagePart(bookName, nil, bytes: try book.book.bytes()),
    ]
  }
}
