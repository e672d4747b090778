import Testing

@testable import EbbDeck

@Suite struct DeckPackageTests {
  static func part(_ name: String, to targets: [String] = []) -> PackagePart {
    PackagePart(
      name, "application/xml", bytes: [],
      relationships: targets.enumerated().map { Relationship("rId\($0.offset + 1)", "t", $0.element) })
  }

  static func package(_ parts: [PackagePart]) -> DeckPackage {
    var package = DeckPackage()
    package.relationships = [Relationship("rId1", "t", "/a.xml")]
    for part in parts { package.add(part) }
    return package
  }

  @Test func whatIsCompletePasses() throws {
    try Self.package([Self.part("/a.xml", to: ["/b/c.xml"]), Self.part("/b/c.xml", to: ["/a.xml"])]).check()
  }

  @Test func aPartTwice() {
    #expect(throws: DeckPackage.Failure.duplicatePart("/A.xml")) {
      try Self.package([Self.part("/a.xml"), Self.part("/A.xml")]).check()
    }
  }

  @Test func aReferenceIntoNothing() {
    #expect(throws: DeckPackage.Failure.danglingRelationship(from: "/a.xml", to: "/b.xml")) {
      try Self.package([Self.part("/a.xml", to: ["/b.xml"])]).check()
    }
  }

  @Test func anOrphan() {
    #expect(throws: DeckPackage.Failure.orphanPart("/b.xml")) {
      try Self.package([Self.part("/a.xml"), Self.part("/b.xml")]).check()
    }
  }

  @Test(arguments: [
    ("/ppt/media/a.png", "/ppt/slides/slide1.xml", "../media/a.png"),
    ("/ppt/presentation.xml", "/", "ppt/presentation.xml"),
    ("/ppt/slides/slide1.xml", "/ppt/presentation.xml", "slides/slide1.xml"),
    ("/ppt/slides/b.xml", "/ppt/slides/a.xml", "b.xml"),
  ])
  func pathsThereAndBack(target: String, owner: String, relative: String) {
    #expect(DeckPackage.relative(target, from: owner) == relative)
    #expect(DeckPackage.absolute(relative, from: owner) == target)
  }
}
