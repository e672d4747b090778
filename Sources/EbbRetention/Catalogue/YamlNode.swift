/// A file's content with lines, as it was written: every scalar is a text.
struct YamlNode {
  indirect enum Content {
    case scalar(String)
    case list([YamlNode])
    case mapping([(key: String, line: Int, value: YamlNode)])
  }
  let content: Content
  /// From 1.
  let line: Int

  var shape: CatalogueError.Shape {
    switch content {
    case .scalar(let text): text.isEmpty ? .nothing : .text
    case .list: .list
    case .mapping: .mapping
    }
  }
}

/// What the YAML reader says of a file, one after the other.
enum YamlEvent {
  case streamEnd, documentStart, documentEnd, other
  case scalar(String, hasTag: Bool, hasAnchor: Bool)
  case listStart(hasTag: Bool, hasAnchor: Bool)
  case listEnd
  case mappingStart(hasTag: Bool, hasAnchor: Bool)
  case mappingEnd
  case alias
}

/// Puts events together; refuses what a catalogue has no use for (aliases and anchors, tags, several documents).
struct YamlBuilder {
  static let depthLimit = 12

  private struct Open {
    let line: Int
    let isMapping: Bool
    var items: [YamlNode] = []
    var pairs: [(key: String, line: Int, value: YamlNode)] = []
    var key: (text: String, line: Int)?
  }
  private var open: [Open] = []
  private var documents = 0
  private(set) var root: YamlNode?

  /// - Returns: what is wrong, if anything.
  mutating func take(_ event: YamlEvent, line: Int) -> CatalogueError.Problem? {
    switch event {
    case .streamEnd, .documentEnd, .other: return nil
    case .documentStart:
      documents += 1
      return documents > 1 ? .severalDocuments : nil
    case .alias: return .alias
    case .scalar(let text, let hasTag, let hasAnchor):
      if let refused = Self.refused(hasTag, hasAnchor) { return refused }
      return place(YamlNode(content: .scalar(text), line: line))
    case .listStart(let hasTag, let hasAnchor), .mappingStart(let hasTag, let hasAnchor):
      if let refused = Self.refused(hasTag, hasAnchor) { return refused }
      if open.count >= Self.depthLimit { return .tooDeep(limit: Self.depthLimit) }
      var isMapping = false
      if case .mappingStart = event { isMapping = true }
      if let last = open.last, last.isMapping, last.key == nil {
        return .wrongShape(key: "key", expected: .text, found: isMapping ? .mapping : .list)
      }
      open.append(Open(line: line, isMapping: isMapping))
      return nil
    case .listEnd, .mappingEnd:
      guard let closed = open.popLast() else { return nil }
      return place(
        YamlNode(
          content: closed.isMapping ? .mapping(closed.pairs) : .list(closed.items), line: closed.line))
    }
  }

  private static func refused(_ hasTag: Bool, _ hasAnchor: Bool) -> CatalogueError.Problem? {
    hasAnchor ? .alias : hasTag ? .tag : nil
  }

  private mutating func place(_ node: YamlNode) -> CatalogueError.Problem? {
    guard var last = open.popLast() else {
      root = node
      return nil
    }
    defer { open.append(last) }
    guard last.isMapping else {
      last.items.append(node)
      return nil
    }
    if let key = last.key {
      last.pairs.append((key.text, key.line, node))
      last.key = nil
    } else if case .scalar(let text) = node.content {
      last.key = (text, node.line)
    }
    return nil
  }
}
