import Testing

@testable import EbbTable

@Suite struct SpellingTableTests {
  /// A spelling is known from all that differ in one byte, wherever it is, or are shorter or longer by one.
  @Test(arguments: [1, 2, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 40, 48, 70])
  func everyByteCounts(length: Int) {
    var table = SpellingTable()
    // Room behind, so that words can be looked at whole; and none, at the text's end.
    for room in [0, 20] {
      let text = (0..<length).map { UInt8(0x41 + $0 % 26) }
      func code(_ bytes: [UInt8]) -> Int32 {
        let padded = [0x21, 0x21] + bytes + [UInt8](repeating: 0x23, count: room)
        return table.code(padded.span, 2, 2 + bytes.count)
      }
      if room == 0 {
        #expect(code(text) == SpellingTable.unknown)
        let padded = [0x21] + text
        table.add(padded.span, 1, 1 + length, code: 7)
      }
      #expect(code(text) == 7)
      for place in 0..<length {
        var other = text
        other[place] ^= 0x20
        #expect(code(other) == SpellingTable.unknown, "byte \(place) of \(length)")
      }
      #expect(code(text + [0x41]) == SpellingTable.unknown)
      if length > 1 { #expect(code(Array(text.dropLast())) == SpellingTable.unknown) }
    }
  }
}
