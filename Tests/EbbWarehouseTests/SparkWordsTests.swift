import EbbEngine
import Testing

@testable import EbbWarehouse

@Suite struct SparkWordsTests {
  private let words = SparkWords()

  @Test func smallSumsAreOnePiece() {
    let x = WholeFactor(expression: "x", range: 1000)
    #expect(words.products([x, x], rows: 10_000).map(\.expression) == ["x * x"])
    #expect(
      words.products([x, x, x, x], rows: 1 << 30).map(\.expression) == [
        "CAST(x * x * x * x AS DECIMAL(20,0))"
      ])
    let y = WholeFactor(expression: "x", range: 1 << 24)
    #expect(words.products([y, y, y], rows: 1000).count == 1)
  }

  /// The pieces of a long product, worked out here, come to the product; and each stays within Spark's decimals.
  @Test(arguments: [(4, 63), (4, 50), (3, 60), (2, 62), (4, 31)]) func longSumsAreJoinedExactly(
    _ power: Int, _ bits: Int
  ) {
    let rows = 1 << 33
    let range = UInt64.max >> UInt64(64 - bits)
    let pieces = words.products(
      Array(repeating: WholeFactor(expression: "x", range: range), count: power), rows: rows)
    for x in [0, 1, range, range / 3, range / 7 * 5, 0xDEAD_BEEF & range] {
      var total = WideInteger()
      var expected = WideInteger(1)
      for _ in 0..<power { expected = expected * WideInteger(UInt128(x)) }
      for piece in pieces {
        var value = WideInteger(1)
        var size = 34
        for factor in piece.expression.components(between: "CAST(", and: " AS DECIMAL") {
          let limb = Self.limb(factor, x)
          size += UInt64.bitWidth - limb.leadingZeroBitCount
          value = value * WideInteger(UInt128(limb))
        }
        #expect(size <= 126)
        total = total + (value * WideInteger(piece.times)).shiftedLeft(by: piece.shift)
      }
      #expect(PairProducts.isSame(total, expected))
    }
  }

  /// `x` or `(SHIFTRIGHT(x, 40) & 255)`.
  private static func limb(_ text: Substring, _ x: UInt64) -> UInt64 {
    let numbers = text.split { !$0.isNumber }.compactMap { UInt64($0) }
    return numbers.count == 2 ? x >> numbers[0] & numbers[1] : x
  }

  @Test func doublesAreTwoWholeNumbers() {
    let pieces = words.realPieces("e", bound: 1000)
    // 1000 × 2³⁵ is below 2⁴⁵.
    #expect(pieces.map(\.weight) == [0x1p-35, 0x1p-80])
    #expect(words.realPieces("e", bound: 0).map(\.weight) == [1, 0x1p-45])
  }

  @Test func patternsEndWhereTheTextEnds() throws {
    #expect(try words.matches("t", "a\\2") == "t RLIKE '^a\\\\2\\\\z'")
  }
}

extension String {
  fileprivate func components(between start: String, and end: String) -> [Substring] {
    var found: [Substring] = []
    var rest = self[...]
    while let open = rest.firstRange(of: start), let close = rest[open.upperBound...].firstRange(of: end) {
      found.append(rest[open.upperBound..<close.lowerBound])
      rest = rest[close.upperBound...]
    }
    return found
  }
}

extension PairProducts {
  /// Two whole numbers are the same if their difference has no digits.
  fileprivate static func isSame(_ one: WideInteger, _ other: WideInteger) -> Bool {
    PairProducts(
      n: 1, x: (WideInteger(), one - other), y: (WideInteger(), WideInteger(1)), xy: WideInteger()
    ).coefficient == nil
      && PairProducts(
        n: 1, x: (WideInteger(), other - one), y: (WideInteger(), WideInteger(1)), xy: WideInteger()
      ).coefficient == nil
  }
}
