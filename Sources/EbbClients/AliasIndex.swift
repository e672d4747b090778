/// Aliases ready for look-up.
struct AliasIndex: Sendable {
  struct Name: Sendable {
    /// `nil` for ignored columns.
    var role: Role?
    var ignored: ClientSchema.Reason?
    var alias: String
    var rank: Int
    var byWords: Bool
    var stayed: Bool

    /// Lower is better: a whole heading before one found by words, then by rank.
    var order: Int { (byWords ? 10 : 0) + rank }

    var match: RoleAssignment.Match { byWords ? .words(alias, rank: rank) : .alias(alias, rank: rank) }
  }

  static let shared = AliasIndex()

  private var whole: [String: Name] = [:]
  /// Aliases by their sorted words; longer ones first, so that "credit card" is not read as "card".
  private var wordLists: [(words: [String], name: Name)] = []
  private var neutral: Set<String> = []
  /// Aliases claimed by two meanings: a mistake in the table, found by a test.
  private(set) var clashes: [String] = []

  init() {
    neutral = Set(RoleAliases.neutralWords.map(LookAlikes.fold))
    for role in Role.allCases {
      for (rank, names) in (RoleAliases.names[role] ?? []).enumerated() {
        for alias in names {
          add(Name(role: role, ignored: nil, alias: alias, rank: rank, byWords: false, stayed: false))
        }
      }
    }
    for alias in RoleAliases.stayed {
      add(Name(role: .churn, ignored: nil, alias: alias, rank: 1, byWords: false, stayed: true))
    }
    for (rank, names) in IgnoredNames.rowNumber.enumerated() {
      for alias in names {
        add(Name(role: nil, ignored: .rowNumber, alias: alias, rank: rank, byWords: false, stayed: false))
      }
    }
    for alias in IgnoredNames.personal {
      add(Name(role: nil, ignored: .personal, alias: alias, rank: 0, byWords: false, stayed: false))
    }
    wordLists.sort { ($0.words.count, $1.name.rank) > ($1.words.count, $0.name.rank) }
  }

  private mutating func add(_ name: Name) {
    let heading = Heading(name.alias)
    if let known = whole[heading.joined] {
      if known.role != name.role || known.ignored != name.ignored || known.stayed != name.stayed {
        clashes.append(name.alias)
      }
      return
    }
    whole[heading.joined] = name
    var byWords = name
    byWords.byWords = true
    // Some names are too common to be found inside other headings: "customer value" is not an id.
    let common =
      name.ignored == .rowNumber || heading.joined.count == 1
      || (name.rank > 0 && heading.words.count == 1 && (name.role == .id || name.role == .churn))
    if !common { wordLists.append((heading.words.sorted(), byWords)) }
  }

  func find(_ heading: Heading) -> Name? {
    if heading.joined.isEmpty {
      return Name(role: nil, ignored: .rowNumber, alias: "", rank: 0, byWords: false, stayed: false)
    }
    if let name = whole[heading.joined] { return name }
    for (words, name) in wordLists {
      guard let rest = Self.remove(words, from: heading.words) else { continue }
      if rest.allSatisfy({ neutral.contains($0) }) { return name }
    }
    return nil
  }

  func saysStayed(_ heading: Heading) -> Bool { find(heading)?.stayed ?? false }

  /// The role a word of `--map` means: a role's own name, or any alias.
  func role(named text: String) -> Role? {
    let heading = Heading(text)
    if let role = Role.allCases.first(where: { $0.rawValue == heading.joined }) { return role }
    return whole[heading.joined]?.role
  }

  /// `nil` unless every one of `words` is in `all`.
  private static func remove(_ words: [String], from all: [String]) -> [String]? {
    var rest = all
    for word in words {
      guard let index = rest.firstIndex(of: word) else { return nil }
      rest.remove(at: index)
    }
    return rest
  }
}
