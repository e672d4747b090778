import Foundation
import Testing

@testable import EbbForecast

struct CrossValidationTests {
  static let input = MadeUpClients.make(1500)
  static let options = ForecastOptions(settings: MadeUpClients.quick, minimumOfEach: 20)
  static let result = Result { try CrossValidationResult.run(input, options: options) }

  @Test func judgesEveryMethodOnEveryClient() throws {
    let result = try Self.result.get()
    let validation = result.validation
    #expect(validation.refusal == nil && validation.n == 1500 && validation.learntFrom == 1000)
    #expect(validation.methods.map(\.name) == ForecastMethod.allCases)
    #expect(validation.methods[0].metrics.rocAUC.estimate == 0.5)
    #expect(validation.methods[4].metrics.rocAUC.estimate > 0.7)
    #expect(validation.comparisons.count == 10)
    #expect(result.folds.count == 1 && Set(result.folds[0]) == [0, 1, 2])
    #expect(result.probabilities.allSatisfy { $0.count == 1 && $0[0].count == 1500 })
    // The figures are those of the forecasts handed out.
    for (method, probabilities) in zip(validation.methods, result.probabilities) {
      let again = try #require(
        ForecastMetrics(probabilities: probabilities, churned: Self.input.churned, seed: 1, resamples: 0))
      #expect(abs(again.rocAUC.estimate - method.metrics.rocAUC.estimate) < 1e-12)
      #expect(abs(again.logLoss.estimate - method.metrics.logLoss.estimate) < 1e-12)
    }
  }

  @Test func someMethodsOnly() throws {
    let result = try CrossValidationResult.run(Self.input, methods: [.trees], options: Self.options)
    let all = try Self.result.get()
    #expect(result.validation.methods == all.validation.methods.suffix(1))
    #expect(result.probabilities == all.probabilities.suffix(1) && result.validation.comparisons == [])
  }

  @Test func neitherOrderNorCoresMatter() throws {
    var random = SplitMix64(seed: 12)
    let rows = Array(Self.input.churned.indices).shuffled(using: &random)
    var options = Self.options
    options.cores = 1
    let shuffled = try CrossValidationResult.run(Self.input.selecting(rows), options: options)
    let result = try Self.result.get()
    #expect(shuffled.validation == result.validation)
    #expect(shuffled.folds[0] == rows.map { result.folds[0][$0] })
    for (one, other) in zip(shuffled.probabilities, result.probabilities) {
      #expect(one[0] == rows.map { other[0][$0] })
    }
  }

  /// Models learn from some, all are judged; every repeat deals anew.
  @Test func learnsFromAPartAndJudgesAll() throws {
    var options = Self.options
    options.trainingLimit = 300
    options.settings.repeats = 2
    let result = try CrossValidationResult.run(
      Self.input, methods: [.scorecard], options: options)
    #expect(result.validation.learntFrom == 300 && result.validation.n == 1500)
    #expect(result.folds.count == 2 && result.folds[0] != result.folds[1])
    #expect(result.probabilities[0][0].allSatisfy { $0 > 0 && $0 < 1 })
    let area = result.validation.methods[0].metrics.rocAUC.estimate
    let all = try Self.result.get().validation.methods[2].metrics.rocAUC.estimate
    #expect(area < all && area > 0.6)
  }

  @Test func quickTreesAreThoseThatStopped() throws {
    let quick = try CrossValidationResult.run(
      Self.input, methods: [.trees], isQuick: true, options: Self.options)
    let whole = try Self.result.get()
    #expect(quick.validation.isQuick && quick.validation.methods.map(\.name) == [.trees])
    #expect(quick.probabilities[0] != whole.probabilities[4])
    let difference =
      quick.validation.methods[0].metrics.rocAUC.estimate
      - whole.validation.methods[4].metrics.rocAUC.estimate
    #expect(abs(difference) < 0.03)
    // By hand: the first fold's trees, stopped on a part of its training clients
    let order = CanonicalOrder(Self.input.matrix, churned: Self.input.churned)
    let input = Self.input.selecting(order.rows)
    let deal = StratifiedFolds(churned: input.churned, count: 3, seed: 1)
    let search = TreeSearch(settings: MadeUpClients.quick, seed: 2)
    let margins = try search.margins(
      input.matrix, churned: input.churned, rows: deal.training(0), test: deal.test(0))
    let ranks = deal.test(0).map { quick.probabilities[0][0][order.rows[$0]] }
    for (one, other) in zip(zip(margins, ranks), zip(margins, ranks).dropFirst()) {
      #expect((one.0 < other.0) == (one.1 < other.1) || one.1 == other.1)
    }
  }

  @Test func tooFewAreRefused() throws {
    let result = try CrossValidationResult.run(MadeUpClients.make(60))
    #expect(result.validation.refusal == .tooFewChurned)
    #expect(result.folds == [] && result.probabilities == [] && result.validation.methods == [])
  }

  @Test func survivesTheWayThroughJSON() throws {
    let validation = try Self.result.get().validation
    let text = try JSONEncoder().encode(validation)
    #expect(try JSONDecoder().decode(CrossValidation.self, from: text) == validation)
  }
}
