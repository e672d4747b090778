import EbbTable
import Testing

struct PackedIntegersTests {
  /// Every value comes back, whatever the width it asks for; the width is the narrowest.
  @Test(
    arguments: [
      ([0, 127, -128], 1), ([1, -1, 128], 2), ([-129], 2), ([-5, 3, -4, 2, 100], 1), ([32_767, -32_768], 2),
      ([32_768], 4), ([-32_769, 5], 4), ([2_147_483_647, -2_147_483_648], 4), ([2_147_483_648, -1], 8),
      ([Int64.min, Int64.max], 8), ([], 1),
    ] as [([Int64], Int)])
  func keepsEveryValueInTheNarrowestWidth(values: [Int64], bytes: Int) {
    let packed = PackedIntegers(packing: values)
    #expect((0..<packed.count).map { packed[$0] } == values)
    let width =
      switch packed {
      case .int8: 1
      case .int16: 2
      case .int32: 4
      case .int64: 8
      }
    #expect(width == bytes)
  }
}
