public import EbbTable

/// A table whose columns have a meaning. Exact duplicates of a client are already out, and a balance that the bank
/// writes as zero for "no balance" is already missing (both are counted in `DataQuality`).
public struct ClientTable: Sendable {
  /// Columns in the schema's order.
  public let table: Table
  public let schema: ClientSchema

  public init(table: Table, schema: ClientSchema) {
    self.table = table
    self.schema = schema
  }

  public func column(_ role: Role) -> Column? { schema.column(role).flatMap { table.column(named: $0) } }
}
