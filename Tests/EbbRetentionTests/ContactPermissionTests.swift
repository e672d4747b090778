import EbbClients
import EbbTable
import Testing

@testable import EbbRetention

@Suite("Who may be contacted")
struct ContactPermissionTests {
  @Test(
    "headings that speak of consent, or forbid, and for which channels",
    arguments: [
      ("consent", .consent, nil), ("Marketing_Consent", .consent, nil),
      ("Согласие на рекламу", .consent, nil),
      ("согласие на СМС", .consent, ["sms"]), ("opt_in_email", .consent, ["email"]),
      ("do_not_contact", .doNotContact, nil), ("DNC", .doNotContact, nil),
      ("Do Not Call", .doNotContact, ["call", "manager"]), ("не беспокоить", .doNotContact, nil),
      ("Отказ от рассылки", .doNotContact, nil), ("не звонить", .doNotContact, ["call", "manager"]),
      ("opt-out", .doNotContact, nil), ("unsubscribed", .doNotContact, nil),
    ] as [(String, ContactPermission.Column.Meaning, [String]?)])
  func headings(heading: String, meaning: ContactPermission.Column.Meaning, channels: [String]?) throws {
    let found = try #require(ContactPermission.meaning(heading))
    #expect(found.meaning == meaning)
    if heading != "Отказ от рассылки" { #expect(found.channels == channels) }
  }

  @Test(
    "other columns are left alone",
    arguments: [
      "balance", "согласие на обработку персональных данных", "consent date", "количество отказов",
      "city", "contacts", "phone", "последний звонок", "control",
    ])
  func others(heading: String) { #expect(ContactPermission.meaning(heading) == nil) }

  private static func table(_ name: String, _ texts: [String], codes: [Int64], missing: [Int] = [])
    -> ClientTable
  {
    var words = [UInt64](repeating: 0, count: 1)
    for row in missing { words[0] |= 1 << UInt64(row) }
    let column = Column(
      name: name, kind: .category,
      storage: .codes([PackedIntegers(packing: codes)], levels: Levels(texts: texts)),
      missing: [missing.isEmpty ? nil : BitMask(words: words, rowCount: codes.count)])
    return ClientTable(
      table: Table(columns: [column], chunkRowCounts: [codes.count]),
      schema: ClientSchema(entries: [
        .init(column: name, role: .attribute, kind: .category, scale: 0, reason: .plainAttribute)
      ]))
  }

  @Test("only a plain yes is consent; nothing and anything unclear is not")
  func consent() {
    let clients = Self.table("consent", ["да", "нет", "спросить"], codes: [0, 1, 2, 0], missing: [3])
    let (permission, open) = ContactPermission(clients.schema).answers(clients, channels: ["sms"])
    #expect(permission == [0, 1, 1, 1])
    #expect(open == nil)
  }

  @Test("do not contact: yes and unclear close, no and nothing let through")
  func doNotContact() {
    let clients = Self.table("do not contact", ["yes", "no", "?"], codes: [0, 1, 2, 1], missing: [3])
    #expect(ContactPermission(clients.schema).answers(clients, channels: []).permission == [2, 0, 2, 0])
  }

  @Test("a channel's consent closes that channel alone, and the client where no other is left")
  func channels() {
    let clients = Self.table("согласие на смс", ["да", "нет"], codes: [0, 1])
    let several = ContactPermission(clients.schema).answers(clients, channels: ["call", "sms"])
    #expect(several.permission == [0, 0])
    #expect(several.open == [0b11, 0b01])
    let alone = ContactPermission(clients.schema).answers(clients, channels: ["sms"])
    #expect(alone.permission == [0, 1])
  }
}
