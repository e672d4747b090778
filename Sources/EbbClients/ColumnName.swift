/// The column a person means.
public enum ColumnName {
  /// - Parameters:
  ///   - name: a heading, or the name of a role ("income", "доход").
  ///   - columns: every column with its role.
  /// - Returns: the very name first, else the one heading that differs in case, separators or look-alike letters only,
  ///   else the column of that role.
  /// - Throws: `ClientError.unknownColumn` with the nearest name.
  public static func find(_ name: String, in columns: [(column: String, role: Role)]) throws(ClientError)
    -> String
  {
    let headings = columns.map(\.column)
    if headings.contains(name) { return name }
    let wanted = Heading(name).joined
    if !wanted.isEmpty {
      let similar = headings.filter { Heading($0).joined == wanted }
      if similar.count == 1 { return similar[0] }
      if similar.isEmpty, let role = AliasIndex.shared.role(named: name), role.isUnique,
        let found = columns.first(where: { $0.role == role })
      {
        return found.column
      }
    }
    throw .unknownColumn(name: name, nearest: NearestName.find(name, among: headings), known: headings)
  }
}
