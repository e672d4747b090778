/// What the user says about columns: `--map churn=Exited,income=Salary`, or a file of such lines.
///
/// A role is named as in `Role`, or by any of its aliases (`отток=...`, `salary=...`); `attribute=` and `ignored=`
/// may be said of many columns. A role with nothing after the sign (`score=`) is given to no column at all.
public struct RoleMapping: Sendable, Codable, Equatable {
  public struct Entry: Sendable, Codable, Equatable {
    public let role: Role
    public let column: String
    public init(role: Role, column: String) {
      self.role = role
      self.column = column
    }
  }
  public let entries: [Entry]
  /// Roles no column is to have.
  public let without: Set<Role>

  public init(entries: [Entry] = [], without: Set<Role> = []) {
    self.entries = entries
    self.without = without
  }

  /// Reads `role=column` pairs between commas; a column with a comma or sign in its name stands in quotes.
  public init(argument: String) throws(ClientError) {
    try self.init(pieces: Self.pieces(argument).map { (nil, $0) })
  }

  /// Reads a file's text: a `role=column` or `role: column` on each line, `#` begins a comment.
  public init(text: String) throws(ClientError) {
    var pieces: [(Int?, String)] = []
    let text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() { pieces.append((index + 1, Self.withoutComment(String(line)))) }
    try self.init(pieces: pieces)
  }

  /// The two together; what `other` says of a role or a column counts.
  public func overridden(by other: RoleMapping) -> RoleMapping {
    let roles = Set(other.entries.map(\.role).filter(\.isUnique)).union(other.without)
    let columns = Set(other.entries.map(\.column))
    return RoleMapping(
      entries: entries.filter { !roles.contains($0.role) && !columns.contains($0.column) } + other.entries,
      without: without.subtracting(other.entries.map(\.role)).union(other.without))
  }

  private init(pieces: [(line: Int?, text: String)]) throws(ClientError) {
    var entries: [Entry] = []
    var without: Set<Role> = []
    for (line, text) in pieces {
      let text = Self.trimmed(text)
      if text.isEmpty { continue }
      guard let sign = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
        throw .malformedMapping(line: line, text: text)
      }
      let name = Self.unquoted(String(text[..<sign]))
      let column = Self.unquoted(String(text[text.index(after: sign)...]))
      guard let role = AliasIndex.shared.role(named: name) else {
        throw .unknownRole(
          text: name, nearest: NearestName.find(name, among: Role.allCases.map(\.rawValue)),
          known: Role.allCases.map(\.rawValue))
      }
      if column.isEmpty {
        without.insert(role)
      } else {
        entries.append(Entry(role: role, column: column))
      }
    }
    self.init(entries: entries, without: without)
  }

  /// Roles by index of heading.
  func resolve(_ headings: [String]) throws(ClientError) -> [Int: Role] {
    var roles: [Int: Role] = [:]
    var columns: [Role: [String]] = [:]
    for entry in entries {
      guard let column = Self.index(of: entry.column, in: headings) else {
        throw .unknownColumn(
          name: entry.column, nearest: NearestName.find(entry.column, among: headings), known: headings)
      }
      if let other = roles[column], other != entry.role {
        throw .columnUsedTwice(column: headings[column], roles: [other, entry.role])
      }
      if roles[column] == nil { columns[entry.role, default: []].append(headings[column]) }
      roles[column] = entry.role
      if entry.role.isUnique, let several = columns[entry.role], several.count > 1 {
        throw .roleUsedTwice(role: entry.role, columns: several)
      }
    }
    return roles
  }

  /// The very name first, else the one heading that differs in case, separators or look-alike letters only.
  private static func index(of name: String, in headings: [String]) -> Int? {
    if let exact = headings.firstIndex(of: name) { return exact }
    let wanted = Heading(name).joined
    let similar = headings.indices.filter { Heading(headings[$0]).joined == wanted }
    return similar.count == 1 && !wanted.isEmpty ? similar[0] : nil
  }

  private static func pieces(_ text: String) -> [String] {
    var pieces = [""]
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "," {
        pieces.append("")
        continue
      }
      pieces[pieces.count - 1].append(character)
    }
    return pieces
  }

  /// `#` begins a comment at the start of a line or after a space, outside quotes.
  private static func withoutComment(_ line: String) -> String {
    var quoted = false
    var before: Character = " "
    for index in line.indices {
      let character = line[index]
      if character == "\"" { quoted.toggle() }
      if character == "#", !quoted, before.isWhitespace { return String(line[..<index]) }
      before = character
    }
    return line
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let first = text.first, first.isWhitespace || first == "\u{FEFF}" { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }

  private static func unquoted(_ text: String) -> String {
    let text = trimmed(text)
    guard text.count >= 2, let first = text.first, first == "\"" || first == "'", text.last == first else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }
}
