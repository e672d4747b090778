public import EbbClients
import Foundation

/// Answers questions about a table in memory.
///
/// A batch is fused: all counts are taken in one pass over the columns they need, and each measure's values are put in
/// order once (as a table of values by cells where they are few, as partitions sorted one by one where they are many)
/// and walked upwards for its moments, quantiles, ranks and deviations together. Decimals are summed exactly, doubles in
/// order of their values: answers depend neither on the order of rows nor on the number of cores.
///
/// Memory: the table, and for one wide measure at a time 4 to 8 bytes a row.
public struct MemoryEngine: Engine {
  public let schema: ClientSchema
  package let catalog: SourceCatalog

  public init(_ clients: ClientTable, cores: Int? = nil) {
    schema = clients.schema
    let cores = max(1, cores ?? ProcessInfo.processInfo.activeProcessorCount)
    catalog = SourceCatalog(table: clients.table, workers: Workers(cores: cores))
  }

  public func answer(_ questions: Set<Question>) async throws(EngineError) -> Answers {
    try await QuestionBatch.answers(questions, from: catalog)
  }
}
