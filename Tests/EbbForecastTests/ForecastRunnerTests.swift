import Foundation
import Testing

@testable import EbbForecast

struct ForecastRunnerTests {
  static let input = MadeUpClients.make(1500)
  static let options = ForecastOptions(settings: MadeUpClients.quick, minimumOfEach: 20)
  static let result = Result { try ForecastRunner.run(input, options: options) }

  @Test func judgesChoosesAndExplains() throws {
    let result = try Self.result.get()
    let forecast = result.forecast
    #expect(forecast.refusal == nil && forecast.setAside == [])
    #expect(forecast.models.map(\.name) == ForecastMethod.allCases)
    #expect(forecast.models[0].metrics.rocAUC.estimate == 0.5)
    let areas = forecast.models.map(\.metrics.rocAUC.estimate)
    #expect(areas[1] > 0.5 && areas[2] > areas[1] + 0.05 && areas[4] > 0.7)
    let champion = try #require(forecast.champion)
    #expect(!champion.isBaseline && forecast.challenger != champion)
    #expect(forecast.model(champion)?.importance.first?.feature != "noise")
    #expect(result.probabilities.count == Self.input.churned.count)
    #expect(result.models.count == 5)
    let holdOut = try #require(forecast.holdOut)
    #expect(holdOut.n == 300 && holdOut.metrics.rocAUC.estimate > 0.65)
    let card = try #require(forecast.card)
    #expect(card.characteristics.count >= 3)
  }

