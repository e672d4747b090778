package import EbbClients
import EbbEngine
package import EbbTable

/// What a reading of all rows decided: how each column is read, which rows are no clients, what values became.
package struct ReadDecisions: Sendable {
  package let read: ReadTable
  package let clients: ClientTable
  /// Rows of `read` that stand twice, ascending.
  package let dropped: [Int]

  package init(read: ReadTable, clients: ClientTable, dropped: [Int]) {
    self.read = read
    self.clients = clients
    self.dropped = dropped
  }

  /// What the stored values of a column became; `nil` as a value: missing. Only for columns of codes on either side.
  func recoding(_ before: Column, _ after: Column) -> [Int64: Int64?] {
    var map: [Int64: Int64?] = [:]
    var next = 0
    var row = 0
    var kept = Places(after, clients.table.chunkRowCounts)
    for (chunk, count) in read.table.chunkRowCounts.enumerated() {
      for place in 0..<count {
        defer { row += 1 }
        if next < dropped.count, dropped[next] == row {
          next += 1
          continue
        }
        let new = kept.next()
        if before.missing[chunk]?[place] == true { continue }
        switch before.storage {
        case .scaled(let values, _), .codes(let values, _): map[values[chunk][place]] = .some(new)
        case .real, .none: break
        }
      }
    }
    return map
  }

  /// The greatest magnitude of a column's values as read, as whole numbers at `scale`.
  func greatest(_ name: String, scale: Int) -> UInt64 {
    guard let column = read.table.column(named: name), case .scaled(let chunks, let own) = column.storage
    else {
      return .max
    }
    var greatest: UInt64 = 0
    for values in chunks {
      for row in 0..<values.count { greatest = max(greatest, values[row].magnitude) }
    }
    return own == scale ? greatest : .max
  }

  /// Whether some present zeros became missing.
  func losesZeros(_ before: Column, _ after: Column) -> Bool {
    // Duplicates that were dropped may have been missing too.
    guard after.missingCount > 0 else { return false }
    switch before.storage {
    case .scaled: return recoding(before, after)[0] == .some(.none)
    case .real(let chunks):
      var zeros = 0
      for (chunk, values) in chunks.enumerated() {
        for (row, value) in values.enumerated() where value == 0 && before.missing[chunk]?[row] != true {
          zeros += 1
        }
      }
      return zeros > 0 && after.missingCount > before.missingCount
    case .codes, .none: return false
    }
  }

  /// Throws where the database says something else of a column than its rows did.
  func hold(against store: WarehouseStore) async throws {
    guard store.rowCount == clients.table.rowCount else { throw WarehouseError.disagreement(column: "*") }
    let memory = MemoryEngine(clients, cores: 1)
    for column in store.relation.columns {
      let key = SourceCatalog.Key(column: column.column.name, asNumber: false)
      let (here, there) = (try await memory.catalog.sources([key])[0], try await store.sources([key])[0])
      guard here.unit == there.unit, here.range == there.range, here.presentCount == there.presentCount else {
        throw WarehouseError.disagreement(column: column.column.name)
      }
    }
  }

  /// A column's values one after another.
  private struct Places {
    private let column: Column
    private let counts: [Int]
    private var chunk = 0
    private var place = 0

    init(_ column: Column, _ counts: [Int]) {
      self.column = column
      self.counts = counts
    }

    mutating func next() -> Int64? {
      while chunk < counts.count, place == counts[chunk] {
        chunk += 1
        place = 0
      }
      guard chunk < counts.count else { return nil }
      defer { place += 1 }
      if column.missing[chunk]?[place] == true { return nil }
      switch column.storage {
      case .scaled(let values, _), .codes(let values, _): return values[chunk][place]
      case .real, .none: return nil
      }
    }
  }
}
