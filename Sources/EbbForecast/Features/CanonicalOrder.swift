/// Clients in an order that follows from what is known of them, not from where the file has them: the same clients give
/// the same folds and the same forecast however their rows are shuffled.
///
/// By a hash of all values and the outcome, with gaps closed by the values themselves. Clients alike in everything are
/// interchangeable. Cost O(n · columns + n log n).
struct CanonicalOrder {
  /// `rows[position]` is the row of the client at that position.
  let rows: [Int]

  init(_ matrix: FeatureMatrix, churned: [Bool]) {
    var hashes = [UInt64](repeating: 0, count: churned.count)
    for column in matrix.columns {
      for row in hashes.indices {
        hashes[row] = SplitMix64.mix(hashes[row], column[row])
      }
    }
    for row in hashes.indices { hashes[row] = SplitMix64.mix(hashes[row] ^ (churned[row] ? 1 : 0)) }
    // Side by side, so that a comparison looks at nothing else.
    var keys = hashes.indices.map { (hash: hashes[$0], row: $0) }
    keys.sort { first, second in
      if first.hash != second.hash { return first.hash < second.hash }
      for column in matrix.columns where column[first.row] != column[second.row] {
        if column[first.row].isNaN != column[second.row].isNaN { return column[second.row].isNaN }
        if !column[first.row].isNaN { return column[first.row] < column[second.row] }
      }
      return !churned[first.row] && churned[second.row]
    }
    rows = keys.map(\.row)
  }

  /// Values by position as values by row.
  func byRow<Value>(_ values: [Value]) -> [Value] {
    guard values.count == rows.count, let any = values.first else { return values }
    var out = [Value](repeating: any, count: values.count)
    for (position, row) in rows.enumerated() { out[row] = values[position] }
    return out
  }
}
