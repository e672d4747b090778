/// Makes column names out of headings: trimmed, look-alike letters repaired, none empty, none twice.
struct HeadingNames {
  struct Change: Equatable {
    enum Cause: String { case lookalike, empty, duplicate }
    let column: Int
    let cause: Cause
    /// How many letters were replaced; which duplicate it is; 1 for an empty heading.
    let count: Int
  }
  private(set) var names: [String] = []
  private(set) var changes: [Change] = []

  init(_ headings: [String]) {
    var taken: Set<String> = []
    for (index, heading) in headings.enumerated() {
      var name = Self.trimmed(heading)
      let (repaired, letters) = Self.repairingLookalikes(name)
      if letters > 0 {
        name = repaired
        changes.append(Change(column: index, cause: .lookalike, count: letters))
      }
      if name.isEmpty {
        name = "column \(index + 1)"
        changes.append(Change(column: index, cause: .empty, count: 1))
      }
      if taken.contains(name) {
        var number = 2
        while taken.contains("\(name) \(number)") { number += 1 }
        name = "\(name) \(number)"
        changes.append(Change(column: index, cause: .duplicate, count: number))
      }
      taken.insert(name)
      names.append(name)
    }
  }

  /// Names for a file without a heading.
  init(count: Int) {
    names = (0..<count).map { "column \($0 + 1)" }
  }

  private static func trimmed(_ heading: String) -> String {
    let bytes = Array(heading.utf8)
    return String(decoding: bytes[FieldText.trimmed(bytes.span)], as: UTF8.self)
  }

  private static let pairs: [(latin: Character, cyrillic: Character)] = [
    ("a", "а"), ("c", "с"), ("e", "е"), ("o", "о"), ("p", "р"), ("x", "х"), ("y", "у"), ("k", "к"),
    ("A", "А"),
    ("B", "В"), ("C", "С"), ("E", "Е"), ("H", "Н"), ("K", "К"), ("M", "М"), ("O", "О"), ("P", "Р"),
    ("T", "Т"),
    ("X", "Х"), ("Y", "У"),
  ]
  private static let toCyrillic = Dictionary(uniqueKeysWithValues: pairs.map { ($0.latin, $0.cyrillic) })
  private static let toLatin = Dictionary(uniqueKeysWithValues: pairs.map { ($0.cyrillic, $0.latin) })

  private static func isLatin(_ letter: Character) -> Bool {
    letter.isASCII && letter.isLetter
  }
  private static func isCyrillic(_ letter: Character) -> Bool {
    letter.unicodeScalars.count == 1
      && letter.unicodeScalars.first.map { (0x400...0x45F).contains($0.value) } == true
  }

  /// A word of letters from both alphabets is written in the one that has more of them, where every letter of the
  /// other has a twin in it.
  static func repairingLookalikes(_ heading: String) -> (text: String, letters: Int) {
    var output = ""
    var word = ""
    var replaced = 0
    func flush() {
      let latin = word.count(where: isLatin)
      let cyrillic = word.count(where: isCyrillic)
      var fixed = word
      if latin > 0, cyrillic > 0 {
        let toLatinWord = word.filter(isCyrillic).allSatisfy { toLatin[$0] != nil }
        let toCyrillicWord = word.filter(isLatin).allSatisfy { toCyrillic[$0] != nil }
        if toLatinWord, latin >= cyrillic || !toCyrillicWord {
          fixed = String(word.map { toLatin[$0] ?? $0 })
          replaced += cyrillic
        } else if toCyrillicWord {
          fixed = String(word.map { toCyrillic[$0] ?? $0 })
          replaced += latin
        }
      }
      output += fixed
      word = ""
    }
    for character in heading {
      if isLatin(character) || isCyrillic(character) {
        word.append(character)
      } else {
        flush()
        output.append(character)
      }
    }
    flush()
    return (output, replaced)
  }
}
