import EbbCharts
import EbbSegments
import EbbStudy
import EbbWords

/// Churn by the attributes that the cells do not tell apart: charts that do not follow the filter.
struct OtherAttributes {
  let blocks: [JSONValue]

  /// Charts at most.
  static let limit = 24

  init(_ study: Study, _ charts: StudyCharts, _ cube: CubeData) {
    let inCells = cube.cube.axes.map(\.attribute)
    let others = (study.churn?.by ?? []).filter { by in
      !inCells.contains { $0.column == by.attribute.column && $0.kind == by.attribute.kind }
    }.prefix(Self.limit).compactMap(charts.churn)
    let words = DashboardWords(charts.language)
    blocks =
      PageBlock.charts(others, charts.language).map {
        [PageBlock.heading(words.otherAttributes), $0]
      } ?? []
  }
}
