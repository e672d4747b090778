import EbbForecast
import Foundation

/// The public client table as features, read by the simplest means; `nil` where `../shared` is absent.
enum PublicTable {
  static let loaded: (matrix: FeatureMatrix, churned: [Bool])? = load()

  private static func load() -> (FeatureMatrix, [Bool])? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.deletingLastPathComponent().appendingPathComponent("shared/data/bank_dataset.csv")
    guard let text = try? String(contentsOf: path, encoding: .utf8) else { return nil }
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let names = lines[0]
    let body = lines.dropFirst()
    var features: [FeatureMatrix.Feature] = []
    var columns: [[Double]] = []
    for (index, name) in names.enumerated() where index > 0 && index < names.count - 1 {
      let texts = body.map { $0[index] }
      let numbers = texts.map { $0.isEmpty ? Double.nan : Double($0) ?? .infinity }
      if numbers.contains(.infinity) {
        let levels = Set(texts).sorted()
        let codes = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, Double($0)) })
        features.append(.init(name: name, kind: .category, levels: levels))
        columns.append(texts.map { codes[$0]! })
      } else {
        features.append(.init(name: name, kind: .number))
        columns.append(numbers)
      }
    }
    let churned = body.map { $0[names.count - 1] == "1" }
    return (FeatureMatrix(features: features, columns: columns), churned)
  }
}
