public import EbbClients
import EbbTable

/// Who may be contacted, as far as the table says: columns of consent and of do-not-contact, found by their headings.
///
/// Where there is a column of consent, only a plain *yes* counts: a client whose consent is missing or unclear is not
/// contacted. In a column of do-not-contact only a plain *no* or nothing lets a client through. A heading that names a
/// channel (`согласие на СМС`, `do not call`) speaks of that channel alone.
public struct ContactPermission: Sendable, Equatable {
  /// What one column says.
  public struct Column: Sendable, Codable, Equatable {
    public enum Meaning: String, Sendable, Codable, Equatable { case consent, doNotContact }
    public let column: String
    public let meaning: Meaning
    /// Ids of the channels it speaks of; `nil` for all.
    public let channels: [String]?
  }
  public let columns: [Column]

  public init(_ schema: ClientSchema) {
    columns = schema.entries.compactMap { entry in
      guard entry.role == .attribute || entry.role == .ignored else { return nil }
      return Self.meaning(entry.column)
    }
  }

  /// Clients by row: 0 may be contacted, 1 has not consented, 2 asked not to be contacted; and a bit for each channel
  /// that is open to them (`nil` where no column names a channel).
  public func answers(_ clients: ClientTable, channels: [String]) -> (permission: [UInt8], open: [UInt64]?) {
    let count = clients.table.rowCount
    var permission = [UInt8](repeating: 0, count: count)
    var open: [UInt64]?
    let everything = channels.count >= 64 ? UInt64.max : (1 << UInt64(channels.count)) - 1
    for found in columns {
      guard let column = clients.table.column(named: found.column) else { continue }
      let isClosed = Self.said(column, rowCount: count).map { said in
        found.meaning == .consent ? said != .yes : said == .yes || said == .unclear
      }
      let code: UInt8 = found.meaning == .consent ? 1 : 2
      if let named = found.channels {
        var mask: UInt64 = 0
        for (index, channel) in channels.enumerated() where named.contains(channel) {
          mask |= 1 << UInt64(index)
        }
        var bits = open ?? [UInt64](repeating: everything, count: count)
        for row in 0..<count where isClosed[row] { bits[row] &= ~mask }
        open = bits
      } else {
        for row in 0..<count where isClosed[row] { permission[row] = max(permission[row], code) }
      }
    }
    if let open {
      let code: UInt8 = columns.contains { $0.meaning == .consent } ? 1 : 2
      for row in 0..<count where open[row] == 0 && permission[row] == 0 { permission[row] = code }
    }
    return (permission, open)
  }

  private enum Said { case yes, no, unclear, nothing }

  private static func said(_ column: EbbTable.Column, rowCount: Int) -> [Said] {
    var out: [Said] = []
    out.reserveCapacity(rowCount)
    func append(_ chunk: Int, _ count: Int, _ said: (Int) -> Said) {
      let missing = column.missing[chunk]
      for row in 0..<count { out.append(missing?[row] == true ? .nothing : said(row)) }
    }
    switch column.storage {
    case .codes(let chunks, let levels):
      let meanings = levels.texts.indices.map { code -> Said in
        if let positive = levels.positive { return code == positive ? .yes : .no }
        return FlagWord.isYes(levels.texts[code]).map { $0 ? .yes : .no } ?? .unclear
      }
      for (index, chunk) in chunks.enumerated() { append(index, chunk.count) { meanings[Int(chunk[$0])] } }
    case .scaled(let chunks, _):
      for (index, chunk) in chunks.enumerated() {
        append(index, chunk.count) { chunk[$0] == 1 ? .yes : chunk[$0] == 0 ? .no : .unclear }
      }
    case .real(let chunks):
      for (index, chunk) in chunks.enumerated() {
        append(index, chunk.count) { chunk[$0] == 1 ? .yes : chunk[$0] == 0 ? .no : .unclear }
      }
    case .none: return [Said](repeating: .nothing, count: rowCount)
    }
    return out
  }

  /// What a heading speaks of; `nil` for any other column.
  static func meaning(_ heading: String) -> Column? {
    let words = Heading(heading).words
    let joined = words.joined()
    func has(_ phrases: [Heading]) -> Bool {
      phrases.contains { phrase in
        phrase.words.count == 1 && phrase.joined.count > 3
          ? words.contains { $0.hasPrefix(phrase.joined) } : joined.contains(phrase.joined)
      }
    }
    // Consent to have data processed is no consent to be called, and a date is no yes.
    if has(Names.processing) { return nil }
    let meaning: Column.Meaning
    if has(Names.doNotContact) {
      meaning = .doNotContact
    } else if has(Names.consent) {
      meaning = .consent
    } else {
      return nil
    }
    let channels = Names.channels.filter { has($0.names) }.flatMap(\.ids)
    return Column(column: heading, meaning: meaning, channels: channels.isEmpty ? nil : channels)
  }

  private enum Names {
    static let doNotContact = headings([
      "do not contact", "do not call", "do not disturb", "do not sms", "do not email", "do not mail", "dnc",
      "no contact", "opt out", "opted out", "unsubscribed", "unsubscribe", "не беспокоить", "не звонить",
      "не контактировать", "не писать", "не слать", "отказ от рекламы", "отказ от рассылки",
      "отказ от рассылок", "отказ от звонков", "отказ от контактов", "отказ от коммуникаций", "отказ от смс",
      "отписан", "отписка", "отписался", "запрет контактов", "запрет на контакты", "запрет звонков",
      "запрет на звонки", "запрет коммуникаций", "запрет рассылки",
    ])
    static let consent = headings([
      "consent", "opt in", "opted in", "contact allowed", "may contact", "marketing allowed",
      "marketing permission", "согласие", "согласен", "согласна", "разрешение на контакт",
      "разрешены контакты", "можно звонить", "можно писать", "soglasie",
    ])
    static let processing = headings([
      "processing", "обработку", "персональных", "пдн", "дата", "date", "credit bureau", "бки",
    ])
    /// Words of a heading, and the channels of the catalogue that they name.
    static let channels: [(names: [Heading], ids: [String])] = [
      (headings(["sms", "смс"]), ["sms"]), (headings(["push", "пуш"]), ["push"]),
      (headings(["email", "e mail", "почта", "почту", "письма", "рассылка"]), ["email"]),
      (headings(["call", "calls", "phone", "звонок", "звонки", "звонить", "телефон"]), ["call", "manager"]),
    ]

    private static func headings(_ texts: [String]) -> [Heading] { texts.map { Heading($0) } }
  }
}
