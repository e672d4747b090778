/// An Open Packaging container: parts, their relationships and content types. ECMA-376, part 2.
///
/// What is written is complete: no part twice, no reference into nothing, no part that nothing refers to.
struct DeckPackage: Sendable {
  enum Failure: Error, Sendable, Equatable {
    case duplicatePart(String)
    case danglingRelationship(from: String, to: String)
    case duplicateRelationship(part: String, id: String)
    case orphanPart(String)
  }

  private(set) var parts: [PackagePart] = []
  /// Of the package itself.
  var relationships: [Relationship] = []

  mutating func add(_ part: PackagePart) { parts.append(part) }

  /// What extensions mean where a part does not say it itself.
  static let defaults: [(pathExtension: String, contentType: String)] = [
    ("emf", "image/x-emf"), ("gif", "image/gif"), ("jpeg", "image/jpeg"), ("jpg", "image/jpeg"),
    ("png", "image/png"), ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
    ("svg", "image/svg+xml"), ("wmf", "image/x-wmf"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml"),
  ]

  func check() throws(Failure) {
    var names: Set<String> = []
    for part in parts where !names.insert(part.name.lowercased()).inserted { throw .duplicatePart(part.name) }
    let byName = Dictionary(parts.map { ($0.name, $0) }) { first, _ in first }
    for (owner, list) in [("/", relationships)] + parts.map({ ($0.name, $0.relationships) }) {
      var ids: Set<String> = []
      for relationship in list {
        guard ids.insert(relationship.id).inserted else {
          throw .duplicateRelationship(part: owner, id: relationship.id)
        }
        guard relationship.isExternal || byName[relationship.target] != nil else {
          throw .danglingRelationship(from: owner, to: relationship.target)
        }
      }
    }
    var reached: Set<String> = []
    var open = relationships.filter { !$0.isExternal }.map(\.target)
    while let name = open.popLast() {
      guard reached.insert(name).inserted else { continue }
      open += (byName[name]?.relationships ?? []).filter { !$0.isExternal }.map(\.target)
    }
    for part in parts where !reached.contains(part.name) { throw .orphanPart(part.name) }
  }

  /// The container's files in order: content types first, then relationships beside their parts.
  func files() throws(Failure) -> [(name: String, bytes: [UInt8])] {
    try check()
    var files = [
      ("[Content_Types].xml", contentTypes.document()),
      ("_rels/.rels", Self.markup(relationships, from: "/").document()),
    ]
    for part in parts {
      files.append((String(part.name.dropFirst()), part.bytes))
      guard !part.relationships.isEmpty else { continue }
      let name = PackagePart.relationshipsName(of: part.name)
      files.append((String(name.dropFirst()), Self.markup(part.relationships, from: part.name).document()))
    }
    return files
  }

  private var contentTypes: Markup {
    let used = Set(parts.filter { $0.contentType == nil }.map(\.pathExtension) + ["rels", "xml"])
    let defaults = Self.defaults.filter { used.contains($0.pathExtension) }.map {
      Markup("Default", ["Extension": $0.pathExtension, "ContentType": $0.contentType])
    }
    let overrides = parts.compactMap { part in
      part.contentType.map { Markup("Override", ["PartName": part.name, "ContentType": $0]) }
    }
    return Markup(
      "Types", ["xmlns": "http://schemas.openxmlformats.org/package/2006/content-types"],
      defaults + overrides)
  }

  private static func markup(_ relationships: [Relationship], from owner: String) -> Markup {
    Markup(
      "Relationships", ["xmlns": "http://schemas.openxmlformats.org/package/2006/relationships"],
      relationships.map { relationship in
        let target =
          relationship.isExternal ? relationship.target : relative(relationship.target, from: owner)
        let attributes: KeyValuePairs<String, String> =
          relationship.isExternal
          ? ["Id": relationship.id, "Type": relationship.type, "Target": target, "TargetMode": "External"]
          : ["Id": relationship.id, "Type": relationship.type, "Target": target]
        return Markup("Relationship", attributes)
      })
  }

  /// "/ppt/media/a.png" from "/ppt/slides/slide1.xml" is "../media/a.png".
  static func relative(_ target: String, from owner: String) -> String {
    let folder = owner.split(separator: "/").dropLast()
    let path = target.split(separator: "/")
    var shared = 0
    while shared < folder.count, shared < path.count - 1, folder[shared] == path[shared] { shared += 1 }
    return (Array(repeating: "..", count: folder.count - shared) + path[shared...].map(String.init))
      .joined(separator: "/")
  }

  /// The inverse of `relative`: where a reference found in `owner` leads.
  static func absolute(_ target: String, from owner: String) -> String {
    if target.hasPrefix("/") { return target }
    var path = owner.split(separator: "/").dropLast().map(String.init)
    for step in target.split(separator: "/") {
      switch step {
      case "..": if !path.isEmpty { path.removeLast() }
      case ".": break
      default: path.append(String(step))
      }
    }
    return "/" + path.joined(separator: "/")
  }
}
