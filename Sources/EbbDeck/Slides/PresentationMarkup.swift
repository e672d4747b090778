/// The parts that hold a presentation together, and the package they make.
enum PresentationMarkup {
  private static let pml = "application/vnd.openxmlformats-officedocument.presentationml."
  private static let office = Relationship.office

  static func package(
    slides: [Slide], stage: DeckStage, writer: SlideWriter, title: String
  ) throws -> DeckPackage {
    var package = DeckPackage()
    package.relationships = [
      Relationship("rId1", office + "officeDocument", "/ppt/presentation.xml"),
      Relationship(
        "rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "/docProps/core.xml"),
      Relationship("rId3", office + "extended-properties", "/docProps/app.xml"),
    ]
    var relationships = stage.masters.enumerated().map {
      Relationship("rId\($0.offset + 1)", office + "slideMaster", $0.element.part)
    }
    func relate(_ type: String, _ target: String) -> String {
      let id = "rId\(relationships.count + 1)"
      relationships.append(Relationship(id, office + type, target))
      return id
    }
    let masters = stage.masters.enumerated().map {
      Markup("p:sldMasterId", ["id": $0.element.id, "r:id": "rId\($0.offset + 1)"])
    }
    let notes = relate("notesMaster", "/ppt/notesMasters/notesMaster1.xml")
    let list = slides.indices.map {
      Markup(
        "p:sldId", ["id": String(256 + $0), "r:id": relate("slide", "/ppt/slides/slide\($0 + 1).xml")])
    }
    _ = relate("presProps", "/ppt/presProps.xml")
    _ = relate("viewProps", "/ppt/viewProps.xml")
    _ = relate("theme", stage.mainTheme)
    _ = relate("tableStyles", "/ppt/tableStyles.xml")
    let presentation = Markup(
      "p:presentation", ShapeMarkup.namespaces,
      [
        Markup("p:sldMasterIdLst", [:], masters),
        Markup("p:notesMasterIdLst", [:], [Markup("p:notesMasterId", ["r:id": notes])]),
        Markup("p:sldIdLst", [:], list),
        Markup("p:sldSz", ["cx": String(stage.width), "cy": String(stage.height)]),
        Markup(
          "p:notesSz", ["cx": String(NotesMarkup.width), "cy": String(NotesMarkup.height)]),
        Markup(
          "p:defaultTextStyle", [:],
          [Markup("a:defPPr", [:], [Markup("a:defRPr", ["lang": writer.language])])]),
      ])
    package.add(
      PackagePart(
        "/ppt/presentation.xml", pml + "presentation.main+xml", presentation, relationships: relationships))
    let namespaces = ShapeMarkup.namespaces
    package.add(
      PackagePart("/ppt/presProps.xml", pml + "presProps+xml", Markup("p:presentationPr", namespaces)))
    package.add(PackagePart("/ppt/viewProps.xml", pml + "viewProps+xml", Markup("p:viewPr", namespaces)))
    package.add(
      PackagePart(
        "/ppt/tableStyles.xml", pml + "tableStyles+xml",
        Markup(
          "a:tblStyleLst",
          [
            "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
            "def": "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}",
          ])))
    for part in stage.parts { package.add(part) }
    package.add(
      PackagePart(
        "/ppt/notesMasters/notesMaster1.xml", pml + "notesMaster+xml",
        NotesMarkup.master(language: writer.language),
        relationships: [Relationship("rId1", office + "theme", "/ppt/theme/themeNotes.xml")]))
    package.add(
      PackagePart(
        "/ppt/theme/themeNotes.xml", "application/vnd.openxmlformats-officedocument.theme+xml",
        stage.theme.markup))
    for part in try writer.parts(slides) { package.add(part) }
    package.add(core(title: title, language: writer.language))
    package.add(app)
    return package
  }

  /// Without the times of making and changing: the same study is the same bytes.
  private static func core(title: String, language: String) -> PackagePart {
    PackagePart(
      "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml",
      Markup(
        "cp:coreProperties",
        [
          "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
          "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        ],
        [
          Markup("dc:title", text: title), Markup("dc:creator", text: "Ebb"),
          Markup("dc:language", text: language),
        ]))
  }

  private static var app: PackagePart {
    PackagePart(
      "/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml",
      Markup(
        "Properties", ["xmlns": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"],
        [Markup("Application", text: "Ebb")]))
  }
}
