import Testing

@testable import EbbSample

@Suite struct DrawTests {
  /// First words of SplitMix64 from state 1234567, as published with the xoshiro generators and in Rosetta Code.
  @Test func wordsAreThoseOfSplitMix64() {
    let stream = RandomWords.Stream(start: 1_234_567)
    #expect(
      (0..<5).map { stream[$0] } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func choiceFollowsTheShares() {
    let running = Draw.runningShares([1, 2, 1])
    #expect(running == [0.25, 0.75])
    #expect(Draw.choice(running, 0) == 0)
    #expect(Draw.choice(running, 1 << 62) == 1)
    #expect(Draw.choice(running, 3 << 62) == 2)
    #expect(Draw.choice(running, .max) == 2)
  }

  @Test func aBellHasItsMeanAndDeviation() {
    let stream = RandomWords(seed: 3).stream(.score)
    let values = (0..<100_000).map {
      Double(
        Draw.bell(
          mean: 650, standardDeviation: 100, (stream[3 * $0], stream[3 * $0 + 1], stream[3 * $0 + 2])))
    }
    let mean = values.reduce(0, +) / 100_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 99_999
    #expect(abs(mean - 650) < 1.5)
    #expect(abs(variance.squareRoot() - 100) < 1)
  }

  @Test func aCurveGoesThroughItsPoints() {
    let curve = Curve([(10, 1), (20, 3)])
    #expect([5, 10, 15, 20, 30].map { curve($0) } == [1, 1, 2, 3, 3])
  }
}
