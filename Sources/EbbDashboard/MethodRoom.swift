import EbbCharts
import EbbClients
import EbbSegments
import EbbStatistics
import EbbStudy
import EbbTable
import EbbWords

/// What the table holds, what was mended, and how the figures were made.
struct MethodRoom {
  let study: Study
  let charts: StudyCharts
  private let words: DashboardWords
  private let names: ChartWords

  init(_ study: Study, _ charts: StudyCharts) {
    self.study = study
    self.charts = charts
    words = DashboardWords(charts.language)
    names = ChartWords(charts.language)
  }

  var blocks: [JSONValue] {
    [
      rows, notes, missing, columns, correlations, reading, PageBlock.heading(words.method),
      PageBlock.list(words.method(study).map { .text($0) }),
    ].compactMap(\.self)
  }

  private var rows: JSONValue? {
    guard let rows = study.quality?.data.rows else { return nil }
    return PageBlock.facts([
      .init("rows.read", words.rowsRead, .integer(rows.read), "number0"),
      .init("rows.used", words.rowsUsed, .integer(rows.used), "number0"),
      .init("rows.rejected", words.rowsRejected, .integer(rows.rejected), "number0"),
      .init("rows.duplicates", words.duplicatesDropped, .integer(rows.duplicatesDropped), "number0"),
    ])
  }

  /// What the findings say of the data.
  private var notes: JSONValue? {
    let kinds: [Finding.Kind] = [.dataQuality, .structuralMissing, .leakingColumn]
    let sentences = FindingWords(charts.language)
    let found = study.findings.filter { kinds.contains($0.kind) }
    return found.isEmpty ? nil : PageBlock.list(found.map { .text(sentences.sentence($0)) })
  }

  private var missing: JSONValue? {
    var table = PageTable(
      "missing", words.quality,
      [
        .init(words.column), .init(words.missing, "number0"), .init(words.share, "share"),
        .init(words.because),
      ])
    table.rows = (study.quality?.missing ?? []).map {
      [
        .text(names.heading($0.column, $0.role)), .integer($0.missing), .number($0.share),
        .text($0.structural ? words.notByChance : "—"),
      ]
    }
    return table.block(charts.language)
  }

  private var columns: JSONValue? {
    var table = PageTable(
      "columns", words.columnsTaken,
      [
        .init(words.column), .init(words.meaning), .init(words.kindOfColumn), .init(words.because),
        .init(words.missing, "number0"),
      ])
    table.rows = study.schema.columns.map { entry in
      [
        .text(TextTable.visible(entry.column)), .text(RoleWords.name(entry.role)[charts.language]),
        .text(RoleWords.kind(entry.kind)[charts.language]),
        .text(RoleWords.reason(entry.reason)[charts.language]),
        JSONValue(study.quality?.data.columns.first { $0.column == entry.column }?.missing),
      ]
    }
    return table.block(charts.language)
  }

  private var correlations: JSONValue? {
    var table = PageTable(
      "correlations", words.correlations,
      [
        .init(words.attribute), .init(words.attribute + " 2"), .init("Pearson r", "signed"),
        .init("Spearman ρ", "signed"), .init(words.clients, "number0"),
      ])
    func role(_ column: String) -> Role? { study.schema.columns.first { $0.column == column }?.role }
    let found = (study.profile?.association?.correlations ?? []).sorted {
      (abs($1.spearman ?? 0), $0.first, $0.second) < (abs($0.spearman ?? 0), $1.first, $1.second)
    }
    table.rows = found.prefix(30).map {
      [
        .text(names.heading($0.first, role($0.first))), .text(names.heading($0.second, role($0.second))),
        JSONValue($0.pearson), JSONValue($0.spearman), .integer($0.n),
      ]
    }
    return table.block(charts.language).map { PageBlock.fold(words.correlations, [$0]) }
  }

  private var reading: JSONValue? {
    var table = PageTable(
      "reading", words.reading,
      [.init(words.about), .init(words.column), .init(words.value), .init(words.because)])
    table.rows = study.provenance.guesses.map { guess in
      [
        .text(GuessWords.subject(guess.subject)[charts.language]),
        .text(guess.column.map(TextTable.visible) ?? "—"),
        .text(GuessWords.value(guess, charts.language)), .text(GuessWords.why(guess, charts.language)),
      ]
    }
    return table.block(charts.language).map { PageBlock.fold(words.reading, [$0]) }
  }
}
