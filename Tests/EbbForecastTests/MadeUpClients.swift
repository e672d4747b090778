import EbbForecast
import Foundation

/// Seeded made-up clients: a number, a U-shaped number with gaps, a category, few values, and a feature that says nothing;
/// the first and the last act together.
enum MadeUpClients {
  static func make(_ n: Int, seed: UInt64 = 5, base: Double = -1.5) -> ForecastInput {
    var random = SplitMix64(seed: seed)
    func uniform() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 }
    var columns = [[Double]](repeating: [], count: 6)
    var churned: [Bool] = []
    for _ in 0..<n {
      let age = 18 + (uniform() * 60).rounded()
      let balance = uniform() < 0.3 ? Double.nan : (uniform() * 1e7).rounded() / 100
      let city = (uniform() * 3).rounded(.down)
      let products = 1 + (uniform() * uniform() * 4).rounded(.down)
      let gender = uniform() < 0.5 ? 0.0 : 1.0
      let noise = uniform()
      var margin = base + (age - 45) * 0.05 + (city == 2 ? 1 : 0) + gender * 0.4
      margin += balance.isNaN ? -0.5 : abs(balance / 5e4 - 1)
      margin += products > 2 ? 2 : 0
      if products == 2, age > 50 { margin -= 1.5 }
      churned.append(uniform() < 1 / (1 + exp(-margin)))
      for (index, value) in [age, balance, city, products, gender, noise].enumerated() {
        columns[index].append(value)
      }
    }
    let matrix = FeatureMatrix(
      features: [
        .init(name: "age", kind: .number, isSensitive: true), .init(name: "balance", kind: .number),
        .init(name: "city", kind: .category, levels: ["Казань", "Омск", "Тверь"]),
        .init(name: "products", kind: .number, isActionable: true),
        .init(name: "gender", kind: .category, levels: ["Ж", "М"], isSensitive: true),
        .init(name: "noise", kind: .number),
      ], columns: columns)
    return ForecastInput(
      matrix: matrix, churned: churned, products: "products", gender: "gender", age: "age",
      cuts: ["age": [30, 40, 50, 60]])
  }

  /// Small enough for a debug build.
  static var quick: ForecastSettings {
    ForecastSettings(
      trees: [XGBoostClassifier(learningRate: 0.2, maximumDepth: 3, rounds: 60)], patience: 5, folds: 3,
      repeats: 1)
  }
}
