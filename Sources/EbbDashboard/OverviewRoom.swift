import EbbCharts
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// What a board reads first.
struct OverviewRoom {
  let study: Study
  let charts: StudyCharts
  let cube: CubeData?

  init(_ study: Study, _ charts: StudyCharts, _ cube: CubeData?) {
    self.study = study
    self.charts = charts
    self.cube = cube
  }

  var blocks: [JSONValue] {
    let words = DashboardWords(charts.language)
    var out: [JSONValue] = []
    if let cube {
      let live = cube.charts(charts, charts.language)
      out += [
        ["kind": "kpis"], PageBlock.heading(words.nowChosen), ["kind": "sentences"],
        PageBlock.heading(words.byAttribute), ["kind": "attributes", "charts": .list(live)],
      ]
    }
    let others = otherCharts
    if !others.isEmpty {
      out.append(PageBlock.heading(cube == nil ? words.byAttribute : words.otherAttributes))
      out += [PageBlock.charts(others, charts.language)].compactMap(\.self)
    }
    let sentences = FindingWords(charts.language)
    let findings = study.findings.map { finding in
      PageBlock.item(
        sentences.sentence(finding), badge: words.certainty(finding.certainty),
        kind: finding.certainty == .established ? "good" : "")
    }
    if !findings.isEmpty { out += [PageBlock.heading(words.findings), PageBlock.list(findings)] }
    return out
  }

  /// Attributes that the cells do not tell apart.
  private var otherCharts: [Chart] {
    let inCube = cube?.cube.axes.map { $0.attribute } ?? []
    return (study.churn?.by ?? []).filter { by in
      !inCube.contains { $0.column == by.attribute.column && $0.kind == by.attribute.kind }
    }.prefix(24).compactMap(charts.churn)
  }
}
