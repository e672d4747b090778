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
    var rows = AscendingOrder.of(keys: hashes)
    // Clients of one hash: alike in everything, but for a chance in millions.
    var start = 0
    while start < rows.count {
      var end = start + 1
      while end < rows.count, hashes[rows[end]] == hashes[rows[start]] { end += 1 }
      if end - start > 1 {
        rows[start..<end].sort { first, second in
          for column in matrix.columns where column[first] != column[second] {
            if column[first].isNaN != column[second].isNaN { return column[second].isNaN }
            if !column[first].isNaN { return column[first] < column[second] }
          }
          return !churned[first] && churned[second]
        }
      }
      start = end
    }
    self.rows = rows
  }

  /// Values by position as values by row.
  func byRow<Value>(_ values: [Value]) -> [Value] {
    guard values.count == rows.count, let any = values.first else { return values }
    var out = [Value](repeating: any, count: values.count)
    for (position, row) in rows.enumerated() { out[row] = values[position] }
    return out
  }
}
