public import EbbClients
import EbbTable

/// The champion's forecast for every client of a table, also where it learnt from a draw of them.
public enum ClientForecast {
  /// The chance of leaving of each client, in the table's order; empty without a forecast.
  ///
  /// A client that the models learnt from gets its out-of-fold forecast, never one by a model that knew its outcome; all
  /// others are scored by the model trained on the whole draw. Cost: a pass over the columns, chunk by chunk.
  /// - Parameter excluding: as the forecast was told.
  public static func probabilities(
    _ result: ForecastResult, _ input: ForecastInput, clients: ClientTable, excluding: Set<String> = [],
    cores: Int? = nil
  ) throws(TreeError) -> [Double] {
    guard let champion = result.forecast.champion, let model = result.models[champion] else { return [] }
    guard let drawn = input.rows else { return result.probabilities }
    let table = clients.table
    let names = Set(result.features.map(\.name))
    let parts = try Jobs.run(table.chunkRowCounts.count, cores: cores) { index throws(TreeError) in
      let part = ClientTable(table: table.chunk(index), schema: clients.schema)
      let matrix = features(of: part, named: names, excluding: excluding)
      return try model.probabilities(matrix, rows: Array(0..<matrix.rowCount))
    }
    var probabilities = parts.flatMap(\.self)
    for (row, probability) in zip(drawn, result.probabilities) { probabilities[row] = probability }
    return probabilities
  }

  /// The features that a forecast uses, of these clients.
  public static func features(of clients: ClientTable, named names: Set<String>, excluding: Set<String> = [])
    -> FeatureMatrix
  {
    let matrix = FeatureMatrix.make(from: clients, excluding: excluding).matrix
    return matrix.excluding(Set(matrix.features.map(\.name)).subtracting(names))
  }
}
