import EbbClients
import EbbSegments
import EbbStatistics
import EbbStudy

/// The data and their quality.
extension DeckWords {
  public var data: SlideWords? {
    guard let quality = study.quality else { return nil }
    let rows = quality.data.rows
    let used = format.integer(rows.used)
    let start = say("\(used) clients are fit for study", "Для исследования годятся \(used) клиентов")
    var titles: [String] = []
    if let gap = quality.missing.filter(\.structural).max(by: { $0.share < $1.share }) {
      let what = name(gap.column, gap.role)
      let share = format.percent(gap.share)
      titles.append(
        say(
          start + "; \(what) is missing for \(share), and not by chance",
          start + "; \(what): нет данных у \(share), и не случайно"))
    } else if let gap = quality.missing.max(by: { $0.share < $1.share }) {
      titles.append(
        say(
          start + "; \(name(gap.column, gap.role)) is missing for \(format.percent(gap.share))",
          start + "; \(name(gap.column, gap.role)): нет данных у \(format.percent(gap.share))"))
    } else {
      titles.append(say(start + "; nothing is missing", start + "; пропусков нет"))
    }
    titles.append(start)
    return SlideWords(
      titles: titles,
      lead: say(
        "What was read, what was set aside, what is missing", "Что прочитано, что отложено, чего не хватает"),
      points: dataPoints(quality),
      notes: [
        say(
          "Every row read is either used or counted here; nothing is filled in. A missing value is a group of its own.",
          "Каждая прочитанная строка либо участвует, либо посчитана здесь; пропуски ничем не заполнены, это отдельная группа."
        ),
        say(
          "Not by chance: some groups never, or always, lack the value (chi-square, p corrected for all comparisons).",
          "Не случайно: в одних группах значения нет никогда или всегда (хи-квадрат, p с поправкой на все сравнения)."
        ),
      ])
  }

  private func dataPoints(_ quality: QualityChapter) -> [String] {
    var points: [String] = []
    for gap in quality.missing.filter(\.structural).prefix(2) {
      guard let against = gap.against.first(where: \.structural),
        let group = against.groups.first(where: { $0.pattern != nil })
      else { continue }
      let place = clients(group.value, column: against.attribute.column, role: against.attribute.role)
      let what = name(gap.column, gap.role)
      points.append(
        group.pattern == .neverMissing
          ? say("\(capital(what)) is never missing: \(place).", "\(capital(what)) есть у всех: \(place).")
          : say(
            "\(capital(what)) is always missing: \(place).",
            "\(capital(what)): данных нет ни у кого: \(place)."))
    }
    for contradiction in quality.data.contradictions where contradiction.count > 0 {
      let (n, of) = (format.integer(contradiction.count), format.integer(contradiction.of))
      points.append(
        contradiction.kind == .activeAndGone
          ? say(
            "\(n) of \(of) who left are marked active: ask what the mark means.",
            "\(n) из \(of) ушедших отмечены активными: уточните, что значит отметка.")
          : say(
            "\(n) of \(of) who stayed have no product.", "\(n) из \(of) оставшихся\u{00A0}— без продуктов."))
    }
    for range in quality.data.ranges where range.count > 0 {
      points.append(
        say(
          "\(capital(name(range.column, range.role))): \(format.integer(range.count)) values that can hardly be.",
          "\(capital(name(range.column, range.role))): сомнительных значений \(format.integer(range.count)).")
      )
    }
    if quality.data.duplicates.repeatedIDs > 0 {
      points.append(
        say(
          "\(format.integer(quality.data.duplicates.repeatedIDs)) ids stand on different rows.",
          "Кодов на разных строках: \(format.integer(quality.data.duplicates.repeatedIDs))."))
    }
    if points.isEmpty { points.append(say("Nothing else to remark.", "Других замечаний нет.")) }
    return Array(points.prefix(6))
  }

  /// What was read: a line each of a table.
  public var dataRows: [(what: String, figure: String)] {
    guard let quality = study.quality else { return [] }
    let rows = quality.data.rows
    var lines = [
      (say("Records in the file", "Записей в файле"), format.integer(rows.read)),
      (say("Rejected: cannot be read", "Отклонено: не читаются"), format.integer(rows.rejected)),
      (say("Exact repeats dropped", "Точных повторов убрано"), format.integer(rows.duplicatesDropped)),
      (say("Clients studied", "Клиентов в исследовании"), format.integer(rows.used)),
      (
        say("Columns that take part", "Столбцов участвует"),
        format.integer(study.schema.columns.count { $0.role != .ignored && $0.role != .id })
      ),
    ]
    for gap in quality.missing.sorted(by: { $0.share > $1.share }).prefix(4) {
      lines.append(
        (
          say("Missing: \(name(gap.column, gap.role))", "Нет данных: \(name(gap.column, gap.role))"),
          format.integer(gap.missing) + " (" + format.percent(gap.share) + ")"
        ))
    }
    return lines
  }
}
