import EbbClients
import EbbSegments
public import EbbStudy
import EbbTable
import EbbWords

/// The dashboard's cells as a tidy table, for Tableau, Power BI and the like: a row for each cell, a column for each
/// attribute, then sums that add up over any selection; and a dictionary that says what each column holds.
public enum CellExtract {
  public static let name = "cells.csv"
  public static let dictionaryName = "cells-dictionary.csv"

  /// `nil` where the study has no cells.
  public static func cells(_ study: Study) -> [UInt8]? {
    guard let cube = study.churn?.cube else { return nil }
    var text = headings(cube).map(DelimitedCell.text).joined(separator: ",") + "\n"
    for cell in cube.cells {
      let values = zip(cube.axes, cell.at).map { DelimitedCell.text($0.values[$1]) }
      let sums = [number(cell.balance), number(cell.expected), number(cell.balanceAtRisk)]
      text += (values + ["\(cell.n)", "\(cell.churned)"] + sums).joined(separator: ",") + "\n"
    }
    return marked(text)
  }

  /// What each column of `cells` holds, in both languages; `nil` where the study has no cells.
  public static func dictionary(_ study: Study) -> [UInt8]? {
    guard let cube = study.churn?.cube else { return nil }
    var lines = [["column", "kind", "values", "meaning_en", "meaning_ru"]]
    for axis in cube.axes {
      let role = axis.attribute.role ?? .attribute
      let meaning =
        role == .attribute || role == .ignored
        ? Phrase(same: axis.attribute.column) : RoleWords.name(role)
      lines.append([
        axis.attribute.column, "dimension", axis.values.joined(separator: " | "), meaning.english,
        meaning.russian,
      ])
    }
    for (sum, heading) in zip(Sum.allCases, headings(cube).suffix(Sum.allCases.count)) {
      lines.append([heading, "measure (sum)", "", sum.meaning.english, sum.meaning.russian])
    }
    return marked(lines.map { $0.map(DelimitedCell.text).joined(separator: ",") + "\n" }.joined())
  }

  private enum Sum: String, CaseIterable {
    case clients, left, balance
    case expectedLeavers = "expected_leavers"
    case balanceAtRisk = "balance_at_risk"

    var meaning: Phrase {
      switch self {
      case .clients: Phrase(en: "clients of the cell", ru: "клиентов в ячейке")
      case .left:
        Phrase(en: "of them left; churn = left / clients", ru: "из них ушли; отток = left / clients")
      case .balance:
        Phrase(
          en: "balance they hold; empty where too few of them have one",
          ru: "их остатки; пусто, если остаток есть у слишком немногих")
      case .expectedLeavers:
        Phrase(
          en: "leavers expected: sum of the forecast's probabilities",
          ru: "ожидается уходов: сумма вероятностей прогноза")
      case .balanceAtRisk:
        Phrase(
          en: "balance expected to leave: sum of balance × probability",
          ru: "остатки под угрозой: сумма остатка × вероятность")
      }
    }
  }

  /// Attributes keep their headings; a sum that shares one with them gets a mark.
  private static func headings(_ cube: ClientCube) -> [String] {
    let names = cube.axes.map(\.attribute.column)
    return names + Sum.allCases.map { names.contains($0.rawValue) ? $0.rawValue + "_sum" : $0.rawValue }
  }

  private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  /// With the byte order mark by which spreadsheets know UTF-8.
  private static func marked(_ text: String) -> [UInt8] { [0xEF, 0xBB, 0xBF] + Array(text.utf8) }
}
