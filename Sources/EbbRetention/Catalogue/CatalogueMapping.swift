import EbbClients

/// One mapping of the file, its keys checked; reads values and says what is wrong with them.
struct CatalogueMapping {
  let name: String
  let line: Int
  /// What it describes, for messages.
  let of: String
  private let pairs: [(key: String, line: Int, value: YamlNode)]

  init(_ node: YamlNode, of: String, keys: [String], name: String) throws(CatalogueError) {
    self.name = name
    self.of = of
    line = node.line
    guard case .mapping(let pairs) = node.content else {
      throw CatalogueError(
        name: name, line: node.line,
        problem: .wrongShape(key: of, expected: .mapping, found: node.shape))
    }
    var seen: Set<String> = []
    for (key, line, _) in pairs {
      guard keys.contains(key) else {
        throw CatalogueError(
          name: name, line: line,
          problem: .unknownKey(key, nearest: Self.nearest(key, keys), known: keys))
      }
      guard seen.insert(key).inserted else {
        throw CatalogueError(name: name, line: line, problem: .repeatedKey(key))
      }
    }
    self.pairs = pairs
  }

  /// What was probably meant.
  static func nearest(_ text: String, _ known: [String]) -> String? { NearestName.find(text, among: known) }

  func has(_ key: String) -> Bool { pairs.contains { $0.key == key } }

  private func fail(_ line: Int, _ problem: CatalogueError.Problem) -> CatalogueError {
    CatalogueError(name: name, line: line, problem: problem)
  }

  private func node(_ key: String) throws(CatalogueError) -> YamlNode {
    guard let pair = pairs.first(where: { $0.key == key }) else {
      throw fail(line, .missingKey(key, of: of))
    }
    return pair.value
  }

  private func scalar(
    _ node: YamlNode, _ key: String, limit: Int
  ) throws(CatalogueError) -> (text: String, line: Int) {
    guard case .scalar(let text) = node.content else {
      throw fail(node.line, .wrongShape(key: key, expected: .text, found: node.shape))
    }
    let trimmed = Self.trimmed(text)
    guard !trimmed.isEmpty else { throw fail(node.line, .emptyText(key: key)) }
    guard trimmed.unicodeScalars.count <= limit else {
      throw fail(node.line, .tooLong(key: key, limit: limit))
    }
    return (trimmed, node.line)
  }

  /// A text without the line ends that folding leaves.
  static func trimmed(_ text: String) -> String {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  func text(_ key: String, limit: Int) throws(CatalogueError) -> (text: String, line: Int) {
    try scalar(try node(key), key, limit: limit)
  }

  func id() throws(CatalogueError) -> (text: String, line: Int) {
    let id = try text("id", limit: 60)
    let isPlain = id.text.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
    }
    guard isPlain, let first = id.text.first, first.isLetter else {
      throw fail(id.line, .malformedID(id.text))
    }
    return id
  }

  func number(_ key: String, _ range: ClosedRange<Double>) throws(CatalogueError) -> Double {
    let (text, line) = try text(key, limit: 100)
    guard let value = Self.number(text) else { throw fail(line, .notANumber(key: key, text: text)) }
    guard range.contains(value) else {
      throw fail(line, .outOfRange(key: key, text: text, low: range.lowerBound, high: range.upperBound))
    }
    return value
  }

  func whole(_ key: String, _ range: ClosedRange<Double>) throws(CatalogueError) -> Int {
    let value = try number(key, range)
    guard value == value.rounded() else {
      let (text, line) = try text(key, limit: 100)
      throw fail(line, .notWhole(key: key, text: text))
    }
    return Int(value)
  }

  /// A plain decimal number: no hexadecimal, infinity or decimal comma.
  static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }),
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  func flag(_ key: String) throws(CatalogueError) -> Bool {
    guard has(key) else { return false }
    let (text, line) = try text(key, limit: 100)
    switch text.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default: throw fail(line, .notYesOrNo(key: key, text: text))
    }
  }

  /// A text in both languages.
  func localized(_ key: String, limit: Int) throws(CatalogueError) -> LocalizedText {
    try localized(try node(key), key, limit: limit)
  }

  private func localized(
    _ node: YamlNode, _ key: String, limit: Int
  ) throws(CatalogueError) -> LocalizedText {
    if case .scalar = node.content { _ = try scalar(node, key, limit: limit) }
    let languages = ["ru", "en"]
    let item = try CatalogueMapping(node, of: key, keys: languages, name: name)
    for language in languages where !item.has(language) {
      throw fail(node.line, .missingTranslation(key: key, language: language))
    }
    return LocalizedText(
      en: try item.text("en", limit: limit).text, ru: try item.text("ru", limit: limit).text)
  }

  func localizedList(_ key: String, limit: Int) throws(CatalogueError) -> [LocalizedText] {
    var texts: [LocalizedText] = []
    for item in try list(key, limit: limit) { texts.append(try localized(item, key, limit: 500)) }
    return texts
  }

  func list(_ key: String, limit: Int) throws(CatalogueError) -> [YamlNode] {
    let node = try node(key)
    guard case .list(let items) = node.content else {
      throw fail(node.line, .wrongShape(key: key, expected: .list, found: node.shape))
    }
    guard !items.isEmpty else { throw fail(node.line, .emptyList(key: key)) }
    guard items.count <= limit else { throw fail(items[limit].line, .tooMany(key: key, limit: limit)) }
    return items
  }

  func texts(_ key: String, limit: Int) throws(CatalogueError) -> [(text: String, line: Int)] {
    var texts: [(String, Int)] = []
    for item in try list(key, limit: limit) { texts.append(try scalar(item, key, limit: 500)) }
    return texts
  }

  /// Places in braces name figures that are known.
  func checkPlaces(_ key: String) throws(CatalogueError) {
    let item = try CatalogueMapping(try node(key), of: key, keys: ["ru", "en"], name: name)
    for language in ["ru", "en"] {
      let (text, line) = try item.text(language, limit: 2000)
      guard let template = TextTemplate(text) else { throw fail(line, .unbalancedBraces(key: key)) }
      for place in template.places where CatalogueFigure(written: place) == nil {
        if CatalogueFigure.textPlaces.contains(place) { continue }
        let known = CatalogueFigure.allCases.map(\.rawValue) + CatalogueFigure.textPlaces
        throw fail(line, .unknownPlace(place, nearest: Self.nearest(place, known), known: known))
      }
    }
  }
}
