public import EbbTable

/// Why a table cannot be taken for a table of clients. Words for people live in `EbbWords`.
public enum ClientError: Error, Sendable, Equatable {
  // What the user said
  /// A line or piece of a mapping without `=` or `:`.
  case malformedMapping(line: Int?, text: String)
  case unknownRole(text: String, nearest: String?, known: [String])
  case unknownColumn(name: String, nearest: String?, known: [String])
  case columnUsedTwice(column: String, roles: [Role])
  case roleUsedTwice(role: Role, columns: [String])
  /// A column the user gave a numeric role holds no numbers.
  case notNumeric(role: Role, column: String, kind: Column.Kind)
  /// A column the user gave a yes-or-no role holds something else.
  case notFlag(role: Role, column: String, kind: Column.Kind, values: [String])
  /// A column the user gave a role holds nothing.
  case emptyColumn(role: Role, column: String)

  // Churn
  case noChurnColumn(known: [String])
  /// Several columns could be churn, none better than the others.
  case ambiguousChurn(columns: [String])
  /// More than two different values, or numbers.
  case churnNotFlag(column: String, kind: Column.Kind, values: [String])
  /// Two values, and no telling which of them means *left*.
  case churnMeaningUnknown(column: String, values: [String])
  /// Every client has the same value: nothing to compare.
  case churnOneValue(column: String, value: String, rows: Int)
  case churnMissing(column: String, rows: Int)

  case noClients
  /// One id on different rows, and the user asked to refuse that.
  case duplicateIds(column: String, ids: Int, rows: Int)
}
