/// Ebb's own master and its layouts: a title slide, a finding, and a finding with running text.
enum OwnStage {
  static let width = 12_192_000
  static let height = 6_858_000
  private static let margin = 548_640
  private static let title = Box(inches: 0.6, 0.42, 12.13, 0.98)
  private static let content = Box(inches: 0.6, 1.55, 12.13, 5.2)
  private static let coverTitle = Box(inches: 1.0, 2.0, 10.8, 2.1)
  private static let coverSubtitle = Box(inches: 1.0, 4.35, 10.8, 1.3)
  private static let footer = Box(inches: 0.6, 6.98, 10.9, 0.3)
  private static let number = Box(inches: 11.73, 6.98, 1.0, 0.3)

  static func make(_ theme: DeckTheme, language: String) -> DeckStage {
    let master = "/ppt/slideMasters/slideMaster1.xml"
    let kinds = ["title", "titleOnly", "obj"]
    let layouts = kinds.indices.map { "/ppt/slideLayouts/slideLayout\($0 + 1).xml" }
    let logo = theme.logo.map { logo in
      PackagePart("/ppt/media/logo." + logo.pathExtension, nil, bytes: logo.bytes)
    }
    let office = Relationship.office
    var parts = [
      PackagePart(
        "/ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", theme.markup),
      PackagePart(
        master, "application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml",
        masterMarkup(layouts.count, language),
        relationships: layouts.enumerated().map {
          Relationship("rId\($0.offset + 1)", office + "slideLayout", $0.element)
        } + [Relationship("rId\(layouts.count + 1)", office + "theme", "/ppt/theme/theme1.xml")]),
    ]
    for (kind, name) in zip(kinds, layouts) {
      let pictures = kind == "title" ? logo : nil
      parts.append(
        PackagePart(
          name, "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml",
          layoutMarkup(kind, theme.logo, language),
          relationships: [Relationship("rId1", office + "slideMaster", master)]
            + (pictures.map { [Relationship("rId2", office + "image", $0.name)] } ?? [])))
    }
    if let logo { parts.append(logo) }
    var cover = DeckStage.Layout(part: layouts[0], titleType: "ctrTitle", title: coverTitle)
    cover.subtitle = (1, coverSubtitle)
    var finding = DeckStage.Layout(part: layouts[1], titleType: "title", title: title)
    finding.footer = (11, footer)
    finding.number = (12, number)
    return DeckStage(
      width: width, height: height, masters: [.init(part: master, id: "2147483648")], parts: parts,
      cover: cover, finding: finding, content: content, headingMetrics: FontMetrics(font: theme.headingFont),
      bodyMetrics: FontMetrics(font: theme.bodyFont), palette: DeckStage.rgb(theme),
      mainTheme: "/ppt/theme/theme1.xml", theme: theme)
  }

  // MARK: Markup

  private static func body(_ text: String, _ language: String, field: String? = nil, alignment: String? = nil)
    -> Markup
  {
    let run = Markup("a:rPr", ["lang": language])
    let piece =
      field.map {
        Markup(
          "a:fld", ["id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": $0],
          [run, Markup("a:t", text: text)])
      }
      ?? Markup("a:r", [:], [run, Markup("a:t", text: text)])
    let properties = alignment.map { Markup("a:pPr", ["algn": $0]) }
    return Markup(
      "p:txBody", [:],
      [
        Markup("a:bodyPr"), Markup("a:lstStyle"),
        Markup(
          "a:p", [:],
          text.isEmpty ? [properties, Markup("a:endParaRPr", ["lang": language])] : [properties, piece]),
      ])
  }

  /// With its own size and anchor, which placeholders on slides take over.
  private static func body(
    _ text: String, _ language: String, size: Int, colour: DeckColour, anchor: String,
    alignment: String = "l",
    bold: Bool = false, field: String? = nil
  ) -> Markup {
    let run = Markup("a:rPr", ["lang": language])
    let piece =
      field.map {
        Markup(
          "a:fld", ["id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": $0],
          [run, Markup("a:t", text: text)])
      }
      ?? Markup("a:r", [:], [run, Markup("a:t", text: text)])
    return Markup(
      "p:txBody", [:],
      [
        Markup(
          "a:bodyPr", ["lIns": "0", "tIns": "0", "rIns": "0", "bIns": "0", "anchor": anchor],
          [Markup("a:noAutofit")]),
        Markup(
          "a:lstStyle", [:],
          [
            Markup(
              "a:lvl1pPr", ["marL": "0", "indent": "0", "algn": alignment],
              [
                Markup("a:buNone"),
                Markup(
                  "a:defRPr", ["sz": String(size * 100), "b": bold ? "1" : "0"],
                  [colour.fill, Markup("a:latin", ["typeface": bold ? "+mj-lt" : "+mn-lt"])]),
              ])
          ]),
        Markup("a:p", [:], text.isEmpty ? [Markup("a:endParaRPr", ["lang": language])] : [piece]),
      ])
  }

