import Foundation

/// Figures of Tests/golden/forecast.py, read from Tests/golden/forecast.json.
struct GoldenForecast: Decodable {
  struct Figures: Decodable {
    struct Deciles: Decodable { let churned, lift, capture: [Double] }
    struct Reliability: Decodable {
      let n: [Int]
      let meanForecast, rate: [Double]
      let ece, reliability, resolution, uncertainty: Double
    }
    struct DeLong: Decodable {
      let first, second, firstVariance, secondVariance, standardError, z, pValue: Double
    }
    struct Line: Decodable {
      let intercept, slope: Double
      let interceptInterval, slopeInterval: [Double]
    }
    struct Platt: Decodable { let intercept, slope: Double }
    struct Isotonic: Decodable { let at, value, fitted: [Double] }
    let churned: [Int]
    let forecast, other: [Double]
    let rocAUC, prAUC, logLoss, brier, ks: Double
    let deciles: Deciles
    let reliability: Reliability
    let delong: DeLong
    let line: Line
    let platt: Platt
    let isotonic: Isotonic

    var left: [Bool] { churned.map { $0 == 1 } }
    var margins: [Double] { forecast.map { log($0) - log1p(-$0) } }
  }
  struct Evidence: Decodable {
    let stayed, churned: [Int]
    let woe: [Double]
    let iv: Double
  }
  struct Regression: Decodable {
    let columns: [[Double]]
    let churned: [Int]
    let penalty, intercept: Double
    let coefficients: [Double]
  }
  let sets: [String: Figures]
  let woe: [Evidence]
  let regressions: [Regression]

  static let names = ["smooth", "tied"]
  static let shared: GoldenForecast = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "golden/forecast.json")
    do {
      return try JSONDecoder().decode(GoldenForecast.self, from: Data(contentsOf: file))
    } catch { fatalError("\(file.path): \(error)") }
  }()
  static func figures(_ name: String) -> Figures { shared.sets[name]! }
}

/// Equal within a share of the greater one.
func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-3)
}

func near(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-9) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { near($0, $1, tolerance) }
}
