import EbbCharts
import EbbClients
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbWords

/// Those who left against those who stayed.
struct PortraitRoom {
  let study: Study
  let charts: StudyCharts
  let cube: CubeData?

  init(_ study: Study, _ charts: StudyCharts, _ cube: CubeData?) {
    self.study = study
    self.charts = charts
    self.cube = cube
  }

  var blocks: [JSONValue] {
    guard let left = study.portraits?.left else { return [] }
    let language = charts.language
    let words = DashboardWords(language)
    let sayings = PortraitWords(language)
    let typical = left.traits.filter(\.typical).prefix(7)
    var out: [JSONValue?] = [
      PageBlock.text(sayings.title(left)),
      PageBlock.alone(
        charts.portrait(left), language,
        CellChoice.picks(
          left.traits.prefix(StudyCharts.traitLimit).map { trait in
            trait.kind == .level
              ? cube?.choice.value(trait.column, trait.value ?? "")
              : trait.kind == .missing ? cube?.choice.value(trait.column, "missing") : nil
          })),
    ]
    if let cube, let makeUp = cube.twins(.makeUp, language) {
      out += [PageBlock.heading(words.makeUpHeading), makeUp]
    }
    if !typical.isEmpty {
      out += [
        PageBlock.heading(words.traits), PageBlock.list(typical.map { .text(sentence(sayings.trait($0))) }),
      ]
    }
    out += [numbers(left, words), shares(left, words)]
    return out.compactMap(\.self) + (cube.map { OtherAttributes(study, charts, $0).blocks } ?? [])
  }

  private func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }

  private func numbers(_ left: Portrait, _ words: DashboardWords) -> JSONValue? {
    let names = ChartWords(charts.language)
    var table = PageTable(
      "portrait-numbers", words.numbers,
      [
        .init(words.attribute), .init(words.left + ": " + words.mean, "number2"),
        .init(words.left + ": " + words.median, "number2"),
        .init(words.stayed + ": " + words.mean, "number2"),
        .init(words.stayed + ": " + words.median, "number2"), .init("d", "signed"),
        .init(words.interval, "number2", interval: true), .init(words.pValue, "p"),
      ])
    table.rows = left.numbers.map { number in
      let d = number.effect("cohensD")
      return [
        .text(names.heading(number.column, number.role)), JSONValue(number.here.mean),
        JSONValue(number.here.median), JSONValue(number.rest.mean), JSONValue(number.rest.median),
        JSONValue(d?.estimate), PageBlock.interval(d?.interval?.low, d?.interval?.high),
        JSONValue(number.test("welchT")?.pValue),
      ]
    }
    return table.block(charts.language)
  }

  private func shares(_ left: Portrait, _ words: DashboardWords) -> JSONValue? {
    let names = ChartWords(charts.language)
    var table = PageTable(
      "portrait-shares", words.shares,
      [
        .init(words.attribute), .init(words.value), .init(words.left, "share"), .init(words.stayed, "share"),
        .init("h", "signed"), .init(words.pValue, "p"),
      ])
    for category in left.categories where category.levels.count <= 30 {
      for level in category.levels {
        table.rows.append([
          .text(names.heading(category.attribute.column, category.attribute.role)),
          .text(names.level(level.value, category.attribute.role, low: level.low, high: level.high)),
          JSONValue(level.here.share), JSONValue(level.elsewhere.share), JSONValue(level.cohensH),
          JSONValue(level.test.pValue),
        ])
      }
    }
    return table.block(charts.language)
  }
}
