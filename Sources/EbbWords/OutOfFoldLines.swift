public import EbbClients
public import EbbForecast
import EbbTable

/// Every client's out-of-fold forecasts as lines of a CSV file, for whoever wants to check a figure in another tool.
/// Headings and numbers are for programs and the same in every language.
public struct OutOfFoldLines: Sendable {
  private let result: CrossValidationResult
  private let clients: ClientTable
  private let churned: [Bool]

  /// `nil` where nobody's leaving is known or nothing was judged.
  public init?(_ result: CrossValidationResult, _ clients: ClientTable) {
    guard let churned = FeatureMatrix.churned(clients), !result.folds.isEmpty else { return nil }
    self.result = result
    self.clients = clients
    self.churned = churned
  }

  /// The first line: with several repeats every fold and method has its repeat's number.
  public var heading: String {
    let repeats = result.folds.count
    let columns = ["fold"] + result.validation.methods.map(\.name.rawValue)
    let parts = (1...repeats).flatMap { turn in columns.map { repeats > 1 ? "\($0).\(turn)" : $0 } }
    return (["id", "churned"] + parts).joined(separator: ",") + "\n"
  }

  /// Lines of the table's chunks, in order. A client without an id has its number in the table; probabilities have as many
  /// digits as it takes to read the same number back.
  public func forEachChunk(_ body: ([UInt8]) throws -> Void) throws {
    let id = clients.schema.column(.id)
    var start = 0
    for (chunk, count) in clients.table.chunkRowCounts.enumerated() {
      let ids = id.flatMap { clients.table.chunk(chunk).column(named: $0) }.map { ColumnTexts($0) }
      var text: [UInt8] = []
      text.reserveCapacity(count * 48)
      for row in 0..<count {
        let client = start + row
        text += (ids.map { DelimitedCell.text($0[row] ?? "") } ?? "\(client + 1)").utf8
        text += (churned[client] ? ",1" : ",0").utf8
        for turn in result.folds.indices {
          text += ",\(result.folds[turn][client] + 1)".utf8
          for method in result.probabilities { text += ",\(method[turn][client])".utf8 }
        }
        text.append(0x0A)
      }
      try body(text)
      start += count
    }
  }
}
