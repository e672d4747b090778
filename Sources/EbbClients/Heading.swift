/// A heading taken apart, so that `"Оценочный доход, руб."`, `estimatedIncome` and `EST_INCOME` can be compared
/// with aliases.
///
/// Case, byte order mark, separators (space `_` `-` `.` `/`), camelCase, quotes, units in brackets or after a comma,
/// ё/е and look-alike Latin and Cyrillic letters do not count.
public struct Heading: Sendable, Hashable {
  /// Lowercase words, look-alike letters folded to Latin ones.
  public let words: [String]
  /// The words joined: what is compared first.
  public let joined: String

  public init(_ text: String) {
    words = Self.split(Self.withoutUnits(Self.plain(text))).map(LookAlikes.fold)
    joined = words.joined()
  }

  /// Without invisible characters; special spaces become plain ones.
  private static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFEFF, 0x200B...0x200F, 0x2060, 0x00AD: continue
      case 0x00A0, 0x202F, 0x2000...0x200A, 0x09, 0x0A, 0x0D: result.unicodeScalars.append(" ")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Without what stands in brackets, and without units after the last comma; unless nothing else is there.
  private static func withoutUnits(_ text: String) -> String {
    var outside = ""
    var depth = 0
    for character in text {
      switch character {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth = max(0, depth - 1)
      default: if depth == 0 { outside.append(character) }
      }
    }
    if !outside.contains(where: { $0.isLetter || $0.isNumber }) { outside = text }
    if let comma = outside.lastIndex(of: ",") {
      let tail = split(String(outside[outside.index(after: comma)...]))
      if tail.allSatisfy(units.contains), outside[..<comma].contains(where: \.isLetter) {
        outside = String(outside[..<comma])
      }
    }
    return outside
  }

  private static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word: [Character] = []
    func close() {
      if !word.isEmpty { words.append(String(word).lowercased()) }
      word = []
    }
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      guard character.isLetter || character.isNumber || character == "№" || character == "#" else {
        close()
        continue
      }
      if character.isUppercase, let last = word.last {
        let next = index + 1 < characters.count ? characters[index + 1] : nil
        if last.isLowercase || (last.isUppercase && next?.isLowercase == true) { close() }
      } else if let last = word.last, last.isNumber != character.isNumber {
        close()
      }
      word.append(character == "#" ? "№" : character)
      if word == ["№"] { close() }
    }
    close()
    return words
  }

  private static let units: Set<String> = [
    "руб", "рубль", "рублей", "рубли", "р", "тыс", "млн", "млрд", "лет", "год", "годы", "года", "шт", "штук",
    "ед", "процент", "процентов", "балл", "баллов", "баллы", "rub", "rubles", "usd", "eur", "dollars",
    "years",
    "year", "yrs", "pcs", "thousand", "mln", "k", "да", "нет", "yes", "no", "м", "ж", "0", "1",
  ]
}

/// Cyrillic letters that look like Latin ones (in either case).
enum LookAlikes {
  private static let latin: [Character: Character] = [
    "а": "a", "в": "b", "с": "c", "е": "e", "ё": "e", "н": "h", "к": "k", "м": "m", "о": "o", "р": "p",
    "т": "t",
    "у": "y", "х": "x", "і": "i", "ѕ": "s", "ј": "j", "һ": "h", "ԛ": "q", "ԝ": "w",
  ]

  /// Lowercase `word` with every such letter in its Latin form. Words that differ only in look-alikes become equal.
  static func fold(_ word: String) -> String { String(word.map { latin[$0] ?? $0 }) }
}
