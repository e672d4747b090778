/// Finds columns of a former table in a new one whose headings may be others.
public enum ColumnFinder {
  /// For each wanted column its place among `headings`; `nil` where there is none.
  ///
  /// What the user says comes first, then the same name, then a heading that differs only in case, separators and the
  /// like, then the column with the same role. No column is taken twice.
  /// - Throws: `ClientError` where `mapping` names an unknown column or one column twice.
  public static func find(
    _ wanted: [(name: String, role: Role)], in headings: [String], mapping: RoleMapping = RoleMapping()
  ) throws(ClientError) -> [Int?] {
    let assignments = try RoleMatcher.match(headings: headings, mapping: mapping)
    var found = [Int?](repeating: nil, count: wanted.count)
    var taken: Set<Int> = []
    func settle(_ choose: (_ name: String, _ role: Role) -> [Int]) {
      for (index, column) in wanted.enumerated() where found[index] == nil {
        let fitting = choose(column.name, column.role).filter { !taken.contains($0) }
        guard fitting.count == 1 else { continue }
        found[index] = fitting[0]
        taken.insert(fitting[0])
      }
    }
    func withRole(_ role: Role, byUser: Bool) -> [Int] {
      guard role.isUnique else { return [] }
      return assignments.columns.indices.filter {
        assignments.columns[$0].role == role && (!byUser || assignments.columns[$0].reason == .byUser)
      }
    }
    let keys = headings.map { Heading($0).joined }
    settle { _, role in withRole(role, byUser: true) }
    settle { name, _ in headings.indices.filter { headings[$0] == name } }
    settle { name, _ in
      let key = Heading(name).joined
      return key.isEmpty ? [] : keys.indices.filter { keys[$0] == key }
    }
    settle { _, role in withRole(role, byUser: false) }
    return found
  }
}
