import EbbRetention
import EbbStatistics
import Testing

@Suite("Did the action keep clients?")
struct ExperimentAnalysisTests {
  private static func arm(_ pair: [Int], missing: Int = 0) -> ExperimentCounts.Arm {
    .init(left: pair[0], stayed: pair[1], missing: missing)
  }

  private static func analysis(
    _ treated: [Int], _ control: [Int], missing: (Int, Int) = (0, 0), _ options: ExperimentOptions = .init()
  ) -> ExperimentAnalysis {
    .make(
      ExperimentCounts(treated: arm(treated, missing: missing.0), control: arm(control, missing: missing.1)),
      options: options)
  }

  private static func close(_ interval: Interval?, _ low: Double?, _ high: Double?) -> Bool {
    agree(interval?.low, low) && agree(interval?.high, high)
  }

  @Test("tests and intervals are those of scipy and statsmodels")
  func agreesWithScipy() throws {
    #expect(GoldenExperiment.all.analyses.count > 50)
    for golden in GoldenExperiment.all.analyses {
      let analysis = Self.analysis(golden.treated, golden.control)
      let comparison = try #require(analysis.comparison)
      func test(_ name: String) -> HypothesisTest? { comparison.tests.first { $0.name == name } }
      #expect(
        Self.close(analysis.treated.left.interval, golden.wilson[0][0], golden.wilson[0][1]), "\(golden)")
      #expect(
        Self.close(analysis.control.left.interval, golden.wilson[1][0], golden.wilson[1][1]), "\(golden)")
      #expect(Self.close(comparison.difference.interval, golden.newcombe[0], golden.newcombe[1]), "\(golden)")
      #expect(agree(test("twoProportionZ")?.statistic, golden.z[0]), "\(golden)")
      #expect(agree(test("twoProportionZ")?.pValue, golden.z[1]), "\(golden)")
      #expect(agree(test("fisherExact")?.pValue, golden.fisher), "\(golden)")
      #expect(agree(test("chiSquared")?.statistic, golden.chi2?[0]), "\(golden)")
      #expect(agree(test("chiSquared")?.pValue, golden.chi2?[1]), "\(golden)")
      #expect(agree(test("chiSquaredYates")?.statistic, golden.yates?[0]), "\(golden)")
      #expect(agree(test("chiSquaredYates")?.pValue, golden.yates?[1]), "\(golden)")
      #expect(agree(comparison.minimumExpected, golden.minimumExpected), "\(golden)")
      if let risk = golden.relativeRisk, let odds = golden.oddsRatio {
        #expect(agree(comparison.relativeRisk.estimate, risk[0]), "\(golden)")
        #expect(Self.close(comparison.relativeRisk.interval, risk[1], risk[2]), "\(golden)")
        #expect(agree(comparison.oddsRatio.estimate, odds[0]), "\(golden)")
        #expect(Self.close(comparison.oddsRatio.interval, odds[1], odds[2]), "\(golden)")
        #expect(agree(comparison.leaversKept.estimate, 1 - risk[0]), "\(golden)")
      }
      for (share, expected) in [(0.1, golden.tenth), (0.5, golden.half)] {
        let check = Self.analysis(golden.treated, golden.control, .init(plannedControlShare: share))
          .ratioCheck
        #expect(agree(check?.test.statistic, expected[0]), "\(golden)")
        #expect(agree(check?.test.pValue, expected[1]), "\(golden)")
        #expect(check?.isMismatch == (expected[1] < 0.001), "\(golden)")
      }
    }
  }

  @Test("the effect within strata is that of statsmodels, and of Sato's formula")
  func agreesWithinStrata() throws {
    #expect(GoldenExperiment.all.stratified.count > 5)
    for golden in GoldenExperiment.all.stratified {
      let strata = golden.tables.enumerated().map {
        ExperimentCounts.Stratum(
          value: "\($0)", treated: Self.arm($1[0]), control: Self.arm($1[1]))
      }
      func sum(_ arm: Int, _ cell: Int) -> Int { golden.tables.reduce(0) { $0 + $1[arm][cell] } }
      let counts = ExperimentCounts(
        treated: Self.arm([sum(0, 0), sum(0, 1)]), control: Self.arm([sum(1, 0), sum(1, 1)]), by: "city",
        strata: strata)
      let pooled = try #require(ExperimentAnalysis.make(counts).pooled)
      #expect(agree(pooled.difference.estimate, golden.difference[0]))
      #expect(Self.close(pooled.difference.interval, golden.difference[1], golden.difference[2]))
      #expect(agree(pooled.oddsRatio.estimate, golden.oddsRatio[0]))
      #expect(Self.close(pooled.oddsRatio.interval, golden.oddsRatio[1], golden.oddsRatio[2]))
      #expect(agree(pooled.test.statistic, golden.cmh[0]))
      #expect(agree(pooled.test.pValue, golden.cmh[1]))
      #expect(agree(pooled.homogeneity.statistic, golden.breslowDay[0]))
      #expect(agree(pooled.balance.pValue, golden.balance))
    }
  }

  @Test("verdicts")
  func verdicts() {
    #expect(Self.analysis([150, 850], [210, 790]).verdict == .works)
    #expect(Self.analysis([210, 790], [150, 850]).verdict == .harms)
    #expect(Self.analysis([200, 800], [210, 790]).verdict == .undecided)
    #expect(Self.analysis([1, 9], [2, 8]).verdict == .tooFew)
    #expect(Self.analysis([0, 500], [0, 500]).verdict == .tooFew)
    #expect(Self.analysis([0, 0], [20, 80]).verdict == .tooFew)
  }

  @Test("where the arms are not of the planned sizes nothing is claimed")
  func ratioMismatch() {
    let broken = Self.analysis([100, 800], [60, 140], .init(plannedControlShare: 0.1, value: 100))
    #expect(broken.verdict == .ratioMismatch)
    #expect(broken.comparison == nil && broken.saved == nil && broken.pooled == nil)
    #expect(Self.analysis([100, 800], [30, 70], .init(plannedControlShare: 0.1)).verdict == .works)
    // Clients whose outcome is lost were assigned all the same.
    let lost = Self.analysis([100, 500], [20, 80], missing: (300, 0), .init(plannedControlShare: 0.1))
    #expect(lost.ratioCheck?.isMismatch == false)
    #expect(lost.notes.contains(.attritionDiffers))
  }

  @Test("saved clients and money")
  func money() throws {
    let analysis = Self.analysis([100, 900], [30, 70], missing: (50, 0), .init(value: 5000, cost: 100))
    let saved = try #require(analysis.saved)
    #expect(abs(saved.clients - 200) < 1e-9)
    #expect(saved.totalCost == 105_000)
    #expect(abs(try #require(saved.money) - (1_000_000 - 105_000)) < 1e-6)
    #expect(saved.breakEvenClients == 21)
    let (clients, money) = (try #require(saved.clientsInterval), try #require(saved.moneyInterval))
    #expect(abs(money.low - (clients.low * 5000 - 105_000)) < 1e-6)
    #expect(abs(money.high - (clients.high * 5000 - 105_000)) < 1e-6)
    #expect(Self.analysis([1, 9], [2, 8]).saved?.money == nil)
  }

  @Test("missing outcomes, taken the worst and the best way, bound the difference")
  func bounds() throws {
    let analysis = Self.analysis([10, 80], [25, 65], missing: (10, 10))
    let attrition = try #require(analysis.attrition)
    #expect(abs(attrition.lowestDifference - 0.05) < 1e-12)
    #expect(abs(attrition.highestDifference - 0.25) < 1e-12)
    #expect(!attrition.differs)
    #expect(Self.analysis([10, 80], [15, 65], missing: (10, 20)).notes.contains(.missingCouldTurn))
  }

  @Test("under no effect the verdict is wrong about as often as alpha says")
  func falseAlarms() {
    var generator = SystemSteps(state: 11)
    func draw(_ n: Int) -> [Int] {
      let left = (0..<n).count { _ in Double.random(in: 0..<1, using: &generator) < 0.2 }
      return [left, n - left]
    }
    let runs = 1500
    let wrong = (0..<runs).count { _ in
      let verdict = Self.analysis(draw(450), draw(150)).verdict
      return verdict == .works || verdict == .harms
    }
    #expect((0.03...0.07).contains(Double(wrong) / Double(runs)), "\(wrong)")
  }
}

private struct SystemSteps: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let x = (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    return x ^ (x >> 33)
  }
}
