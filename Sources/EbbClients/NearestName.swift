/// The name the user probably meant.
public enum NearestName {
  /// The nearest of `names` by edits (insert, delete, replace, swap neighbours) between normalised headings;
  /// `nil` where none is within a third of the length. Of equally near ones the first.
  public static func find(_ name: String, among names: [String]) -> String? {
    let wanted = Array(Heading(name).joined)
    // Nobody meant to type that much, and the work grows with the square.
    guard !wanted.isEmpty, wanted.count <= 200 else { return nil }
    var best: (distance: Int, name: String)?
    for candidate in names {
      let other = Array(Heading(candidate).joined)
      let limit = max(1, max(wanted.count, other.count) / 3)
      if abs(wanted.count - other.count) > limit { continue }
      let distance = edits(wanted, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.name
  }

  static func edits(_ first: [Character], _ second: [Character]) -> Int {
    if first.isEmpty || second.isEmpty { return max(first.count, second.count) }
    var older = [Int](repeating: 0, count: second.count + 1)
    var previous = Array(0...second.count)
    for row in 1...first.count {
      var current = [row] + [Int](repeating: 0, count: second.count)
      for column in 1...second.count {
        let same = first[row - 1] == second[column - 1]
        current[column] = min(
          previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same ? 0 : 1))
        if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
          current[column] = min(current[column], older[column - 2] + 1)
        }
      }
      older = previous
      previous = current
    }
    return previous[second.count]
  }
}
