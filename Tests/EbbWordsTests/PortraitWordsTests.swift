import EbbSegments
import EbbWords
import Foundation
import Testing

@Suite struct PortraitWordsTests {
  /// A portrait written as study.json has it.
  static func portrait(_ group: String, _ value: String, traits: String = "") throws -> Portrait {
    try JSONDecoder().decode(
      Portrait.self,
      from: Data(
        """
        {"group": "\(group)", "value": "\(value)", "numbers": [], "categories": [], "traits": [\(traits)],
         "share": {"having": 2037, "of": 10000, "share": 0.2037}}
        """.utf8))
  }

  static func trait(
    _ kind: String, _ column: String, _ role: String, _ value: String?, _ here: Double, _ elsewhere: Double,
    _ effect: Double, typical: Bool = true
  ) -> String {
    let level = value.map { "\"value\": \"\($0)\"," } ?? ""
    return """
      {"kind": "\(kind)", "column": "\(column)", "role": "\(role)", \(level) "here": \(here),
       "elsewhere": \(elsewhere), "effect": \(effect), "direction": "\(effect > 0 ? "higher" : "lower")",
       "test": "welchT", "typical": \(typical)}
      """
  }

  @Test(arguments: [
    ("1", "Клиенты с 1\u{00A0}продуктом", "Clients with 1\u{00A0}product"),
    ("2", "Клиенты с 2\u{00A0}продуктами", "Clients with 2\u{00A0}products"),
    ("5", "Клиенты с 5\u{00A0}продуктами", "Clients with 5\u{00A0}products"),
    ("21", "Клиенты с 21\u{00A0}продуктом", "Clients with 21\u{00A0}products"),
    ("3+", "Клиенты с числом продуктов «3+»", "Clients with “3+” as the number of products"),
  ])
  func productGroups(value: String, russian: String, english: String) throws {
    let portrait = try Self.portrait("products", value)
    #expect(PortraitWords(.russian).name(portrait) == russian)
    #expect(PortraitWords(.english).name(portrait) == english)
  }

  @Test func traitsAreSaidWithTheirFigures() throws {
    let traits = [
      Self.trait("number", "Age", "age", nil, 44.84, 37.41, 0.7378),
      Self.trait("level", "City", "city", "Ростов", 0.4, 0.213, 0.42),
      Self.trait("missing", "Balance", "balance", nil, 0.2454, 0.3914, -0.31),
      Self.trait("number", "visits", "attribute", nil, 1, 2, -0.5),
      Self.trait("level", "Card", "card", "1", 0.7, 0.71, -0.02, typical: false),
    ].joined(separator: ",")
    let portrait = try Self.portrait("left", "1", traits: traits)
    let plain: (String) -> [String] = { text in
      text.map { $0 == "\u{00A0}" || $0 == "\u{202F}" ? " " : String($0) }.joined()
        .split(separator: "\n").map(String.init)
    }
    #expect(
      plain(PortraitWords(.english).text(portrait)) == [
        "Those who left: 2,037 clients, 20.4% of all. What sets them apart from the rest:",
        "  – age is higher: 44.84 on average against 37.41 (d = +0.74)",
        "  – city “Ростов” is met more often: 40.0% against 21.3% (h = +0.42)",
        "  – balance is missing less often: 24.5% against 39.1% (h = −0.31)",
        "  – “visits” is lower: 1 on average against 2 (d = −0.50)",
      ])
    #expect(
      plain(PortraitWords(.russian).text(portrait)) == [
        "Ушедшие: 2037 клиентов, 20,4 % всех. Что отличает их от остальных:",
        "  – возраст выше: в среднем 44,84 против 37,41 (d = +0,74)",
        "  – город «Ростов» встречается чаще: 40,0 % против 21,3 % (h = +0,42)",
        "  – баланс: данных нет реже: 24,5 % против 39,1 % (h = −0,31)",
        "  – «visits» ниже: в среднем 1 против 2 (d = −0,50)",
      ])
  }

  @Test func nothingTypicalIsSaidToo() throws {
    let portrait = try Self.portrait("stayed", "0")
    #expect(PortraitWords(.russian).text(portrait).hasSuffix("Ничто заметно не отличает их от остальных."))
    #expect(PortraitWords(.english).text(portrait).hasPrefix("Those who stayed: "))
  }
}
