import EbbClients
import EbbTable

/// Which column is which, as far as headings tell.
struct ExperimentHeadings {
  let headings: [String]
  let arms: [Int]
  let outcomes: [Int]
  let client: Int?
  let by: Int?
  let value: Int?
  let cost: Int?
  let valueIsSaid: Bool
  let costIsSaid: Bool
  /// The user named them.
  let armIsSaid: Bool
  let outcomeIsSaid: Bool
  /// Whether the heading of an outcome column asks who stayed.
  let outcomeMeansStayed: [Int: Bool]

  init(_ headings: [String], _ request: ExperimentRequest) throws(ClientError) {
    self.headings = headings
    let roles = try RoleMatcher.match(headings: headings)
    func find(_ name: String?) throws(ClientError) -> Int? {
      guard let name else { return nil }
      let columns = roles.columns.map { (column: $0.column, role: $0.role) }
      let found = try ColumnName.find(name, in: columns)
      return headings.firstIndex(of: found)
    }
    let saidArm = try find(request.arm)
    let saidOutcome = try find(request.outcome)
    let others = [
      try find(request.client), try find(request.by), try find(request.value), try find(request.cost),
    ]
    let taken = Set(([saidArm, saidOutcome] + others).compactMap(\.self))
    armIsSaid = saidArm != nil
    outcomeIsSaid = saidOutcome != nil
    arms =
      saidArm.map { [$0] }
      ?? headings.indices.filter { !taken.contains($0) && ArmWords.claim(headings[$0]) != nil }
    let churn = roles.column(.churn).flatMap { headings.firstIndex(of: $0) }
    let ambiguous = roles.ambiguous.first { $0.role == .churn }?.columns.compactMap {
      headings.firstIndex(of: $0)
    }
    if let saidOutcome {
      outcomes = [saidOutcome]
    } else if let churn, !taken.contains(churn) {
      outcomes = [churn]
    } else if let ambiguous {
      outcomes = ambiguous.filter { !taken.contains($0) }
    } else {
      outcomes = headings.indices.filter {
        !taken.contains($0) && ArmWords.outcomeHeadings.contains(Heading(headings[$0]).joined)
      }
    }
    var stayed: [Int: Bool] = [:]
    for index in outcomes {
      let mapping = RoleMapping(entries: [.init(role: .churn, column: headings[index])])
      stayed[index] = try RoleMatcher.match(headings: headings, mapping: mapping).churnMeansStayed
    }
    outcomeMeansStayed = stayed
    let id = roles.column(.id).flatMap { headings.firstIndex(of: $0) }
    client = others[0] ?? id.flatMap { taken.contains($0) ? nil : $0 }
    by = others[1]
    func money(_ said: Int?, _ wanted: Bool, _ keys: Set<String>) -> Int? {
      if let said { return said }
      let found = headings.indices.filter {
        !taken.contains($0) && keys.contains(Heading(headings[$0]).joined)
      }
      return wanted && found.count == 1 ? found[0] : nil
    }
    value = money(others[2], request.findsValue, ArmWords.value)
    cost = money(others[3], request.findsCost, ArmWords.cost)
    valueIsSaid = others[2] != nil
    costIsSaid = others[3] != nil
  }

  /// Read as texts, so that no odd value rejects its row.
  func readOptions(_ base: ReadOptions) -> ReadOptions {
    var options = base
    for index in arms + outcomes + [by].compactMap(\.self) where options.kinds[headings[index]] == nil {
      options.kinds[headings[index]] = .category
    }
    if let client, options.kinds[headings[client]] == nil { options.kinds[headings[client]] = .text }
    return options
  }
}
