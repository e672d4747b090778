/// Tells files that are no text by their first bytes, before anything is guessed about delimiters.
enum BinaryCheck {
  private static let signatures: [(bytes: [UInt8], name: String)] = [
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "PNG"), ([0xFF, 0xD8, 0xFF], "JPEG"),
    (Array("GIF87a".utf8), "GIF"),
    (Array("GIF89a".utf8), "GIF"), (Array("%PDF-".utf8), "PDF"), ([0x50, 0x4B, 0x03, 0x04], "ZIP"),
    ([0x50, 0x4B, 0x05, 0x06], "ZIP"), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "XLS"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz"),
    (Array("BZh91AY&SY".utf8), "bzip2"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
    ([0x7F, 0x45, 0x4C, 0x46], "ELF"),
    (Array("SQLite format 3\0".utf8), "SQLite"), (Array("{\\rtf".utf8), "RTF"),
    (Array("Rar!".utf8) + [0x1A, 0x07], "RAR"), ([0x1F, 0x8B], "gzip"),
  ]

  /// What a file that begins like this is, when it is no text.
  static func signature(_ head: [UInt8]) -> String? {
    for (bytes, name) in signatures where head.starts(with: bytes) {
      if name == "ZIP", contains(head.prefix(4096), Array("xl/".utf8)) { return "XLSX" }
      return name
    }
    // Parquet's mark is four letters anybody may write; its pages hold zeros.
    if head.starts(with: Array("PAR1".utf8)), head.prefix(4096).contains(0) { return "Parquet" }
    return nil
  }

  private static func contains(_ bytes: ArraySlice<UInt8>, _ pattern: [UInt8]) -> Bool {
    guard bytes.count >= pattern.count else { return false }
    return (bytes.startIndex...(bytes.endIndex - pattern.count)).contains {
      bytes[$0...].starts(with: pattern)
    }
  }

  /// Offset of the first byte that stands in no text, and its name; a few control characters are borne.
  static func control(in text: [UInt8]) -> (offset: Int, name: String)? {
    var controls = 0
    var first: Int?
    for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x7F {
      if byte == 0 { return (index, "NUL") }
      if byte >= 0x09 && byte <= 0x0D || byte == 0x1B || byte == 0x1A { continue }
      controls += 1
      if first == nil { first = index }
    }
    if let first, controls > max(8, text.count / 50) { return (first, "control") }
    return nil
  }
}
