import EbbTable

/// Spellings of one city (or gender) that became one level.
public struct SpellingMerge: Sendable, Codable, Equatable {
  public struct Spelling: Sendable, Codable, Equatable {
    public let text: String
    public let rows: Int
  }
  public let column: String
  /// The most frequent spelling (of equally frequent ones the first by UTF-8 bytes).
  public let kept: String
  /// The others, by UTF-8 bytes.
  public let merged: [Spelling]
}

/// Finds spellings that differ only in case, spaces, hyphens, quotes, ё/е, look-alike letters inside a word, and for
/// cities in a leading "г.". Nothing else is ever merged: "Ростов" and "Ростов Великий" are two cities.
public enum Spellings {
  /// Spellings with the same key are the same place.
  public static func key(_ text: String, role: Role) -> String {
    var words: [String] = []
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      words.append(LookAlikes.fold(String(word)))
    }
    if role == .city, words.count > 1, cityPrefixes.contains(words[0]) { words.removeFirst() }
    return words.isEmpty ? text : words.joined(separator: " ")
  }

  private static let cityPrefixes = Set(["г", "гор", "город"].map(LookAlikes.fold))

  /// Where every level goes: the new levels, the new code of each old one (-1 where no row has it), and the merges.
  static func plan(
    _ levels: Levels, counts: [Int], column: String, merging role: Role?
  ) -> (levels: Levels, codes: [Int], merges: [SpellingMerge]) {
    var groups: [String: [Int]] = [:]
    for code in levels.texts.indices where counts[code] > 0 {
      groups[role.map { key(levels.texts[code], role: $0) } ?? levels.texts[code], default: []].append(code)
    }
    var kept: [(text: String, codes: [Int])] = []
    var merges: [SpellingMerge] = []
    for codes in groups.values {
      let best = codes.min {
        (-counts[$0], levels.texts[$0]) < (-counts[$1], levels.texts[$1])
      }!
      let text = levels.texts[best]
      kept.append((text, codes))
      if codes.count > 1 {
        let others = codes.filter { $0 != best }
          .map { SpellingMerge.Spelling(text: levels.texts[$0], rows: counts[$0]) }
          .sorted { utf8Order($0.text, $1.text) }
        merges.append(SpellingMerge(column: column, kept: text, merged: others))
      }
    }
    kept.sort { utf8Order($0.text, $1.text) }
    merges.sort { utf8Order($0.kept, $1.kept) }
    var new = [Int](repeating: -1, count: levels.texts.count)
    for (code, group) in kept.enumerated() {
      for old in group.codes { new[old] = code }
    }
    let positive = levels.positive.flatMap { new[$0] >= 0 ? new[$0] : nil }
    return (Levels(texts: kept.map(\.text), positive: positive), new, merges)
  }
}

extension Column {
  /// The same column with other levels: `codes` holds the new code of each old one.
  func recoded(_ codes: [Int], levels: Levels, kind: Kind) -> Column {
    guard case .codes(let chunks, _) = storage else { return self }
    let table = codes.map { Int64(max(0, $0)) }
    let narrow = levels.texts.count <= 128
    let new = chunks.map { chunk -> PackedIntegers in
      if narrow {
        let bytes = table.map { Int8($0) }
        switch chunk {
        case .int8(let values): return .int8(values.map { bytes[Int($0)] })
        case .int16(let values): return .int8(values.map { bytes[Int($0)] })
        case .int32(let values): return .int8(values.map { bytes[Int($0)] })
        case .int64(let values): return .int8(values.map { bytes[Int($0)] })
        }
      }
      return PackedIntegers(packing: (0..<chunk.count).map { table[Int(chunk[$0])] })
    }
    return Column(name: name, kind: kind, storage: .codes(new, levels: levels), missing: missing)
  }
}
