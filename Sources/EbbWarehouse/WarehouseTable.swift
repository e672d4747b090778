/// A table of a warehouse, and the rows of it that are asked for.
package struct WarehouseTable: Sendable {
  package enum Family: Sendable { case whole, decimal, double, single, truth, other }
  struct Column: Sendable {
    let name: String
    /// As an expression.
    let place: String
    let family: Family
  }
  let name: String
  let columns: [Column]
  /// `… t`: the rows asked for.
  let rows: String
  /// The same rows part by part, where parts lie on other servers: aggregates asked of each part by itself are worked out
  /// there.
  let parts: [String]
  /// A condition as the user wrote it, and by which states the server says that it is none.
  let condition: (text: String, states: Set<String>)?

  /// What turns a server's refusal into an error about this table.
  func explaining<Found>(_ body: () throws(WarehouseError) -> Found) throws(WarehouseError) -> Found {
    do throws(WarehouseError) {
      return try body()
    } catch .noRights(_, let server) {
      throw .noRights(table: name, server: server)
    } catch .refused(let server, let state) {
      if let condition, condition.states.contains(state) {
        throw .badCondition(condition.text, server: server)
      }
      throw .refused(server: server, state: state)
    } catch { throw error }
  }
}
