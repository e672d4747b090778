/// One file inside the deck: its name from the package's root, what it is, its bytes, and what it points to.
struct PackagePart: Sendable, Equatable {
  /// "/ppt/slides/slide1.xml"
  let name: String
  /// `nil` where the extension's default says it.
  let contentType: String?
  let bytes: [UInt8]
  var relationships: [Relationship]

  init(_ name: String, _ contentType: String?, bytes: [UInt8], relationships: [Relationship] = []) {
    self.name = name
    self.contentType = contentType
    self.bytes = bytes
    self.relationships = relationships
  }

  init(
    _ name: String, _ contentType: String, _ markup: Markup, relationships: [Relationship] = []
  ) {
    self.init(name, contentType, bytes: markup.document(), relationships: relationships)
  }

  /// "xlsx", in lower case.
  var pathExtension: String {
    let file = name.split(separator: "/").last ?? ""
    return file.split(separator: ".").last.map { $0.lowercased() } ?? ""
  }

  /// Where the part's relationships are kept: "/ppt/slides/_rels/slide1.xml.rels".
  static func relationshipsName(of name: String) -> String {
    let slash = name.lastIndex(of: "/") ?? name.startIndex
    return name[...slash] + "_rels/" + name[name.index(after: slash)...] + ".rels"
  }
}

/// A part's reference to another part, or to something outside.
struct Relationship: Sendable, Equatable {
  /// Unique within its part: "rId1".
  let id: String
  /// "http://schemas.openxmlformats.org/…/slideLayout"
  let type: String
  /// An absolute part name; anything else where `isExternal`.
  let target: String
  let isExternal: Bool

  init(_ id: String, _ type: String, _ target: String, isExternal: Bool = false) {
    self.id = id
    self.type = type
    self.target = target
    self.isExternal = isExternal
  }

  static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
}
