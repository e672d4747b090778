import EbbClients
import EbbTable

/// The city whose clients leave most often.
enum WorstCity {
  /// Among cities of at least `least` clients, and how many those are; `nil` unless there are two. Of equal rates the
  /// larger city, then the first by name.
  static func find(_ clients: ClientTable, churned: [Bool], least: Int) -> (city: String, cities: Int)? {
    guard let column = clients.column(.city), case .codes(_, let levels) = column.storage else { return nil }
    var n = [Int](repeating: 0, count: levels.texts.count)
    var left = n
    column.forEachNumber { row, code in
      n[Int(code)] += 1
      if churned[row] { left[Int(code)] += 1 }
    }
    let compared = levels.texts.indices.filter { n[$0] >= least }
    guard compared.count > 1 else { return nil }
    let worst = compared.max { a, b in
      // Cross-multiplied: exact.
      let (first, second) = (Int128(left[a]) * Int128(n[b]), Int128(left[b]) * Int128(n[a]))
      if first != second { return first < second }
      return n[a] != n[b] ? n[a] < n[b] : a > b
    }
    return worst.map { (levels.texts[$0], compared.count) }
  }
}
