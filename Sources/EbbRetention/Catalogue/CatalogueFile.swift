import EbbClients

/// Reads a catalogue's file; `docs/catalogue.md` explains the form.
public enum CatalogueFile {
  /// What the shipped catalogue is called in results.
  public static let builtInName = "built-in"
  public static let sizeLimit = 1 << 20
  public static let entryLimit = 100
  public static let channelLimit = 30

  /// The shipped file, to be shown and edited.
  public static var builtInBytes: [UInt8] { PackageResources.catalogue_yaml }

  /// The shipped catalogue; a test reads it.
  public static let builtIn: Catalogue = {
    do throws(CatalogueError) {
      return try read(builtInBytes, name: builtInName)
    } catch {
      fatalError("the shipped catalogue, line \(error.line): \(error.problem)")
    }
  }()

  /// - Throws: the first fault, with its line.
  public static func read(_ bytes: [UInt8], name: String) throws(CatalogueError) -> Catalogue {
    func fail(_ line: Int, _ problem: CatalogueError.Problem) -> CatalogueError {
      CatalogueError(name: name, line: line, problem: problem)
    }
    guard bytes.count <= sizeLimit else {
      throw fail(1, .tooLarge(bytes: bytes.count, limit: sizeLimit))
    }
    if let line = firstLineNotUTF8(bytes) { throw fail(line, .notUTF8) }
    guard let root = try YamlEvents.document(bytes, name: name) else { throw fail(1, .empty) }
    if case .scalar(let text) = root.content, text.isEmpty { throw fail(root.line, .empty) }
    let file = try CatalogueMapping(
      root, of: "catalogue", keys: ["channels", "recommendations"], name: name)

    let listed = try file.list("channels", limit: channelLimit)
    var channels: [Catalogue.Channel] = []
    var lines: [String: Int] = [:]
    for item in listed {
      let (channel, line) = try channel(item, name: name)
      if let first = lines[channel.id] { throw fail(line, .repeatedID(channel.id, firstLine: first)) }
      lines[channel.id] = line
      channels.append(channel)
    }
    var entries: [Catalogue.Entry] = []
    lines = [:]
    for item in try file.list("recommendations", limit: entryLimit) {
      let (entry, line) = try entry(item, channels: channels.map(\.id), name: name)
      if let first = lines[entry.id] { throw fail(line, .repeatedID(entry.id, firstLine: first)) }
      lines[entry.id] = line
      entries.append(entry)
    }
    return Catalogue(channels: channels, recommendations: entries)
  }

  private static func channel(
    _ node: YamlNode, name: String
  ) throws(CatalogueError) -> (Catalogue.Channel, line: Int) {
    let item = try CatalogueMapping(
      node, of: "channel", keys: ["id", "name", "cost", "strength", "capacityPerDay"], name: name)
    let id = try item.id()
    return (
      Catalogue.Channel(
        id: id.text, name: try item.localized("name", limit: 100),
        cost: try item.number("cost", 0...1e9), strength: try item.number("strength", 0...1),
        capacityPerDay: item.has("capacityPerDay") ? try item.whole("capacityPerDay", 1...1e9) : nil),
      id.line
    )
  }

  private static let entryKeys = [
    "id", "title", "audience", "when", "why", "action", "offers", "measure", "caution", "channels",
    "offerCost", "effect", "grade", "investigation",
  ]

  private static func entry(
    _ node: YamlNode, channels known: [String], name: String
  ) throws(CatalogueError) -> (Catalogue.Entry, line: Int) {
    let item = try CatalogueMapping(node, of: "recommendation", keys: entryKeys, name: name)
    let id = try item.id()
    let investigation = try item.flag("investigation")
    var audience: [AudienceCondition] = []
    for (text, line) in try item.texts("audience", limit: 10) {
      let condition = try ConditionReader(text, line: line, name: name).audience()
      if let twin = audience.first(where: { $0.subject == condition.subject && !$0.canStand(with: condition) }
      ) {
        throw CatalogueError(
          name: name, line: line, problem: .contradiction(condition: text, line: twin.line))
      }
      audience.append(condition)
    }
    var figures: [FigureCondition] = []
    if item.has("when") {
      for (text, line) in try item.texts("when", limit: 20) {
        figures.append(try ConditionReader(text, line: line, name: name).figure())
      }
    }
    var channels: [String] = []
    if item.has("channels") || !investigation {
      for (text, line) in try item.texts("channels", limit: channelLimit) {
        guard known.contains(text) else {
          throw CatalogueError(
            name: name, line: line,
            problem: .unknownChannel(text, nearest: CatalogueMapping.nearest(text, known), known: known))
        }
        guard !channels.contains(text) else {
          throw CatalogueError(name: name, line: line, problem: .repeatedChannel(text))
        }
        channels.append(text)
      }
    }
    let grade = try item.text("grade", limit: 100)
    guard let known = EvidenceGrade(rawValue: grade.text) else {
      let grades = EvidenceGrade.allCases.map(\.rawValue)
      throw CatalogueError(
        name: name, line: grade.line,
        problem: .unknownGrade(
          grade.text, nearest: CatalogueMapping.nearest(grade.text, grades), known: grades))
    }
    let caution = item.has("caution") ? try item.localized("caution", limit: 2000) : nil
    if caution == nil, let told = audience.first(where: { $0.isProtected }) {
      throw CatalogueError(name: name, line: told.line, problem: .cautionRequired(id: id.text))
    }
    let why = try item.localized("why", limit: 2000)
    try item.checkPlaces("why")
    let entry = Catalogue.Entry(
      id: id.text, title: try item.localized("title", limit: 200), audience: audience, when: figures,
      why: why, action: try item.localized("action", limit: 500),
      offers: try item.localizedList("offers", limit: 20),
      measure: try item.localized("measure", limit: 1000),
      caution: caution, channels: channels,
      offerCost: investigation && !item.has("offerCost") ? 0 : try item.number("offerCost", 0...1e9),
      effect: try item.number("effect", 0...1), grade: known, isInvestigation: investigation, line: id.line)
    return (entry, id.line)
  }

  private static func firstLineNotUTF8(_ bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    // A line feed never is part of another character, so that lines can be judged alone.
    for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated()
    where String(validating: line, as: UTF8.self) == nil {
      return index + 1
    }
    return 1
  }
}

extension AudienceCondition {
  /// Gender and age by role; a heading's role is known once there is a table.
  var isProtected: Bool { subject == .role(.gender) || subject == .role(.age) }

  /// Two lines about one subject: a lower and an upper border of numbers go together, nothing else does.
  func canStand(with other: AudienceCondition) -> Bool {
    guard comparison.isOrdering, other.comparison.isOrdering else { return false }
    return comparison.isLower != other.comparison.isLower
  }
}

extension AudienceCondition.Operator {
  /// Sets a lower border.
  var isLower: Bool { self == .greater || self == .greaterOrEqual }
}
