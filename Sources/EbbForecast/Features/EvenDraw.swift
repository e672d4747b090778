/// Some clients in place of many, evenly spread: for what so many tell as well. Their order must say nothing of them.
enum EvenDraw {
  /// At most `limit` of `rows`, in their order; all without a limit.
  static func rows(_ rows: [Int], limit: Int?) -> [Int] {
    guard let limit, rows.count > limit else { return rows }
    return (0..<limit).map { rows[$0 * rows.count / limit] }
  }
}
