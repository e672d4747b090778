package import EbbClients
import EbbEngine
package import EbbTable

/// What a reading decided about one column.
package struct ColumnReading: Sendable {
  /// Its place in the reading, and in the table.
  let index: Int
  /// As it was read, and as the clients have it.
  let before: Column
  let after: Column
  /// What each stored value became; `nil` as a value: missing. Only where one of both is of codes.
  let recoding: [Int64: Int64?]
  /// Present zeros became missing.
  let losesZeros: Bool
  /// The greatest magnitude of the values as read; `.max` where it is not known.
  let greatest: UInt64
}

/// What a reading decided: how each column is read, which rows are no clients, what values became.
package struct ReadDecisions: Sendable {
  let reading: Reading
  let schema: ClientSchema
  let columns: [ColumnReading]
  let rejected: [RejectedRow]
  let totals: [RejectedRow]
  /// Of rows alike in every column only one counts.
  let dropsCopies: Bool
  /// The clients, where all rows were read: the database is held against them.
  private let clients: ClientTable?

  init(
    reading: Reading, schema: ClientSchema, columns: [ColumnReading], rejected: [RejectedRow],
    totals: [RejectedRow], dropsCopies: Bool, clients: ClientTable?
  ) {
    self.reading = reading
    self.schema = schema
    self.columns = columns
    self.rejected = rejected
    self.totals = totals
    self.dropsCopies = dropsCopies
    self.clients = clients
  }

  /// Of a reading of all rows; `dropped`: rows of `read` that stand twice, ascending.
  package init(read: ReadTable, clients: ClientTable, dropped: [Int]) {
    let tables = ReadAndMade(read: read.table, made: clients.table, dropped: dropped)
    self.init(
      reading: read.reading, schema: clients.schema, columns: tables.columns(read.reading, clients.schema),
      rejected: read.rejected, totals: read.totals, dropsCopies: !dropped.isEmpty, clients: clients)
  }

  /// Throws where the database says something else of a column than its rows did.
  func hold(against store: WarehouseStore) async throws {
    guard let clients else { return }
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
}

/// A table as it was read and the clients made of it, row by row.
struct ReadAndMade {
  let read: Table
  let made: Table
  /// Rows of `read` that `made` does not have, ascending.
  let dropped: [Int]

  /// The columns that figures are made of.
  func columns(_ reading: Reading, _ schema: ClientSchema) -> [ColumnReading] {
    let roles = Dictionary(schema.entries.map { ($0.column, $0.role) }) { first, _ in first }
    return reading.columns.indices.compactMap { index in
      let name = reading.columns[index].name
      guard let role = roles[name], role != .ignored, role != .id, let before = read.column(named: name),
        let after = made.column(named: name)
      else { return nil }
      var isCoded = false
      for column in [before, after] { if case .codes = column.storage { isCoded = true } }
      return ColumnReading(
        index: index, before: before, after: after, recoding: isCoded ? recoding(before, after) : [:],
        losesZeros: losesZeros(before, after), greatest: Self.greatest(before))
    }
  }

  /// What the stored values of a column became.
  private func recoding(_ before: Column, _ after: Column) -> [Int64: Int64?] {
    var map: [Int64: Int64?] = [:]
    var next = 0
    var row = 0
    var kept = Places(after, made.chunkRowCounts)
    for (chunk, count) in read.chunkRowCounts.enumerated() {
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

  private func losesZeros(_ before: Column, _ after: Column) -> Bool {
    guard after.missingCount > 0 else { return false }
    switch before.storage {
    case .scaled:
      if case .scaled = after.storage { return recoding(before, after)[0] == .some(.none) }
      return false
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

  private static func greatest(_ column: Column) -> UInt64 {
    guard case .scaled(let chunks, _) = column.storage else { return .max }
    var greatest: UInt64 = 0
    for values in chunks {
      for row in 0..<values.count { greatest = max(greatest, values[row].magnitude) }
    }
    return greatest
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
