import EbbClients
import EbbForecast
import EbbSegments
import EbbStatistics
public import EbbStudy

/// A study on one screen of a terminal: who leaves, by products, where, what they are like, what was tested.
public struct StudyReport: Sendable {
  private let study: Study
  private let language: Language
  private let style: TextStyle
  private let format: NumberFormat

  /// Attributes shown, the most telling first.
  static let attributeLimit = 6
  static let traitLimit = 5

  public init(_ study: Study, language: Language, style: TextStyle = .plain) {
    self.study = study
    self.language = language
    self.style = style
    format = NumberFormat(language)
  }

  /// - Parameter files: what was written, for the last line.
  public func text(files: [String] = []) -> String {
    let written =
      files.isEmpty
      ? "" : say("Written: ", "Записано: ") + files.map(TextTable.visible).joined(separator: ", ")
    let retention = RetentionReport(study, language: language, style: style).sections
    return
      ([heading, churn, products, attributes, portrait, hypotheses, forecast] + retention + [
        quality, written,
      ])
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func say(_ english: String, _ russian: String) -> String {
    Phrase(en: english, ru: russian)[language]
  }

  private func title(_ english: String, _ russian: String) -> String { style.bold(say(english, russian)) }

  private func name(_ column: String, _ role: Role?) -> String {
    guard let role, role != .attribute, role != .ignored else { return TextTable.visible(column) }
    return RoleWords.name(role)[language]
  }

  private func value(_ value: String, role: Role?, low: Double? = nil, high: Double? = nil) -> String {
    LevelWords(language).name(value, role: role, low: low, high: high)
  }

  // MARK: Head

  private var heading: String {
    let provenance = study.provenance
    let source =
      provenance.source == "-"
      ? say("standard input", "стандартный ввод") : TextTable.visible(provenance.source)
    var line =
      style.bold(source) + ": " + Plural.clients.counted(study.schema.clients, language) + ", "
      + Plural.columns.counted(study.schema.columns.count, language)
    if provenance.rejected > 0 {
      line +=
        ", " + style.yellow(say("rows rejected: ", "строк отклонено: ") + format.integer(provenance.rejected))
    }
    let known = study.schema.columns.filter { $0.role != .attribute && $0.role != .ignored }
    let mapping = known.map { RoleWords.name($0.role)[language] + " = " + TextTable.visible($0.column) }
    var lines = [line, wrapped(say("Columns: ", "Столбцы: "), mapping)]
    let plain = study.schema.columns.filter { $0.role == .attribute }
    if !plain.isEmpty {
      lines.append(
        wrapped(
          say("Other attributes: ", "Прочие признаки: "),
          plain.prefix(12).map { TextTable.visible($0.column) })
          + (plain.count > 12 ? ", …" : ""))
    }
    let left = study.schema.columns.filter { $0.role == .ignored }
    if !left.isEmpty {
      lines.append(
        wrapped(
          say("Left out: ", "Не участвуют: "),
          left.prefix(8).map {
            TextTable.visible($0.column) + " (" + RoleWords.reason($0.reason)[language] + ")"
          }))
    }
    lines.append(
      style.dim(
        say(
          "`ebb inspect` tells how the file was read and why; --map changes what a column is taken for.",
          "Как прочитан файл и почему, расскажет `ebb inspect`; назначение столбцов меняет --map.")))
    return lines.joined(separator: "\n")
  }

  /// Items after a title, broken at 100 cells.
  private func wrapped(_ title: String, _ items: [String], separator: String = ", ") -> String {
    var lines = [title]
    for (index, item) in items.enumerated() {
      let piece = item + (index < items.count - 1 ? separator : "")
      if DisplayWidth.of(lines[lines.count - 1] + piece) > 100 { lines.append("  ") }
      lines[lines.count - 1] += piece
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Churn

  /// The findings that a reader must not miss, a sentence each.
  private var churn: String {
    guard study.churn != nil else { return "" }
    let words = FindingWords(language)
    let kinds: [Finding.Kind] = [
      .overallChurn, .highestChurnLevel, .mostStableProducts, .leastStableProducts, .adjustedProducts,
      .unrelatedAttributes, .forecastQuality, .forecastRefused, .plan,
    ]
    let found = kinds.compactMap { kind in study.findings.first { $0.kind == kind } }
    let sentences = (found + study.findings.filter { $0.kind == .leakingColumn }).map(words.sentence)
    return ([title("In short", "Главное")] + sentences.map { paragraph($0) }).joined(separator: "\n")
  }

  /// A sentence as an item of a list, broken between words at 100 cells.
  private func paragraph(_ sentence: String) -> String {
    var lines = ["  –"]
    for word in sentence.split(separator: " ") {
      if DisplayWidth.of(lines[lines.count - 1]) + 1 + DisplayWidth.of(String(word)) > 100 {
        lines.append("   ")
      }
      lines[lines.count - 1] += " " + TextTable.visible(String(word))
    }
    return lines.joined(separator: "\n")
  }

  private var products: String {
    guard let segments = study.segments else { return "" }
    if segments.lacks.contains(.products) {
      return say(
        "There is no column with the number of products: its chapters are left out.",
        "Столбца с числом продуктов нет, поэтому его глав в исследовании нет.")
    }
    var table = TextTable([
      .init(say("products", "продуктов"), .right), .init(say("clients", "клиентов"), .right),
      .init(say("share", "доля"), .right), .init(say("churn", "отток"), .right),
      .init(say("95% interval", "интервал 95 %"), .right),
      .init(say("adjusted*", "при равном составе*"), .right),
      .init(say("balance held", "остатки"), .right),
    ])
    for segment in segments.byProducts {
      let adjusted = segments.adjustedProducts.first { $0.value == segment.values[0] }
      table.add([
        value(segment.values[0], role: .products), format.integer(segment.n), format.percent(segment.share),
        format.percent(segment.churn.estimate),
        format.percentInterval(segment.churn.interval?.low, segment.churn.interval?.high),
        format.percent(adjusted?.adjusted.estimate), format.percent(segment.balance?.share),
      ])
    }
    var lines = [title("By number of products", "По числу продуктов"), table.render(indent: 2, style: style)]
    if let stability = segments.stability {
      lines += [stability.most, stability.least].compactMap { value in
        segments.byProducts.first { $0.values == [value] && !$0.isSuppressed }.map {
          "  " + SegmentWords(language).portrait($0)
        }
      }
    }
    if let by = segments.adjustedProducts.first?.by, !by.isEmpty {
      let names = by.map { name($0.column, $0.role) }.joined(separator: ", ")
      lines.append(
        style.dim(
          "  * "
            + say(
              "as if every group had the bank's composition by \(names)",
              "как если бы состав каждой группы был как у всего банка: \(names)")))
    }
    return lines.joined(separator: "\n")
  }

  private var attributes: String {
    guard let churn = study.churn, let information = study.profile?.association?.information else {
      return ""
    }
    var table = TextTable([
      .init(say("attribute", "признак")), .init(say("most leave", "уходят чаще")), .init("", .right),
      .init(say("fewest leave", "уходят реже")), .init("", .right), .init("IV", .right),
    ])
    var seen: Set<String> = []
    for found in information where found.attribute.role != .products {
      guard seen.count < Self.attributeLimit, !seen.contains(found.attribute.column),
        let by = churn.by.first(where: {
          $0.attribute.column == found.attribute.column && $0.attribute.kind != .presence
        }),
        case let levels = by.levels.filter({ $0.n >= 30 && $0.value != "pooled" }),
        let high = levels.max(by: { ($0.churn.estimate ?? 0) < ($1.churn.estimate ?? 0) }),
        let low = levels.min(by: { ($0.churn.estimate ?? 0) < ($1.churn.estimate ?? 0) }),
        high.value != low.value
      else { continue }
      seen.insert(found.attribute.column)
      table.add([
        name(found.attribute.column, found.attribute.role),
        value(high.value, role: found.attribute.role, low: high.low, high: high.high),
        format.percent(high.churn.estimate),
        value(low.value, role: found.attribute.role, low: low.low, high: low.high),
        format.percent(low.churn.estimate), format.fixed(found.ivAdjusted, decimals: 2),
      ])
    }
    if table.rows.isEmpty { return "" }
    return title("Where churn differs most", "Где отток различается сильнее всего") + "\n"
      + table.render(indent: 2, style: style)
  }

  // MARK: Portrait

  private var portrait: String {
    guard let left = study.portraits?.left else { return "" }
    let traits = left.traits.filter(\.typical).prefix(Self.traitLimit)
    if traits.isEmpty {
      return title("Those who left ", "Ушедшие ")
        + say("do not stand out by any attribute.", "ни одним признаком заметно не выделяются.")
    }
    var table = TextTable([
      .init(""), .init(say("left", "ушли"), .right), .init(say("stayed", "остались"), .right),
      .init(say("effect", "эффект"), .right),
    ])
    for trait in traits {
      var label = name(trait.column, trait.role)
      if let level = trait.value { label += ": " + value(level, role: trait.role) }
      if trait.kind == .missing { label += say(": missing", ": нет данных") }
      let isNumber = trait.kind == .number
      table.add([
        label, isNumber ? format.compact(trait.here) : format.percent(trait.here),
        isNumber ? format.compact(trait.elsewhere) : format.percent(trait.elsewhere),
        (isNumber ? "d " : "h ") + format.signed(trait.effect, decimals: 2),
      ])
    }
    return title("Portrait of those who left, against those who stayed", "Портрет ушедших против оставшихся")
      + "\n"
      + table.render(indent: 2, style: style)
  }

  // MARK: Hypotheses

  private var hypotheses: String {
    guard let hypotheses = study.hypotheses, !hypotheses.tested.isEmpty else { return "" }
    var table = TextTable([.init("", maximumWidth: 60), .init(""), .init("", .right), .init("")])
    for hypothesis in hypotheses.tested where hypothesis.family == .declared {
      table.add([
        say(
          "\(name(hypothesis.measure, hypothesis.measureRole)) by \(name(hypothesis.by, hypothesis.byRole))",
          "\(name(hypothesis.measure, hypothesis.measureRole)) по признаку «\(name(hypothesis.by, hypothesis.byRole))»"
        ),
        HypothesisWords.verdict(hypothesis.verdict)[language],
        format.pValue(hypothesis.decision?.pValueAdjusted),
        hypothesis.decision?.test.map { HypothesisWords.test($0)[language] } ?? "",
      ])
    }
    var lines = [
      title(
        "Hypotheses of equality (p corrected for all of them)",
        "Гипотезы о равенстве (p с поправкой на их число)"),
      table.render(indent: 2, style: style),
    ]
    let others = hypotheses.tested.filter { $0.family == .attribute }
    let differ = others.filter { $0.verdict == .differ }
    let alike = others.filter { $0.verdict == .equivalent || $0.verdict == .differNegligibly }
    func names(_ list: [Hypothesis]) -> [String] {
      list.prefix(12).map { hypothesis in
        hypothesis.measureRole == .churn
          ? name(hypothesis.by, hypothesis.byRole) : name(hypothesis.measure, hypothesis.measureRole)
      }
    }
    if !differ.isEmpty {
      lines.append(wrapped(say("  Goes with churn: ", "  С оттоком связаны: "), names(differ)))
    }
    if !alike.isEmpty {
      lines.append(
        wrapped(say("  Not, or negligibly: ", "  Не связаны или пренебрежимо слабо: "), names(alike)))
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Forecast

  private var forecast: String {
    guard let forecast = study.forecast, !forecast.models.isEmpty else { return "" }
    var table = ForecastMetricsTable(language)
    for model in forecast.models {
      table.add(
        model.name, model.metrics, mark: model.name == forecast.champion ? say("← used", "← выбрана") : "")
    }
    var lines = [
      title(
        "Forecast, judged on clients the models did not see",
        "Прогноз, проверенный на клиентах, которых модели не видели"),
      table.render(style: style),
    ]
    if forecast.n < forecast.tableCount {
      let (n, all) = (format.integer(forecast.n), format.integer(forecast.tableCount))
      lines.append(
        say(
          "  Learnt from and judged on \(n) clients drawn from \(all); --training-clients changes that.",
          "  Обучение и проверка на \(n) клиентах, случайно взятых из \(all); меняется ключом --training-clients."
        ))
    }
    if let champion = forecast.champion, let model = forecast.model(champion), !model.importance.isEmpty {
      let drivers = model.importance.prefix(6).map { effect -> String in
        let role = study.schema.columns.first { $0.column == effect.feature }?.role
        return name(effect.feature, role) + " " + format.percent(effect.share, decimals: 0)
      }
      lines.append(wrapped(say("  What drives it: ", "  На чём держится: "), drivers))
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Quality

  private var quality: String {
    guard let quality = study.quality else { return "" }
    var notes: [String] = []
    for pattern in quality.missing {
      let column = name(pattern.column, pattern.role)
      notes.append(
        say(
          "\(column): missing in \(format.percent(pattern.share))\(pattern.structural ? ", not by chance" : "")",
          "\(column): нет данных у \(format.percent(pattern.share))\(pattern.structural ? ", не случайно" : "")"
        ))
    }
    let data = quality.data
    if data.duplicates.identicalRows > 0 {
      notes.append(
        say(
          "identical rows: \(format.integer(data.duplicates.identicalRows)), dropped: \(format.integer(data.duplicates.identicalRowsDropped))",
          "одинаковых строк: \(format.integer(data.duplicates.identicalRows)), убрано: \(format.integer(data.duplicates.identicalRowsDropped))"
        ))
    }
    if data.duplicates.repeatedIDs > 0 {
      notes.append(
        say(
          "ids on different rows: \(format.integer(data.duplicates.repeatedIDs))",
          "кодов на разных строках: \(format.integer(data.duplicates.repeatedIDs))"))
    }
    for range in data.ranges where range.count > 0 {
      notes.append(
        say(
          "\(name(range.column, range.role)): impossible values \(format.integer(range.count))",
          "\(name(range.column, range.role)): невозможных значений \(format.integer(range.count))"))
    }
    for contradiction in data.contradictions where contradiction.count > 0 {
      let text =
        switch contradiction.kind {
        case .activeAndGone: say("active and gone", "активны и ушли")
        case .stayedWithoutProducts: say("still clients, without products", "остались без единого продукта")
        }
      notes.append("\(text): \(format.integer(contradiction.count))")
    }
    if notes.isEmpty { notes.append(say("nothing to remark", "замечаний нет")) }
    return title("Data: ", "Данные: ") + wrapped("", notes, separator: "; ").trimmingPrefix("  ")
  }
}
