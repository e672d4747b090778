import EbbCharts
import EbbStudy
import EbbWords

/// All that the page's script reads: the cells of clients once, and rooms, words and chart settings in each language.
struct PageData {
  let study: Study
  let language: Language

  init(_ study: Study, language: Language) {
    self.study = study
    self.language = language
  }

  var json: JSONValue {
    let cube = CubeData(study)
    return .object(leavingOutNull: [
      "language": .text(language.rawValue),
      "cube": cube?.json ?? .null,
      "texts": .object(
        Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0.rawValue, texts($0, cube)) })),
    ])
  }

  private func texts(_ language: Language, _ cube: CubeData?) -> JSONValue {
    let words = DashboardWords(language)
    let charts = StudyCharts(study, language: language)
    return .object(leavingOutNull: [
      "languageName": .text(words.languageName),
      "title": .text(words.heading(study)),
      "heading": .text(words.heading(study)),
      "subtitle": .text(words.subtitle(study)),
      "footer": .text(words.footer(study)),
      "words": .object(PageWords.phrases.mapValues { .text($0[language]) }),
      "plurals": .object(
        PageWords.plurals.mapValues { plural in
          switch language {
          case .english: [.text(plural.english.one), .text(plural.english.other)]
          case .russian:
            [.text(plural.russian.one), .text(plural.russian.few), .text(plural.russian.many)]
          }
        }),
      "axes": cube?.axes(language) ?? [],
      "chartConfig": ChartTheme.page.config(language),
      "card": ForecastRoom(study, charts).cardWords ?? .null,
      "assumptions": PlanRoom(study, charts).assumptionWords ?? .null,
      "rooms": .list(rooms(charts, cube)),
    ])
  }

  private func rooms(_ charts: StudyCharts, _ cube: CubeData?) -> [JSONValue] {
    let words = DashboardWords(charts.language)
    let contents: [(DashboardWords.Room, [JSONValue])] = [
      (.overview, OverviewRoom(study, charts, cube).blocks),
      (.segments, SegmentsRoom(study, charts, cube).blocks),
      (.portrait, PortraitRoom(study, charts, cube).blocks),
      (.groups, RiskGroupsRoom(study, charts, cube).blocks),
      (.hypotheses, HypothesesRoom(study, charts, cube).blocks),
      (.forecast, ForecastRoom(study, charts, cube).blocks),
      (.plan, PlanRoom(study, charts).blocks),
      (.method, MethodRoom(study, charts).blocks),
    ]
    // What a chapter that is missing leaves empty is no block.
    return contents.map { ($0.0, $0.1.filter { $0 != .null }) }.filter { !$0.1.isEmpty }.map { room, blocks in
      .object(leavingOutNull: [
        "id": .text(room.rawValue), "title": .text(words.title(room)), "intro": .text(words.intro(room)),
        "isFiltered": room != .plan && room != .method ? true : .null,
        "blocks": .list(blocks),
      ])
    }
  }
}
