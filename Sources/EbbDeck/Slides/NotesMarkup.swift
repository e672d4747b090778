/// The speaker's pages: a picture of the slide above, the text below.
enum NotesMarkup {
  static let width = 6_858_000
  static let height = 9_144_000
  private static let text = Box(x: 685_800, y: 4_400_550, width: 5_486_400, height: 3_600_450)
  private static let picture = Box(x: 685_800, y: 1_143_000, width: 5_486_400, height: 3_086_100)

  private static func image(_ box: Box?) -> Markup {
    Markup(
      "p:sp", [:],
      [
        Markup(
          "p:nvSpPr", [:],
          [
            ShapeMarkup.named(2, "Slide"),
            Markup(
              "p:cNvSpPr", [:], [Markup("a:spLocks", ["noGrp": "1", "noRot": "1", "noChangeAspect": "1"])]),
            Markup("p:nvPr", [:], [Markup("p:ph", ["type": "sldImg", "idx": "2"])]),
          ]),
        Markup("p:spPr", [:], box.map { [$0.transform(), ShapeMarkup.geometry("rect")] } ?? []),
      ])
  }

  static func slide(_ notes: [String], language: String) -> Markup {
    let paragraphs = (notes.isEmpty ? [""] : notes).map { note in
      Markup(
        "a:p", [:],
        note.isEmpty
          ? [Markup("a:endParaRPr", ["lang": language])]
          : [Markup("a:r", [:], [Markup("a:rPr", ["lang": language]), Markup("a:t", text: note)])])
    }
    let body = Markup("p:txBody", [:], [Markup("a:bodyPr"), Markup("a:lstStyle")] + paragraphs)
    return Markup(
      "p:notes", ShapeMarkup.namespaces,
      [
        Markup(
          "p:cSld", [:],
          [
            ShapeMarkup.tree([
              image(nil),
              ShapeMarkup.placeholder(3, "Notes", .init(type: "body", index: 3), box: nil, body: body),
            ])
          ]), Markup("p:clrMapOvr", [:], [Markup("a:masterClrMapping")]),
      ])
  }

  static func master(language: String) -> Markup {
    let body = Markup(
      "p:txBody", [:],
      [
        Markup("a:bodyPr"), Markup("a:lstStyle"),
        Markup("a:p", [:], [Markup("a:endParaRPr", ["lang": language])]),
      ])
    return Markup(
      "p:notesMaster", ShapeMarkup.namespaces,
      [
        Markup(
          "p:cSld", [:],
          [
            Markup("p:bg", [:], [Markup("p:bgPr", [:], [DeckColour.paper.fill, Markup("a:effectLst")])]),
            ShapeMarkup.tree([
              image(picture),
              ShapeMarkup.placeholder(3, "Notes", .init(type: "body", index: 3), box: text, body: body),
            ]),
          ]),
        Markup(
          "p:clrMap",
          [
            "bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2", "accent1": "accent1",
            "accent2": "accent2",
            "accent3": "accent3", "accent4": "accent4", "accent5": "accent5", "accent6": "accent6",
            "hlink": "hlink", "folHlink": "folHlink",
          ]),
        Markup(
          "p:notesStyle", [:],
          [
            Markup(
              "a:lvl1pPr", ["marL": "0", "algn": "l"],
              [
                Markup(
                  "a:defRPr", ["sz": "1200"],
                  [DeckColour.ink.fill, Markup("a:latin", ["typeface": "+mn-lt"])])
              ])
          ]),
      ])
  }
}
