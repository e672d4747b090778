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
        PageBlock.heading(words.byAttribute), ["kind": "charts", "charts": .list(live)],
      ]
    }
    if cube == nil, let all = PageBlock.charts(charts.churn, charts.language) {
      out += [PageBlock.heading(words.byAttribute), all]
    }
    // They stand in the portrait where there is one.
    if let cube, study.portraits?.left == nil { out += OtherAttributes(study, charts, cube).blocks }
    let sentences = FindingWords(charts.language)
    let findings = study.findings.map { finding in
      PageBlock.item(
        sentences.sentence(finding), badge: words.certainty(finding.certainty),
        kind: finding.certainty == .established ? "good" : "")
    }
    if !findings.isEmpty { out += [PageBlock.heading(words.findings), PageBlock.list(findings)] }
    return out
  }
}
