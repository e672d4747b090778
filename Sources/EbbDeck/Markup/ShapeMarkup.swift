/// Shapes of PresentationML. ECMA-376, part 1, chapter 19.
enum ShapeMarkup {
  static let namespaces: KeyValuePairs<String, String> = [
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "xmlns:p": "http://schemas.openxmlformats.org/presentationml/2006/main",
  ]

  /// A placeholder of the layout: title, subtitle, body, slide number, footer.
  struct Placeholder: Sendable, Equatable {
    let type: String?
    let index: Int?

    var markup: Markup {
      var found = Markup("p:ph")
      if let type { found = found.adding("type", type) }
      if let index { found = found.adding("idx", String(index)) }
      return found
    }
  }

  static func named(_ id: Int, _ name: String, alternative: String? = nil) -> Markup {
    var found = Markup("p:cNvPr", ["id": String(id), "name": name])
    if let alternative { found = found.adding("descr", alternative) }
    return found
  }

  /// `box`: `nil` for the layout's place.
  static func placeholder(_ id: Int, _ name: String, _ placeholder: Placeholder, box: Box?, body: Markup)
    -> Markup
  {
    Markup(
      "p:sp", [:],
      [
        Markup(
          "p:nvSpPr", [:],
          [
            named(id, name), Markup("p:cNvSpPr", [:], [Markup("a:spLocks", ["noGrp": "1"])]),
            Markup("p:nvPr", [:], [placeholder.markup]),
          ]),
        Markup("p:spPr", [:], [box?.transform()]), body,
      ])
  }

  static func text(_ id: Int, _ name: String, box: Box, fill: DeckColour?, body: Markup) -> Markup {
    Markup(
      "p:sp", [:],
      [
        Markup(
          "p:nvSpPr", [:], [named(id, name), Markup("p:cNvSpPr", ["txBox": "1"]), Markup("p:nvPr")]),
        Markup(
          "p:spPr", [:],
          [
            box.transform(), geometry("rect"), fill?.fill ?? DeckColour.noFill, DeckColour.noLine,
          ]), body,
      ])
  }

  /// A plain rectangle that says nothing by itself.
  static func rectangle(_ id: Int, _ name: String, box: Box, fill: DeckColour, language: String) -> Markup {
    let decorative = Markup(
      "a:ext", ["uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"],
      [
        Markup(
          "adec:decorative",
          ["xmlns:adec": "http://schemas.microsoft.com/office/drawing/2017/decorative", "val": "1"])
      ])
    return Markup(
      "p:sp", [:],
      [
        Markup(
          "p:nvSpPr", [:],
          [
            named(id, name).appending([Markup("a:extLst", [:], [decorative])]), Markup("p:cNvSpPr"),
            Markup("p:nvPr"),
          ]),
        Markup("p:spPr", [:], [box.transform(), geometry("rect"), fill.fill, DeckColour.noLine]),
        Markup(
          "p:txBody", [:],
          [
            Markup("a:bodyPr"), Markup("a:lstStyle"),
            Markup("a:p", [:], [Markup("a:endParaRPr", ["lang": language])]),
          ]),
      ])
  }

  static func frame(_ id: Int, _ name: String, alternative: String, box: Box, data: Markup) -> Markup {
    Markup(
      "p:graphicFrame", [:],
      [
        Markup(
          "p:nvGraphicFramePr", [:],
          [
            named(id, name, alternative: alternative),
            Markup("p:cNvGraphicFramePr", [:], [Markup("a:graphicFrameLocks", ["noGrp": "1"])]),
            Markup("p:nvPr"),
          ]),
        box.transform("p:xfrm"), Markup("a:graphic", [:], [data]),
      ])
  }

  static func chart(_ relationship: String) -> Markup {
    Markup(
      "a:graphicData", ["uri": "http://schemas.openxmlformats.org/drawingml/2006/chart"],
      [
        Markup(
          "c:chart",
          [
            "xmlns:c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
            "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "r:id": relationship,
          ])
      ])
  }

  static func picture(_ id: Int, _ name: String, alternative: String, box: Box, relationship: String)
    -> Markup
  {
    Markup(
      "p:pic", [:],
      [
        Markup(
          "p:nvPicPr", [:],
          [
            named(id, name, alternative: alternative),
            Markup("p:cNvPicPr", [:], [Markup("a:picLocks", ["noChangeAspect": "1"])]), Markup("p:nvPr"),
          ]),
        Markup(
          "p:blipFill", [:],
          [
            Markup("a:blip", ["r:embed": relationship]),
            Markup("a:stretch", [:], [Markup("a:fillRect")]),
          ]),
        Markup("p:spPr", [:], [box.transform(), geometry("rect")]),
      ])
  }

  static func geometry(_ name: String) -> Markup {
    Markup("a:prstGeom", ["prst": name], [Markup("a:avLst")])
  }

  /// The tree of a slide, layout or master.
  static func tree(_ shapes: [Markup]) -> Markup {
    Markup(
      "p:spTree", [:],
      [
        Markup("p:nvGrpSpPr", [:], [named(1, ""), Markup("p:cNvGrpSpPr"), Markup("p:nvPr")]),
        Markup(
          "p:grpSpPr", [:],
          [
            Markup(
              "a:xfrm", [:],
              [
                Markup("a:off", ["x": "0", "y": "0"]), Markup("a:ext", ["cx": "0", "cy": "0"]),
                Markup("a:chOff", ["x": "0", "y": "0"]), Markup("a:chExt", ["cx": "0", "cy": "0"]),
              ])
          ]),
      ] + shapes)
  }
}
