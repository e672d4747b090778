import Testing

@testable import EbbForecast

struct EvenDrawTests {
  @Test(arguments: [
    (10, nil, Array(0..<10)), (10, 10, Array(0..<10)), (3, 10, [0, 1, 2]), (10, 4, [0, 2, 5, 7]), (7, 1, [0]),
    (0, 3, []),
  ])
  func evenlySpread(count: Int, limit: Int?, expected: [Int]) {
    #expect(EvenDraw.rows(Array(0..<count), limit: limit) == expected)
    #expect(EvenDraw.rows((0..<count).map { $0 * 3 }, limit: limit) == expected.map { $0 * 3 })
  }
}