  @Test func groupsAndFairness() throws {
    let forecast = try Self.result.get().forecast
    let fairness = try #require(forecast.fairness)
    #expect(fairness.attributes.map(\.attribute) == ["gender", "age"])
    #expect(fairness.without.map(\.attributes) == [["gender"], ["age", "gender"]])
    let loss = try #require(fairness.without.last?.rocAUCLoss)
    #expect(loss.difference > 0 && fairness.without[1].logLossIncrease > 0)
    let products = forecast.bySegment.filter { $0.attribute == "products" }
    #expect(
      products.reduce(0) { $0 + $1.n } == 1500 && products.reduce(0) { $0 + $1.churned } == forecast.churned)
    #expect(forecast.bySegment.filter { $0.attribute == "age" }.map(\.value).contains("[30; 40)"))
    #expect(forecast.bySegment.allSatisfy { $0.n >= 5 })
  }

  @Test func survivesTheWayThroughJSON() throws {
    let forecast = try Self.result.get().forecast
    let text = try JSONEncoder().encode(forecast)
    #expect(try JSONDecoder().decode(Forecast.self, from: text) == forecast)
  }

  @Test(arguments: [1, 3]) func coresDoNotMatter(cores: Int) throws {
    var options = Self.options
    options.cores = cores
    let again = try ForecastRunner.run(Self.input, options: options)
    #expect(again.forecast == (try Self.result.get().forecast))
    #expect(again.probabilities == (try Self.result.get().probabilities))
  }

  @Test func rowOrderDoesNotMatter() throws {
    var random = SplitMix64(seed: 77)
    let rows = Array(Self.input.churned.indices).shuffled(using: &random)
    let shuffled = try ForecastRunner.run(Self.input.selecting(rows), options: Self.options)
    let result = try Self.result.get()
    #expect(shuffled.forecast == result.forecast)
    #expect(shuffled.probabilities == rows.map { result.probabilities[$0] })
  }

  /// Labels that have nothing to do with the features: no model finds anything.
  @Test func shuffledLabelsAreNotForecast() throws {
    var random = SplitMix64(seed: 4)
    let input = ForecastInput(
      matrix: Self.input.matrix, churned: Self.input.churned.shuffled(using: &random), products: "products")
    let forecast = try ForecastRunner.run(input, options: Self.options).forecast
    for model in forecast.models {
      #expect(abs(model.metrics.rocAUC.estimate - 0.5) < 0.06, "\(model.name)")
      #expect(model.metrics.brierSkill.estimate < 0.02, "\(model.name)")
      #expect(model.metrics.liftTopTenth.estimate < 1.35, "\(model.name)")
    }
  }

  @Test func aPlantedLeakIsNamedAndUnused() throws {
    let churned = Self.input.churned
    let leak = churned.indices.map { churned[$0] != ($0 % 60 == 0) ? 1.0 : 0 }
    let matrix = FeatureMatrix(
      features: Self.input.matrix.features + [.init(name: "closed", kind: .number)],
      columns: Self.input.matrix.columns + [leak])
    let result = try ForecastRunner.run(
      ForecastInput(matrix: matrix, churned: churned), options: Self.options)
    #expect(result.forecast.setAside.map(\.feature) == ["closed"])
    #expect(result.forecast.setAside.first?.reason.isWarning == true)
    #expect(!result.features.contains { $0.name == "closed" })
    #expect(result.forecast.models.allSatisfy { $0.metrics.rocAUC.estimate < 0.95 })
  }

  @Test func tooFewToForecast() throws {
    func refusal(_ columns: [[Double]], _ churned: [Bool], minimum: Int = 20) throws -> Forecast.Refusal? {
      let features = columns.indices.map { FeatureMatrix.Feature(name: "x\($0)", kind: .number) }
      let result = try ForecastRunner.run(
        ForecastInput(matrix: FeatureMatrix(features: features, columns: columns), churned: churned),
        options: ForecastOptions(settings: MadeUpClients.quick, minimumOfEach: minimum))
      #expect(result.forecast.refusal == nil || result.probabilities.isEmpty)
      _ = try JSONEncoder().encode(result.forecast)
      return result.forecast.refusal
    }
    #expect(try refusal([], []) == .tooFewChurned)
    #expect(try refusal([[1, 2, 3]], [true, false, true]) == .tooFewChurned)
    #expect(try refusal([[1, 2, 3]], [true, false, true], minimum: 0) == .tooFewChurned)
    let values = (0..<100).map { Double($0 % 7) }
    #expect(try refusal([values], values.map { _ in true }) == .tooFewStayed)
    #expect(try refusal([values], values.map { _ in false }) == .tooFewChurned)
    let churned = (0..<100).map { $0 % 3 == 0 }
    #expect(try refusal([], churned) == .noFeatures)
    #expect(try refusal([values.map { _ in 4 }, values.map { _ in .nan }], churned) == .noFeatures)
    #expect(try refusal([values], churned) == nil)
  }

  /// Whatever is refused or not, nothing traps and everything can be written.
  @Test(arguments: [1, 2, 3, 4]) func smallAndStrange(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let n = 30 + Int(random.next() % 60)
    let churned = (0..<n).map { _ in random.next() % 3 == 0 }
    let columns: [[Double]] = [
      (0..<n).map { _ in random.next() % 2 == 0 ? .nan : 1 }, (0..<n).map { _ in Double(random.next() % 4) },
      (0..<n).map { _ in Double(random.next() % 5) - (random.next() % 9 == 0 ? .infinity : 0) },
      churned.indices.map { churned[$0] ? 1e300 : Double($0 % 10) },
      (0..<n).map { _ in .nan },
    ]
    let features: [FeatureMatrix.Feature] = [
      .init(name: "gap", kind: .number), .init(name: "kind", kind: .category, levels: ["a", "b", "c"]),
      .init(name: "gender", kind: .number), .init(name: "wide", kind: .number),
      .init(name: "none", kind: .number),
    ]
    var settings = MadeUpClients.quick
    settings.folds = 2
    let result = try ForecastRunner.run(
      ForecastInput(
        matrix: FeatureMatrix(features: features, columns: columns), churned: churned, products: "kind",
        gender: "gender", age: "nowhere"),
      options: ForecastOptions(settings: settings, minimumOfEach: 2))
    _ = try JSONEncoder().encode(result.forecast)
    #expect(result.probabilities.allSatisfy { $0 > 0 && $0 < 1 })
  }
}

