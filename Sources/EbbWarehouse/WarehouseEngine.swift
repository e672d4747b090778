public import EbbClients
public import EbbEngine

/// Answers questions about clients in a warehouse. The batch is planned as in memory and carried out as statements; what
/// comes back are whole numbers, of which answers are made as in memory: the same to the last bit for whole numbers and
/// decimals, to a relative 1e-12 for doubles.
public struct WarehouseEngine: Engine {
  public let schema: ClientSchema
  package let store: WarehouseStore

  package init(schema: ClientSchema, store: WarehouseStore) {
    self.schema = schema
    self.store = store
  }

  /// Clients in the warehouse.
  package var clientCount: Int { store.rowCount }

  /// Clients without a value of a column; `nil` where nothing is asked of it.
  package func missing(_ column: String) -> Int? { store.found(column)?.missing }

  public func answer(_ questions: Set<Question>) async throws(EngineError) -> Answers {
    try await QuestionBatch.answers(questions, from: store)
  }
}
