import EbbRetention
import EbbWords

/// The sheets that hold the contacts: one, or as many as Excel's row limit asks for.
struct ContactSheets {
  private let list: ContactList
  private let words: ContactWords
  private let columns: [ContactWords.Column]
  private let language: Language
  /// Contacts on one sheet at most; the heading takes a row.
  private let limit: Int

  init(_ list: ContactList, language: Language, limit: Int = Spreadsheet.rowLimit - 1) {
    self.list = list
    self.language = language
    self.limit = max(1, limit)
    words = ContactWords(language, list: list)
    columns = ContactWords.columns(list)
  }

  var sheetCount: Int { max(1, (list.count + limit - 1) / limit) }

  private func name(_ number: Int) -> String {
    let name = Phrase(en: "Contacts", ru: "Контакты")[language]
    return sheetCount == 1 ? name : "\(name) \(number + 1)"
  }

  private func begin(_ number: Int, _ book: Spreadsheet) {
    let rows = min(limit, list.count - number * limit) + 1
    book.addSheet(name(number), widths: columns.map(Self.width), frozenRows: 1, frozenColumns: 2)
    book.addFilter(rows: rows, columns: columns.count)
    if let id = columns.firstIndex(of: .id) { book.allowNumbersAsText(rows: rows, column: id) }
    if let gain = columns.firstIndex(of: .gain) { book.addBars(rows: rows, column: gain) }
    book.write(columns.map { .text(words.heading($0, hasIDs: list.hasIDs), .heading) }, row: 0, height: 32)
  }

  /// - Parameter alongside: told the same batches, for those who write them elsewhere too.
  func write(to book: Spreadsheet, alongside: ([ContactList.Contact]) throws -> Void) throws {
    begin(0, book)
    var written = 0
    try list.forEachBatch { batch in
      try alongside(batch)
      for contact in batch {
        if written > 0, written % limit == 0 { begin(written / limit, book) }
        book.write(columns.map { cell($0, contact) }, row: written % limit + 1)
        written += 1
      }
    }
  }

  private func cell(_ column: ContactWords.Column, _ contact: ContactList.Contact) -> Spreadsheet.Cell {
    switch column {
    case .priority: .integer(contact.priority)
    case .id: .text(contact.id)
    case .city: contact.city.map { .text($0) } ?? .empty
    case .probability: .number(contact.probability, .share)
    case .band: .text(words.band(contact))
    case .reasons: .text(words.why(contact, list))
    case .group: .text(words.group(contact))
    case .recommendation: .text(contact.code)
    case .action: .text(words.action(contact))
    case .channel: .text(words.channel(contact))
    case .arm: .text(words.arm(contact.isControl), contact.isControl ? .control : .plain)
    case .value: .number(contact.value, .money)
    case .cost: .number(contact.cost, .amount)
    case .gain: .number(contact.gain, .money)
    }
  }

  private static func width(_ column: ContactWords.Column) -> Double {
    switch column {
    case .priority: 9
    case .id: 14
    case .city: 18
    case .probability, .band: 13
    case .reasons: 48
    case .group: 30
    case .recommendation: 14
    case .action: 44
    case .channel: 20
    case .arm: 22
    case .value, .cost, .gain: 13
    }
  }
}
