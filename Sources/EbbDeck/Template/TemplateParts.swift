/// The files of a template as parts, with their types and relationships.
struct TemplateParts {
  private let files: [String: [UInt8]]
  private let overrides: [String: String]
  private let defaults: [String: String]

  init?(_ bytes: [UInt8]) {
    guard let read = try? ZipArchive.read(bytes) else { return nil }
    files = Dictionary(read.map { ("/" + $0.name, $0.bytes) }) { first, _ in first }
    guard let types = files["/[Content_Types].xml"].flatMap(XMLTree.read) else { return nil }
    overrides = Dictionary(
      types.all("Override").compactMap { item in
        item.attributes["PartName"].flatMap { name in item.attributes["ContentType"].map { (name, $0) } }
      }
    ) { first, _ in first }
    defaults = Dictionary(
      types.all("Default").compactMap { item in
        item.attributes["Extension"].flatMap { name in
          item.attributes["ContentType"].map { (name.lowercased(), $0) }
        }
      }
    ) { first, _ in first }
  }

  func tree(_ name: String) -> XMLTree? { files[name].flatMap(XMLTree.read) }

  func relationships(of name: String) -> [Relationship] {
    let file = name == "/" ? "/_rels/.rels" : PackagePart.relationshipsName(of: name)
    guard let tree = tree(file) else { return [] }
    return tree.all("Relationship").compactMap { item in
      guard let id = item.attributes["Id"], let type = item.attributes["Type"],
        let target = item.attributes["Target"]
      else { return nil }
      if item.attributes["TargetMode"] == "External" {
        return Relationship(id, type, target, isExternal: true)
      }
      return Relationship(id, type, DeckPackage.absolute(target, from: name))
    }
  }

  /// The part and its relationships that lead somewhere.
  func part(_ name: String) -> PackagePart? {
    guard let bytes = files[name] else { return nil }
    let pathExtension = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let type = overrides[name] ?? defaults[pathExtension] else { return nil }
    let kept = relationships(of: name).filter { $0.isExternal || files[$0.target] != nil }
    return PackagePart(name, type, bytes: bytes, relationships: kept)
  }

  /// The parts reached from some, slides and their like left out, each once.
  func closure(from names: [String]) -> [PackagePart] {
    var seen: Set<String> = []
    var open = Array(names.reversed())
    var parts: [PackagePart] = []
    while let name = open.popLast() {
      guard seen.insert(name).inserted, let found = part(name) else { continue }
      var part = found
      part.relationships = part.relationships.filter { $0.isExternal || !Self.isLeftOut($0) }
      parts.append(part)
      open += part.relationships.filter { !$0.isExternal }.map(\.target).reversed()
    }
    return parts
  }

  private static func isLeftOut(_ relationship: Relationship) -> Bool {
    ["/slide", "/notesSlide", "/notesMaster", "/handoutMaster", "/comments", "/vbaProject"].contains {
      relationship.type.hasSuffix($0)
    }
  }
}
