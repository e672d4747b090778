/// Which encoding a file is in, from its first bytes and slices of the rest, and why.
struct EncodingDetector {
  struct Finding: Equatable {
    var encoding: Dialect.Encoding
    var byteOrderMark: Bool
    var evidence: [String: Double]
  }

  /// - Parameter samples: undecoded bytes: the head of the file first, then slices of it.
  static func detect(_ samples: [[UInt8]]) -> Finding {
    let head = samples.first ?? []
    if head.starts(with: [0xEF, 0xBB, 0xBF]) {
      return Finding(encoding: .utf8, byteOrderMark: true, evidence: ["byteOrderMark": 1])
    }
    if head.starts(with: [0xFF, 0xFE]) {
      return Finding(encoding: .utf16LittleEndian, byteOrderMark: true, evidence: ["byteOrderMark": 1])
    }
    if head.starts(with: [0xFE, 0xFF]) {
      return Finding(encoding: .utf16BigEndian, byteOrderMark: true, evidence: ["byteOrderMark": 1])
    }
    if let finding = zeroPattern(head) { return finding }
    return byStatistics(samples)
  }

  /// UTF-16 without a mark: in delimited Latin and Cyrillic text one byte of every pair is 0 or 4, always on the
  /// same side, and delimiters, digits and line ends have zeros there.
  private static func zeroPattern(_ head: [UInt8]) -> Finding? {
    var zeros = (first: 0, second: 0)
    var pages = (first: 0, second: 0)
    let pairs = min(head.count, 1 << 16) / 2
    guard pairs >= 2 else { return nil }
    for pair in 0..<pairs {
      let first = head[2 * pair]
      let second = head[2 * pair + 1]
      if first == 0 { zeros.first += 1 }
      if second == 0 { zeros.second += 1 }
      if first == 0 || first == 4 { pages.first += 1 }
      if second == 0 || second == 4 { pages.second += 1 }
    }
    let first = Double(zeros.first) / Double(pairs)
    let second = Double(zeros.second) / Double(pairs)
    let evidence = ["zerosFirst": first, "zerosSecond": second]
    func isSide(_ side: Double, _ page: Int, _ other: Double) -> Bool {
      other <= 0.01 && side > 0 && (side >= 0.15 ? page * 10 >= pairs * 7 : page * 10 >= pairs * 9)
    }
    if isSide(second, pages.second, first) {
      return Finding(encoding: .utf16LittleEndian, byteOrderMark: false, evidence: evidence)
    }
    if isSide(first, pages.first, second) {
      return Finding(encoding: .utf16BigEndian, byteOrderMark: false, evidence: evidence)
    }
    return nil
  }

  /// UTF-8 checks itself; otherwise whether the high bytes make Russian words in windows-1251.
  private static func byStatistics(_ samples: [[UInt8]]) -> Finding {
    var valid = 0
    var invalid = 0
    for (index, sample) in samples.enumerated() {
      let counts = UTF8Check.count(sample, startsInside: index > 0)
      valid += counts.valid
      invalid += counts.invalid
    }
    var evidence = ["multibyteCharacters": Double(valid), "invalidBytes": Double(invalid)]
    guard invalid > valid else { return Finding(encoding: .utf8, byteOrderMark: false, evidence: evidence) }

    let letters = CyrillicCount(samples)
    evidence["cyrillicLetters"] = Double(letters.letters)
    evidence["frequentLetterShare"] = letters.frequentShare
    evidence["besideLatin"] = Double(letters.besideLatin)
    let looksRussian =
      letters.letters > 0 && Double(letters.letters) >= 0.7 * Double(letters.high)
      && letters.letters >= 4 * letters.besideLatin
      && (letters.inWords < 20 || letters.frequentShare >= 0.4)
    return Finding(
      encoding: looksRussian ? .windows1251 : .utf8, byteOrderMark: false, evidence: evidence)
  }
}

/// What the high bytes are when they are read as windows-1251.
private struct CyrillicCount {
  var high = 0
  var letters = 0
  /// Letters beside another Cyrillic letter.
  var inWords = 0
  var frequent = 0
  /// Letters beside a Latin letter: "café" in another encoding.
  var besideLatin = 0

  /// о е а и н т с р в л make up two thirds of Russian text.
  private static let frequentLetters = Set("оеаинтсрвл".unicodeScalars.map { UInt8($0.value - 0x410 + 0xC0) })

  /// Share of the ten most frequent Russian letters among the letters in words.
  var frequentShare: Double { inWords == 0 ? 0 : Double(frequent) / Double(inWords) }

  init(_ samples: [[UInt8]]) {
    for bytes in samples {
      for index in bytes.indices where bytes[index] >= 0x80 {
        let byte = bytes[index]
        high += 1
        guard Self.isLetter(byte) else { continue }
        letters += 1
        let before = index > 0 ? bytes[index - 1] : 0
        let after = index + 1 < bytes.count ? bytes[index + 1] : 0
        if Self.isLetter(before) || Self.isLetter(after) {
          inWords += 1
          if Self.frequentLetters.contains(byte | 0x20) { frequent += 1 }
        }
        if Self.isLatin(before) || Self.isLatin(after) { besideLatin += 1 }
      }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0xC0 || byte == 0xA8 || byte == 0xB8 }
  private static func isLatin(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }
}

/// Counts characters of several bytes and bytes that belong to none (Unicode 15, table 3-7).
enum UTF8Check {
  /// - Parameter startsInside: the bytes may begin in the middle of a character.
  static func count(_ bytes: [UInt8], startsInside: Bool = false) -> (valid: Int, invalid: Int) {
    var valid = 0
    var invalid = 0
    var index = 0
    if startsInside {
      while index < min(3, bytes.count), bytes[index] & 0xC0 == 0x80 { index += 1 }
    }
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      let length = length(bytes.span, at: index)
      if length > 0 {
        valid += 1
        index += length
      } else if length < 0 {
        break  // cut off by the end of the sample
      } else {
        invalid += 1
        index += 1
      }
    }
    return (valid, invalid)
  }

  /// Whether all bytes are UTF-8.
  static func isValid(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      let length = length(bytes, at: index)
      if length <= 0 { return false }
      index += length
    }
    return true
  }

  /// Bytes of the character here; 0: none; −1: the bytes end within it.
  private static func length(_ bytes: Span<UInt8>, at index: Int) -> Int {
    let lead = bytes[index]
    let count: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF: count = 2
    case 0xE0:
      count = 3
      low = 0xA0
    case 0xED:
      count = 3
      high = 0x9F
    case 0xE1...0xEF: count = 3
    case 0xF0:
      count = 4
      low = 0x90
    case 0xF4:
      count = 4
      high = 0x8F
    case 0xF1...0xF3: count = 4
    default: return 0
    }
    for offset in 1..<count {
      guard index + offset < bytes.count else { return -1 }
      let byte = bytes[index + offset]
      if byte < low || byte > high { return 0 }
      low = 0x80
      high = 0xBF
    }
    return count
  }
}
