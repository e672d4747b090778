import Testing

@testable import EbbForecast

@Suite struct AscendingOrderTests {
  @Test(arguments: 0..<40)
  func isThatOfAStableSort(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    let n = [0, 1, 2, 3, 17, 500, 4000][seed % 7]
    let values = (0..<n).map { _ -> Double in
      switch generator.next() % 8 {
      case 0: return 0
      case 1: return -0.0
      case 2: return Double(Int64(generator.next() % 7)) - 3
      case 3: return .infinity
      case 4: return -.infinity
      case 5: return .leastNonzeroMagnitude * (generator.next() % 2 == 0 ? 1 : -1)
      default: return Double(Int64(bitPattern: generator.next())) * 1e-12
      }
    }
    let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    #expect(AscendingOrder.of(values) == expected)
  }
}
