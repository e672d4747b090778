import CBytes
import Testing

@testable import EbbTable

@Suite struct EightBytesTests {
  /// Every count of digits, and every place of a byte that is none.
  @Test(arguments: 1...8)
  func numbersOfDigits(count: Int) {
    var random = SplitMix(state: UInt64(count))
    for _ in 0..<2000 {
      var bytes = (0..<8).map { _ in UInt8.random(in: 0x30...0x39, using: &random) }
      let written = String(decoding: bytes[..<count], as: UTF8.self)
      // What follows the number is no part of it.
      for index in count..<8 { bytes[index] = UInt8.random(in: 0...255, using: &random) }
      #expect(EightBytes.number(EightBytes.loadKnown(bytes.span, 0), count: count) == Int64(written))
      let odd = UInt8.random(in: 0...255, using: &random)
      if !(0x30...0x39).contains(odd) {
        bytes[Int.random(in: 0..<count, using: &random)] = odd
        #expect(EightBytes.number(EightBytes.loadKnown(bytes.span, 0), count: count) == -1)
      }
    }
  }

  /// Delimiters, quotes, line feeds and what is beyond ASCII, each in its place.
  @Test(arguments: [(0x2C, 0x22), (0x09, 0x27), (0x3B, 0x0A)] as [(UInt8, UInt8)])
  func marksOfSixtyFourBytes(delimiter: UInt8, quote: UInt8) {
    var random = SplitMix(state: 7)
    let likely: [UInt8] = [delimiter, quote, 0x0A, 0x30, 0x7F, 0x80, 0xFF, 0]
    for _ in 0..<500 {
      let bytes = (0..<70).map { _ in likely.randomElement(using: &random) ?? 0 }
      let marks = EightBytes.marksKnown(bytes.span, 5, delimiter: delimiter, quote: quote)
      func places(_ condition: (UInt8) -> Bool) -> UInt64 {
        (0..<64).reduce(0) { $0 | (condition(bytes[5 + $1]) ? 1 << UInt64($1) : 0) }
      }
      #expect(marks.borders == places { $0 == delimiter || $0 == 0x0A })
      #expect(marks.breaks == places { $0 == quote || $0 == 0x0A })
      #expect(marks.high == places { $0 >= 0x80 })
    }
  }

  /// As the standard library says, of whole texts, of texts cut anywhere, and of texts with a byte spoiled.
  @Test(arguments: ["Ростов Великий,Ж", "plain text of one byte", "é, € and 𝄞 and Я", "Яя", "a", ""])
  func textsAreKnownFromOtherBytes(text: String) {
    var random = SplitMix(state: 3)
    let whole = Array(String(repeating: text, count: 20).utf8)
    for _ in 0..<3000 {
      var bytes = whole
      if let place = bytes.indices.randomElement(using: &random), Bool.random(using: &random) {
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      let start = Int.random(in: 0...bytes.count, using: &random)
      let end = Int.random(in: start...bytes.count, using: &random)
      let isText = String(validating: bytes[start..<end], as: UTF8.self) != nil
      #expect(EightBytes.isUTF8(bytes.span, start..<end) == isText, "\(bytes[start..<end])")
    }
  }
}