  private static func masterMarkup(_ layoutCount: Int, _ language: String) -> Markup {
    let shapes = [
      ShapeMarkup.rectangle(
        7, "Accent", box: Box(inches: 0.6, 0.3, 0.6, 0.05), fill: .alarm, language: language),
      ShapeMarkup.placeholder(
        2, "Title", .init(type: "title", index: nil), box: title,
        body: body("Title", language, size: 28, colour: .ink, anchor: "t", bold: true)),
      ShapeMarkup.placeholder(
        3, "Text", .init(type: "body", index: 1), box: content,
        body: body("Text", language, size: 18, colour: .ink, anchor: "t")),
      ShapeMarkup.placeholder(
        5, "Footer", .init(type: "ftr", index: 3), box: footer,
        body: body("", language, size: 12, colour: .quiet, anchor: "ctr")),
      ShapeMarkup.placeholder(
        6, "Number", .init(type: "sldNum", index: 4), box: number,
        body: body(
          "‹#›", language, size: 12, colour: .quiet, anchor: "ctr", alignment: "r", field: "slidenum")),
    ]
    func style(_ name: String, _ size: Int, _ font: String, bold: Bool) -> Markup {
      Markup(
        name, [:],
        [
          Markup(
            "a:lvl1pPr", ["marL": "0", "indent": "0", "algn": "l"],
            [
              Markup("a:lnSpc", [:], [Markup("a:spcPct", val: "100000")]), Markup("a:buNone"),
              Markup(
                "a:defRPr", ["sz": String(size * 100), "b": bold ? "1" : "0"],
                [
                  DeckColour.ink.fill, Markup("a:latin", ["typeface": font + "-lt"]),
                  Markup("a:ea", ["typeface": font + "-ea"]), Markup("a:cs", ["typeface": font + "-cs"]),
                ]),
            ])
        ])
    }
    return Markup(
      "p:sldMaster", ShapeMarkup.namespaces,
      [
        Markup(
          "p:cSld", [:],
          [
            Markup(
              "p:bg", [:],
              [Markup("p:bgPr", [:], [DeckColour.paper.fill, Markup("a:effectLst")])]),
            ShapeMarkup.tree(shapes),
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
          "p:sldLayoutIdLst", [:],
          (0..<layoutCount).map {
            Markup("p:sldLayoutId", ["id": String(2_147_483_649 + $0), "r:id": "rId\($0 + 1)"])
          }),
        Markup("p:hf", ["hdr": "0", "dt": "0"]),
        Markup(
          "p:txStyles", [:],
          [
            style("p:titleStyle", 28, "+mj", bold: true), style("p:bodyStyle", 18, "+mn", bold: false),
            style("p:otherStyle", 18, "+mn", bold: false),
          ]),
      ])
  }

  private static func layoutMarkup(_ kind: String, _ logo: DeckTheme.Logo?, _ language: String) -> Markup {
    var shapes: [Markup] = []
    if kind == "title" {
      shapes = [
        ShapeMarkup.rectangle(
          7, "Band", box: Box(x: 0, y: 0, width: 320_040, height: height), fill: .calm, language: language),
        ShapeMarkup.placeholder(
          2, "Title", .init(type: "ctrTitle", index: nil), box: coverTitle,
          body: body("Title", language, size: 40, colour: .ink, anchor: "b", bold: true)),
        ShapeMarkup.placeholder(
          3, "Subtitle", .init(type: "subTitle", index: 1), box: coverSubtitle,
          body: body("Subtitle", language, size: 20, colour: .quiet, anchor: "t")),
      ]
      if let logo {
        let room = Box(inches: 9.73, 0.5, 3.0, 0.9)
        let scale = min(Double(room.width) / Double(logo.width), Double(room.height) / Double(logo.height))
        let (w, h) = (Int(Double(logo.width) * scale), Int(Double(logo.height) * scale))
        shapes.append(
          ShapeMarkup.picture(
            8, "Logo", alternative: "Logo", box: Box(x: room.right - w, y: room.y, width: w, height: h),
            relationship: "rId2"))
      }
    } else {
      shapes.append(
        ShapeMarkup.placeholder(
          2, "Title", .init(type: "title", index: nil), box: nil, body: body("Title", language)))
      if kind == "obj" {
        shapes.append(
          ShapeMarkup.placeholder(
            3, "Text", .init(type: nil, index: 1), box: nil, body: body("Text", language)))
      }
      shapes += [
        ShapeMarkup.placeholder(
          4, "Footer", .init(type: "ftr", index: 11), box: nil, body: body("", language)),
        ShapeMarkup.placeholder(
          5, "Number", .init(type: "sldNum", index: 12), box: nil,
          body: body("‹#›", language, field: "slidenum")),
      ]
    }
    let names = ["title": "Title", "titleOnly": "Finding", "obj": "Finding and text"]
    var layout = Markup("p:sldLayout", ShapeMarkup.namespaces).adding("type", kind).adding("preserve", "1")
    if kind == "title" { layout = layout.adding("showMasterSp", "0") }
    return layout.appending([
      Markup("p:cSld", ["name": names[kind] ?? kind], [ShapeMarkup.tree(shapes)]),
      Markup("p:clrMapOvr", [:], [Markup("a:masterClrMapping")]),
    ])
  }
}
