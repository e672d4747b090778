import Foundation
import Testing

@testable import EbbForecast

struct DenseMatrixTests {
  /// Clients so many that XGBoost's bins are learnt from a part of them. Where each number has fewer values than there
  /// are bins, the bins are the same, and so is every tree.
  @Test func binsOfAPartForecastAsThoseOfAll() throws {
    let n = 200_400
    var random = SplitMix64(seed: 31)
    var columns = [[Double]](repeating: [], count: 3)
    var churned: [Bool] = []
    for _ in 0..<n {
      let values = [Double(random.next() % 40), Double(random.next() % 90), Double(random.next() % 5)]
      for (index, value) in values.enumerated() { columns[index].append(value) }
      columns[2][columns[2].count - 1] = values[2] == 4 ? .nan : values[2]
      let odds = -2.0 + values[0] / 20 + (values[1] > 60 ? 1 : 0) - (values[2] == 4 ? 1 : 0)
      churned.append(Double(random.next() >> 11) / 9_007_199_254_740_992 < 1 / (1 + exp(-odds)))
    }
    let matrix = FeatureMatrix(
      features: ["a", "b", "c"].map { .init(name: $0, kind: .number) }, columns: columns)
    let rows = Array(0..<n)
    let model = XGBoostClassifier(
      learningRate: 0.3, maximumDepth: 3, subsample: 1, columnsPerTree: 1, rounds: 4)
    let trees = try model.fit(matrix, churned: churned, rows: rows)

    let encoding = TreeEncoding(matrix.features)
    let filling = GapFilling(encoding, matrix, rows: rows)
    let plain = try encoding.dense(matrix, churned: churned, rows: rows, gaps: filling)
    let booster = try Booster.make(
      parameters: model.parameters(encoding: encoding, base: XGBoostClassifier.base(churned, rows)),
      matrix: plain)
    for round in 0..<4 { try booster.train(round: round, on: plain) }
    let whole = FittedXGBoost(
      encoding: encoding, json: try filling.told(in: booster.json()), rounds: 4, classifier: model)
    let some = (0..<500).map { $0 * 400 }
    let (found, expected) = (
      try trees.margins(matrix, rows: some), try whole.margins(matrix, rows: some)
    )
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(Set(found).count > 20)
  }

  @Test func whatCannotBeIsSaid() throws {
    #expect(throws: TreeError.self) {
      let matrix = try DenseMatrix.binned(values: [1, 2], rows: 2, columns: 1, labels: [0, 1, 1], bins: 16)
      let booster = try Booster.make(parameters: [("objective", "binary:logistic")], matrix: matrix)
      try booster.train(round: 0, on: matrix)
    }
  }
}
