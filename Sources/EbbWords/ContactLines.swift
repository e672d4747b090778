public import EbbRetention
import EbbTable

/// Contacts as lines of a CSV file. Headings, arms and numbers are for programs and the same in every language; reasons
/// and actions are words.
public struct ContactLines: Sendable {
  private let words: ContactWords
  private let columns: [ContactWords.Column]

  public init(_ list: ContactList, language: Language) {
    words = ContactWords(language, list: list)
    columns = ContactWords.columns(list)
  }

  /// The byte order mark, so that spreadsheets take the file for UTF-8, and the first line.
  public var heading: [UInt8] {
    [0xEF, 0xBB, 0xBF] + Array((columns.map(\.rawValue).joined(separator: ",") + "\n").utf8)
  }

  public func lines(_ contacts: [ContactList.Contact], _ list: ContactList) -> [UInt8] {
    var text = ""
    for contact in contacts {
      text += columns.map { cell($0, contact, list) }.joined(separator: ",")
      text += "\n"
    }
    return Array(text.utf8)
  }

  private func cell(_ column: ContactWords.Column, _ contact: ContactList.Contact, _ list: ContactList)
    -> String
  {
    switch column {
    case .priority: "\(contact.priority)"
    case .id: DelimitedCell.text(contact.id)
    case .city: DelimitedCell.text(contact.city ?? "")
    case .probability: FixedPoint.format(contact.probability, decimals: 6)
    case .band: words.band(contact)
    case .reasons: DelimitedCell.text(words.why(contact, list))
    case .group: DelimitedCell.text(words.group(contact))
    case .recommendation: contact.code
    case .action: DelimitedCell.text(words.action(contact))
    case .channel: DelimitedCell.text(contact.channel.id)
    case .arm: ContactWords.armCode(contact.isControl)
    case .value: FixedPoint.format(contact.value, decimals: 2)
    case .cost: FixedPoint.format(contact.cost, decimals: 2)
    case .gain: (contact.gain < 0 ? "-" : "") + FixedPoint.format(abs(contact.gain), decimals: 2)
    }
  }
}
