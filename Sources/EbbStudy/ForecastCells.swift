import EbbClients
import EbbEngine
import EbbRetention
import EbbSegments
import EbbTable

/// The forecast's sums in the cells of clients: leavers expected, and balance at risk.
///
/// The forecast of every client becomes a column beside the table's own, and the cells are asked for once more.
enum ForecastCells {
  static func study(
    _ study: Study, _ probabilities: [Double], _ intake: ClientIntake, answers: Answers,
    configuration: StudyConfiguration
  ) async throws -> Study {
    let clients = intake.clients
    guard let churn = study.churn, churn.cube != nil, probabilities.count == clients.table.rowCount else {
      return study
    }
    var atRisk = [Double](repeating: 0, count: probabilities.count)
    clients.column(.balance)?.forEachNumber { row, balance in atRisk[row] = probabilities[row] * balance }
    let table = Table(
      columns: clients.table.columns + [
        column(ClientCube.forecastColumn, probabilities, clients.table.chunkRowCounts),
        column(ClientCube.balanceAtRiskColumn, atRisk, clients.table.chunkRowCounts),
      ], chunkRowCounts: clients.table.chunkRowCounts)
    let engine = MemoryEngine(ClientTable(table: table, schema: clients.schema), cores: configuration.cores)
    let found = try await engine.answer(
      ClientCube.forecastQuestions(clients.schema, data: intake.quality))
    return study.with(
      churn.withForecast(
        answers.merging(found), schema: clients.schema, data: intake.quality,
        threshold: configuration.privacyThreshold))
  }

  private static func column(_ name: String, _ values: [Double], _ chunks: [Int]) -> Column {
    var start = 0
    let parts = chunks.map { count -> [Double] in
      defer { start += count }
      return Array(values[start..<start + count])
    }
    return Column(
      name: name, kind: .real, storage: .real(parts), missing: chunks.map { _ in nil })
  }
}
