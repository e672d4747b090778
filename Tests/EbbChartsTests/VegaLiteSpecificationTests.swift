import EbbWords
import Foundation
import Testing

@testable import EbbCharts

@Suite struct VegaLiteSpecificationTests {
  static func chart(_ kind: Chart.Kind, labels: [String] = ["Omsk", "Omsk", "Tomsk"]) -> Chart? {
    Chart(
      id: "c", kind: kind, title: "Title", alternativeText: "In words", x: .init("City", .category),
      y: .init("Share who left", .share),
      series: [
        .init(
          "all",
          labels.enumerated().map {
            .init(label: $1, x: Double($0), y: 0.2, low: 0.1, high: 0.3, n: 40, isHighlighted: $0 == 0)
          })
      ], reference: .init(0.2, "bank"))
  }

  private func object(_ value: JSONValue) throws -> [String: Any] {
    let text = try JSONText.plain(value)
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// What a chart must have it has in every kind: title, words for those who do not see it, axes that say what they are.
  @Test(arguments: Chart.Kind.allCases, Language.allCases)
  func everyKindIsDescribed(kind: Chart.Kind, language: Language) throws {
    let chart = try #require(Self.chart(kind))
    let spec = try object(VegaLiteSpecification.make(chart, language: language))
    #expect((spec["title"] as? [String: Any])?["text"] as? String == "Title")
    #expect(spec["description"] as? String == "In words")
    let layers = try #require(spec["layer"] as? [[String: Any]])
    #expect(layers.contains { ($0["encoding"] as? [String: Any])?["description"] != nil })
    let text = try JSONText.plain(VegaLiteSpecification.make(chart, language: language))
    if kind != .heatmap { #expect(text.contains("Share who left")) }
  }

  /// Bars with the same name would fall on one another.
  @Test func labelsAreDistinct() throws {
    let rows = VegaLiteSpecification.rows(try #require(Self.chart(.bars)), .english)
    let labels = try rows.map { try object($0)["label"] as? String }
    #expect(labels == ["Omsk", "Omsk (2)", "Tomsk"])
  }

  /// A text of the data is a value in a row, never a part of an expression.
  @Test func textsAreNotEvaluated() throws {
    let chart = try #require(Self.chart(.bars, labels: ["');alert(1);('", "datum.y"]))
    let spec = try object(VegaLiteSpecification.make(chart, language: .english))
    let layers = try JSONSerialization.data(withJSONObject: spec["layer"] as Any)
    #expect(!String(decoding: layers, as: UTF8.self).contains("alert"))
  }
}
