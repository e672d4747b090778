/// The name a person probably meant: the one at the smallest edit distance, if near enough.
public enum NearestName {
  public static func find(_ text: String, in names: [String]) -> String? {
    let wanted = Array(text.lowercased())
    guard wanted.count <= 200 else { return nil }
    let scored = names.map { (name: $0, distance: distance(wanted, Array($0.lowercased()))) }
    guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, wanted.count / 3) ? best.name : nil
  }

  /// Levenshtein distance, O(|a|·|b|).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for i in 0..<a.count {
      var diagonal = row[0]
      row[0] = i + 1
      for j in 0..<b.count {
        let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
