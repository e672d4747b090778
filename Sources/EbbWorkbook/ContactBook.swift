public import EbbRetention
public import EbbStudy
import EbbTable
public import EbbWords

/// `contacts.xlsx`: whom to contact, in what order and with what; a summary; what the figures rest on; how it was made.
public struct ContactBook {
  public static let name = "contacts.xlsx"
  public static let linesName = "contacts.csv"

  private let list: ContactList
  private let study: Study
  private let language: Language
  private let rowLimit: Int

  /// - Parameter rowLimit: rows of a sheet at most, the heading included.
  public init(_ list: ContactList, study: Study, language: Language, rowLimit: Int = 1_048_576) {
    self.list = list
    self.study = study
    self.language = language
    self.rowLimit = max(2, rowLimit)
  }

  /// Writes the workbook, and the same contacts as CSV, in one walk over the list. Each is there whole or not at all.
  /// - Throws: `OutputError`, `TreeError`.
  public func write(workbook: String, lines: String) throws {
    var csv = try OutputFile(path: lines)
    let words = ContactLines(list, language: language)
    try csv.write(words.heading)
    var failure: (any Error)?
    do {
      try OutputFile.write(to: workbook) { temporary throws(OutputError) in
        let title = Phrase(en: "Contacts", ru: "Контакты")[language]
        guard let book = Spreadsheet(path: temporary, title: title) else {
          throw .failed(path: workbook, reason: "the workbook cannot be made")
        }
        do {
          try ContactSheets(list, language: language, limit: rowLimit - 1).write(to: book) { batch in
            try csv.write(words.lines(batch, list))
          }
          SummarySheets(study, list, language: language).write(to: book)
        } catch { failure = error }
        let reason = book.close()
        if failure != nil { throw .closedPipe }
        if let reason { throw .failed(path: workbook, reason: reason) }
      }
    } catch { throw failure ?? error }
    try csv.finish()
  }
}
