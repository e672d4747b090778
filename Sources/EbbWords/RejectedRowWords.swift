public import EbbTable

/// A rejected row in one line: where, what was found, why.
public enum RejectedRowWords {
  public static func line(_ row: RejectedRow, _ language: Language) -> String {
    let place = Phrase(en: "line \(row.line)", ru: "строка \(row.line)")[language]
    let column = row.column.map { ", " + TableErrorWords.quoted($0, language) } ?? ""
    let text = row.text.isEmpty ? "" : " (" + TableErrorWords.quoted(row.text, language) + ")"
    return place + column + ": " + reason(row.reason)[language] + text
  }

  public static func reason(_ reason: RejectedRow.Reason) -> Phrase {
    switch reason {
    case .fieldCount(let expected, let found):
      Phrase(
        en: "\(found) fields where the heading has \(expected)",
        ru: "полей \(found), а в заголовке их \(expected)")
    case .notANumber: Phrase(en: "not a number", ru: "не число")
    case .notAFlag: Phrase(en: "neither yes nor no", ru: "ни да, ни нет")
    case .missingRequired: Phrase(en: "a value is required here", ru: "здесь нужно значение")
    case .brokenQuote: Phrase(en: "broken quote", ru: "кавычки не сходятся")
    case .invalidEncoding: Phrase(en: "bytes that are not text", ru: "байты, которые не читаются как текст")
    case .outOfRange: Phrase(en: "a number too large", ru: "слишком большое число")
    case .tooLong(let limit):
      Phrase(en: "longer than \(limit) bytes", ru: "длиннее \(limit) байт")
    }
  }
}
