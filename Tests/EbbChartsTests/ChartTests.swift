import EbbCharts
import Foundation
import Testing

@Suite struct ChartTests {
  static func chart(title: String = "One in five leaves", alternative: String = "Bars", y: Double? = 0.2)
    -> Chart?
  {
    Chart(
      id: "c", kind: .bars, title: title, alternativeText: alternative, x: .init("City", .category),
      y: .init("Share", .share), series: [.init("", [.init(label: "Omsk", y: y)])])
  }

  @Test(arguments: ["", " ", "\n"])
  func aChartNeedsItsWords(_ blank: String) {
    #expect(Self.chart() != nil)
    #expect(Self.chart(title: blank) == nil)
    #expect(Self.chart(alternative: blank) == nil)
  }

  @Test(arguments: [nil, Double.nan, .infinity])
  func aChartNeedsNumbers(_ value: Double?) {
    #expect(Self.chart(y: value) == nil)
  }

  @Test func aChartReadsBackAsItWas() throws {
    let chart = try #require(
      Chart(
        id: "c", kind: .lines, title: "T", alternativeText: "A", x: .init("Contacts", .count),
        y: .init("d", .number(decimals: 2)),
        series: [.init("plan", [.init(x: 1, y: -2, low: -3, high: 0, n: 7, isHighlighted: true)])],
        reference: .init(0, "no effect"), note: "n = 7"))
    #expect(try JSONDecoder().decode(Chart.self, from: JSONEncoder().encode(chart)) == chart)
  }
}
