import Foundation
import Testing

@testable import EbbForecast

struct TreesTests {
  static let input = MadeUpClients.make(1500)
  static let rows = Array(input.churned.indices)
  static let model = XGBoostClassifier(learningRate: 0.2, maximumDepth: 3, rounds: 30)
  static func fitted() throws -> FittedXGBoost {
    try model.fit(input.matrix, churned: input.churned, rows: rows)
  }

  @Test func contributionsSumToTheMargin() throws {
    let trees = try Self.fitted()
    let margins = try trees.margins(Self.input.matrix, rows: Self.rows)
    let found = try FittedMethod.trees(trees).contributions(Self.input.matrix, rows: Self.rows)
    for row in Self.rows {
      let sum = found.parts.reduce(found.base) { $0 + $1[row] }
      #expect(abs(sum - margins[row]) < 1e-5)
    }
  }

  @Test func interactionsSumToTheMargin() throws {
    let trees = try Self.fitted()
    let rows = Array(Self.rows.prefix(50))
    let margins = try trees.margins(Self.input.matrix, rows: rows)
    for (values, margin) in zip(try trees.interactions(Self.input.matrix, rows: rows), margins) {
      #expect(abs(values.reduce(0, +) - margin) < 1e-4)
    }
  }

  @Test func savedAndOpenedAgain() throws {
    let trees = try Self.fitted()
    let again = FittedXGBoost(
      encoding: trees.encoding, json: trees.json, rounds: trees.rounds, classifier: trees.classifier)
    #expect(
      try again.margins(Self.input.matrix, rows: Self.rows)
        == trees.margins(Self.input.matrix, rows: Self.rows))
    #expect(try Self.fitted() == trees)
    let object = try JSONSerialization.jsonObject(with: Data(trees.json)) as? [String: Any]
    #expect(object?["learner"] != nil && object?["version"] != nil)
    let coded = try JSONDecoder().decode(TreeEncoding.self, from: JSONEncoder().encode(trees.encoding))
    #expect(coded == trees.encoding)
  }

  @Test func aDamagedModelIsAnError() throws {
    var trees = try Self.fitted()
    trees = FittedXGBoost(
      encoding: trees.encoding, json: Array(trees.json.prefix(200)), rounds: trees.rounds,
      classifier: trees.classifier)
    #expect(throws: TreeError.self) { try trees.margins(Self.input.matrix, rows: [0]) }
  }

  @Test func stopsEarlyAndKeepsTheBest() throws {
    let folds = StratifiedFolds(churned: Self.input.churned, count: 4, seed: 3)
    var model = Self.model
    model.rounds = 400
    let found = try model.fit(
      Self.input.matrix, churned: Self.input.churned, rows: folds.training(0), validation: folds.test(0),
      patience: 10)
    #expect(found.rounds > 3 && found.rounds < 200)
    let margins = try found.margins(Self.input.matrix, rows: folds.test(0))
    let score = try #require(
      ProbabilityScore(
        probabilities: margins.map { 1 / (1 + exp(-$0)) },
        churned: folds.test(0).map { Self.input.churned[$0] }))
    #expect(abs(score.logLoss - (try #require(found.stoppingLoss))) < 1e-5)
  }

  @Test func monotoneWhereAsked() throws {
    var model = Self.model
    model.monotone = ["age": -1]
    let trees = try model.fit(Self.input.matrix, churned: Self.input.churned, rows: Self.rows)
    var columns = Self.input.matrix.columns.map { [Double](repeating: $0[0], count: 60) }
    columns[0] = (18..<78).map(Double.init)
    let line = FeatureMatrix(features: Self.input.matrix.features, columns: columns)
    let margins = try trees.margins(line, rows: Array(0..<60))
    #expect(zip(margins, margins.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func valuesBeyondSinglePrecision() throws {
    let matrix = FeatureMatrix(
      features: [.init(name: "x", kind: .number)],
      columns: [[1e300, -.infinity] + (2..<60).map(Double.init)])
    let churned = (0..<60).map { $0 % 3 == 0 }
    let trees = try Self.model.fit(matrix, churned: churned, rows: Array(0..<60))
    #expect(try trees.margins(matrix, rows: Array(0..<60)).allSatisfy { $0.isFinite })
  }

  /// A level that training never met is missing in each of the category's columns, of two-level categories too.
  @Test func aNewLevelIsMissing() throws {
    var columns = Self.input.matrix.columns.map { [$0[0], $0[0], $0[0]] }
    columns[2] = [2, 3, .nan]
    columns[4] = [0, 2, .nan]
    let matrix = FeatureMatrix(features: Self.input.matrix.features, columns: columns)
    let encoding = TreeEncoding(matrix.features)
    let values = encoding.values(matrix, rows: [0, 1, 2])
    let width = encoding.columns.count
    #expect(values[2..<5] == [0, 0, 1] && values[6] == 0)
    for row in [1, 2] { for place in [2, 3, 4, 6] { #expect(values[row * width + place].isNaN) } }
    let margins = try Self.fitted().margins(matrix, rows: [1, 2])
    #expect(margins[0] == margins[1])
  }
}