struct PublicTableTests {
  /// Thresholds of the issue; the whole settings only in an optimised build, where they are quick.
  @Test(.enabled(if: PublicTable.loaded != nil, "../shared is not here"))
  func asGoodAsItShouldBe() throws {
    let (matrix, churned) = try #require(PublicTable.loaded)
    var settings = ForecastSettings(repeats: 1)
    #if DEBUG
      settings.trees = [XGBoostClassifier(learningRate: 0.15, maximumDepth: 3, rounds: 200)]
    #endif
    let forecast = try ForecastRunner.run(
      ForecastInput(matrix: matrix, churned: churned, products: "Products"),
      options: ForecastOptions(settings: settings)
    ).forecast
    let champion = try #require(forecast.champion.flatMap { forecast.model($0) })
    #expect(champion.metrics.rocAUC.estimate > 0.863)
    #expect(champion.metrics.gini.estimate >= 0.72)
    #expect(champion.metrics.ks.estimate >= 0.56)
    #expect(champion.metrics.liftTopTenth.estimate >= 4.0)
    #expect(champion.metrics.ece.estimate <= 0.015)
    let line = try #require(champion.calibration.lineAfter)
    #expect(line.slope > 0.9 && line.slope < 1.1)
    let trees = try #require(forecast.model(.trees))
    let card = try #require(forecast.model(.scorecardInteractions))
    #expect(trees.metrics.rocAUC.estimate - card.metrics.rocAUC.estimate < 0.015)
  }
}

/// Tables that the forecast was not made for.
struct StrangeTableTests {
  static func forecast(_ input: ForecastInput) throws -> Forecast {
    let forecast = try ForecastRunner.run(
      input, options: ForecastOptions(settings: MadeUpClients.quick, minimumOfEach: 20)
    ).forecast
    _ = try JSONEncoder().encode(forecast)
    return forecast
  }

  @Test func fortyColumns() throws {
    let input = MadeUpClients.make(600)
    var random = SplitMix64(seed: 6)
    let noise = (0..<34).map { column in
      (0..<600).map { _ in column % 3 == 0 ? Double(random.next() % 3) : Double(random.next() % 100_000) / 7 }
    }
    let features = noise.indices.map { FeatureMatrix.Feature(name: "n\($0)", kind: .number) }
    let forecast = try Self.forecast(
      ForecastInput(
        matrix: FeatureMatrix(
          features: input.matrix.features + features, columns: input.matrix.columns + noise),
        churned: input.churned))
    #expect(forecast.refusal == nil && forecast.model(.productRate) == nil)
    #expect(forecast.model(.trees)!.metrics.rocAUC.estimate > 0.6)
    #expect(forecast.model(.trees)!.importance.first?.feature == "age")
  }

  @Test func manyLevels() throws {
    let input = MadeUpClients.make(600)
    let levels = (0..<200).map { "Город \($0)" }
    var random = SplitMix64(seed: 7)
    let matrix = FeatureMatrix(
      features: input.matrix.features + [.init(name: "town", kind: .category, levels: levels)],
      columns: input.matrix.columns + [(0..<600).map { _ in Double(random.next() % 200) }])
    let forecast = try Self.forecast(
      ForecastInput(matrix: matrix, churned: input.churned, products: "products"))
    #expect(forecast.refusal == nil && forecast.champion != nil)
  }

  @Test func fewLeave() throws {
    let input = MadeUpClients.make(3000, base: -5)
    let left = input.churned.count { $0 }
    #expect(left > 40 && left < 240)
    let forecast = try Self.forecast(input)
    #expect(forecast.refusal == nil)
    let champion = try #require(forecast.champion.flatMap { forecast.model($0) })
    #expect(champion.metrics.rocAUC.estimate > 0.6)
    #expect(abs(champion.brierParts.bias) < 0.01)
  }
}
