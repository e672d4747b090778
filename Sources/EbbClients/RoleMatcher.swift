public import EbbTable

/// What a column is taken for before its content has been seen.
public struct RoleAssignment: Sendable, Codable, Equatable {
  /// How sure the name is.
  public enum Match: Sendable, Codable, Equatable {
    /// The heading is this alias. `rank` 0: beyond doubt; 1, 2: gives way to a better name.
    case alias(String, rank: Int)
    /// The heading holds this alias and words that add nothing to it.
    case words(String, rank: Int)
    case byUser
    case none
  }
  public let column: String
  public let role: Role
  public let reason: ClientSchema.Reason
  public let match: Match

  public init(column: String, role: Role, reason: ClientSchema.Reason, match: Match) {
    self.column = column
    self.role = role
    self.reason = reason
    self.match = match
  }
}

/// Several columns whose names fit one role equally well: none has got it.
public struct AmbiguousRole: Sendable, Codable, Equatable {
  public let role: Role
  /// In order of name.
  public let columns: [String]

  public init(role: Role, columns: [String]) {
    self.role = role
    self.columns = columns
  }
}

/// Every column with the role its name (or the user) gives it.
public struct RoleAssignments: Sendable, Codable, Equatable {
  /// In the order of the headings.
  public let columns: [RoleAssignment]
  /// In order of role.
  public let ambiguous: [AmbiguousRole]
  /// The churn column's name says *stayed*: yes means that the client is still there.
  public let churnMeansStayed: Bool

  public init(columns: [RoleAssignment], ambiguous: [AmbiguousRole], churnMeansStayed: Bool) {
    self.columns = columns
    self.ambiguous = ambiguous
    self.churnMeansStayed = churnMeansStayed
  }

  public func column(_ role: Role) -> String? { columns.first { $0.role == role }?.column }

  /// `base` and what the roles ask of the reader: churn is a flag, and a row without it is rejected.
  public func readOptions(_ base: ReadOptions = ReadOptions()) -> ReadOptions {
    var options = base
    if let churn = column(.churn) {
      if options.kinds[churn] == nil { options.kinds[churn] = .flag }
      options.required.insert(churn)
    }
    return options
  }
}

/// Finds the roles of columns by their headings.
///
/// A heading is compared as a whole with every alias first, then by words: it may hold an alias and words that add
/// nothing ("Пол клиента", "Current account balance"), but no others ("churn probability" is a plain attribute).
/// One role goes to one column: the better match takes it (whole before words, then the alias's rank), and where two
/// match equally well both stay plain attributes and are reported.
public enum RoleMatcher {
  /// Makes the names of roles ready to be looked up, which the first `match` otherwise does.
  package static func prepare() { _ = AliasIndex.shared }

  /// - Parameter headings: the columns' names as the reader spells them (`Reading.columns`), each one different.
  /// - Throws: `ClientError` where `mapping` names an unknown column or one column twice.
  public static func match(
    headings: [String], mapping: RoleMapping = RoleMapping()
  ) throws(ClientError) -> RoleAssignments {
    let said = try mapping.resolve(headings)
    let takenByUser = Set(said.values.filter(\.isUnique)).union(mapping.without)
    var byRole: [Role: [Candidate]] = [:]
    var names: [Int: AliasIndex.Name] = [:]
    for (column, text) in headings.enumerated() where said[column] == nil {
      guard let name = AliasIndex.shared.find(Heading(text)) else { continue }
      names[column] = name
      if let role = name.role, !takenByUser.contains(role) {
        byRole[role, default: []].append(Candidate(column: column, name: name))
      }
    }
    var winners: [Int: Role] = [:]
    var ambiguous: [AmbiguousRole] = []
    for role in Role.allCases {
      guard let candidates = byRole[role], let best = candidates.map(\.name.order).min() else { continue }
      let first = candidates.filter { $0.name.order == best }
      if first.count == 1 {
        winners[first[0].column] = role
      } else {
        ambiguous.append(
          AmbiguousRole(role: role, columns: first.map { headings[$0.column] }.sorted(by: utf8Order)))
      }
    }
    var stayed = false
    let columns = headings.enumerated().map { column, heading in
      if let role = said[column] {
        if role == .churn { stayed = AliasIndex.shared.saysStayed(Heading(heading)) }
        return RoleAssignment(column: heading, role: role, reason: .byUser, match: .byUser)
      }
      guard let name = names[column] else {
        return RoleAssignment(column: heading, role: .attribute, reason: .plainAttribute, match: .none)
      }
      if let reason = name.ignored {
        return RoleAssignment(column: heading, role: .ignored, reason: reason, match: name.match)
      }
      if let role = winners[column] {
        if role == .churn { stayed = name.stayed }
        return RoleAssignment(column: heading, role: role, reason: .byName, match: name.match)
      }
      return RoleAssignment(column: heading, role: .attribute, reason: .plainAttribute, match: .none)
    }
    return RoleAssignments(columns: columns, ambiguous: ambiguous, churnMeansStayed: stayed)
  }

  private struct Candidate {
    let column: Int
    let name: AliasIndex.Name
  }
}

/// Orders texts by their UTF-8 bytes, the same everywhere.
func utf8Order(_ first: String, _ second: String) -> Bool {
  first.utf8.lexicographicallyPrecedes(second.utf8)
}
