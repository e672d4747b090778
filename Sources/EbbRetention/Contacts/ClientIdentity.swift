public import EbbClients
import EbbForecast
import EbbTable

/// A number for each client that follows from what the table says of it, not from where it stands: it breaks ties and
/// draws control groups, so the same clients give the same plan however their rows are shuffled.
public enum ClientIdentity {
  /// A hash of the id, the outcome and all attributes; clients alike in everything share it and are interchangeable.
  public static func hashes(_ clients: ClientTable, cores: Int? = nil) -> [UInt64] {
    let entries = clients.schema.entries.filter { $0.role != .ignored }
    let table = clients.table
    let parts = try? Jobs.run(table.chunkRowCounts.count, cores: cores) { index throws(TreeError) in
      let part = table.chunk(index)
      var hashes = [UInt64](repeating: 0, count: part.rowCount)
      for entry in entries {
        guard let column = part.column(named: entry.column) else { continue }
        for (row, value) in FeatureMatrix.values(column, rowCount: part.rowCount).enumerated() {
          hashes[row] = SplitMix64.mix(hashes[row], value)
        }
      }
      return hashes
    }
    return (parts ?? []).flatMap(\.self)
  }
}
