import EbbRetention
import Foundation
import Testing

@Suite("A catalogue's file is read, or refused with the line")
struct CatalogueFileTests {
  static let good = """
    channels:
      - id: call
        name: {ru: Звонок, en: Call}
        cost: 10
        strength: 0.5
    recommendations:
      - id: a
        title: {ru: А, en: A}
        audience:
          - products in 3, 4
        when:
          - lift >= 1.2
        why: {ru: "{rate}", en: "{rate}"}
        action: {ru: а, en: a}
        offers:
          - {ru: а, en: a}
        measure: {ru: а, en: a}
        channels: [call]
        offerCost: 5
        effect: 0.1
        grade: expert
    """

  private static func fault(_ text: String) -> CatalogueError? { fault(Array(text.utf8)) }

  private static func fault(_ bytes: [UInt8]) -> CatalogueError? {
    do throws(CatalogueError) {
      _ = try CatalogueFile.read(bytes, name: "my.yaml")
      return nil
    } catch {
      return error
    }
  }

  @Test func good() throws {
    let catalogue = try CatalogueFile.read(Array(Self.good.utf8), name: "my.yaml")
    let entry = try #require(catalogue.recommendations.first)
    #expect(entry.audience.first?.values == [.number(3), .number(4)])
    #expect(entry.when.first?.figure == .lift && entry.when.first?.value == 1.2)
    #expect(entry.line == 7)
    #expect(
      catalogue.channels == [
        .init(id: "call", name: .init(en: "Call", ru: "Звонок"), cost: 10, strength: 0.5, capacityPerDay: nil)
      ])
  }

  @Test func shipped() throws {
    let catalogue = CatalogueFile.builtIn
    #expect(catalogue.recommendations.count >= 10)
    for entry in catalogue.recommendations {
      #expect(entry.isInvestigation || !entry.channels.isEmpty)
      #expect((0.01...0.15).contains(entry.effect))
      #expect((2...4).contains(entry.offers.count))
    }
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let from: String
    let to: String
    let line: Int
    let problem: CatalogueError.Problem
    var testDescription: String { to }
  }

  private static let operators = AudienceCondition.Operator.allCases.map(\.rawValue)

  @Test(
    "every fault with its line",
    arguments: [
      Fault(
        from: "    offerCost: 5", to: "    offercost: 5", line: 19,
        problem: .unknownKey(
          "offercost", nearest: "offerCost",
          known: [
            "id", "title", "audience", "when", "why", "action", "offers", "measure", "caution", "channels",
            "offerCost", "effect", "grade", "investigation",
          ])),
      Fault(
        from: "    title: {ru: А, en: A}", to: "    title: {ru: А}", line: 8,
        problem: .missingTranslation(key: "title", language: "en")),
      Fault(
        from: "    title: {ru: А, en: A}", to: "    title: {ru: А, en: }", line: 8,
        problem: .emptyText(key: "en")),
      Fault(
        from: "    title: {ru: А, en: A}", to: "    title: Title", line: 8,
        problem: .wrongShape(key: "title", expected: .mapping, found: .text)),
      Fault(from: "    effect: 0.1\n", to: "", line: 7, problem: .missingKey("effect", of: "recommendation")),
      Fault(
        from: "effect: 0.1", to: "effect: 1.5", line: 20,
        problem: .outOfRange(key: "effect", text: "1.5", low: 0, high: 1)),
      Fault(
        from: "effect: 0.1", to: "effect: 0,1", line: 20, problem: .notANumber(key: "effect", text: "0,1")),
      Fault(
        from: "effect: 0.1", to: "effect: nan", line: 20, problem: .notANumber(key: "effect", text: "nan")),
      Fault(
        from: "effect: 0.1", to: "effect: [0.1]", line: 20,
        problem: .wrongShape(key: "effect", expected: .text, found: .list)),
      Fault(
        from: "grade: expert", to: "grade: exprt", line: 21,
        problem: .unknownGrade(
          "exprt", nearest: "expert", known: ["experiment", "adjustedAssociation", "expert"])),
      Fault(
        from: "channels: [call]", to: "channels: [cal]", line: 18,
        problem: .unknownChannel("cal", nearest: "call", known: ["call"])),
      Fault(from: "channels: [call]", to: "channels: []", line: 18, problem: .emptyList(key: "channels")),
      Fault(
        from: "channels: [call]", to: "channels: [call, call]", line: 18, problem: .repeatedChannel("call")),
      Fault(
        from: "products in 3, 4", to: "prodcts in 3, 4", line: 10,
        problem: .unknownRole(
          "prodcts", nearest: "products",
          known: [
            "products", "city", "gender", "age", "objects", "balance", "income", "score", "card", "activity",
            "risk",
          ])),
      Fault(
        from: "products in 3, 4", to: "age => 45", line: 10,
        problem: .unknownOperator("=>", nearest: ">=", known: operators)),
      Fault(
        from: "products in 3, 4", to: "products", line: 10,
        problem: .noOperator("products", known: operators)),
      Fault(
        from: "products in 3, 4", to: "balance >= many", line: 10,
        problem: .unfitValue(condition: "balance >= many", wanted: .numberOrQuantile)),
      Fault(
        from: "products in 3, 4", to: "balance >= quantile 75", line: 10,
        problem: .unfitValue(condition: "balance >= quantile 75", wanted: .quantileShare)),
      Fault(
        from: "products in 3, 4", to: "gender = female", line: 10,
        problem: .unfitValue(condition: "gender = female", wanted: .womanOrMan)),
      Fault(
        from: "products in 3, 4", to: "age >= 45", line: 10, problem: .cautionRequired(id: "a")),
      Fault(
        from: "products in 3, 4", to: "products = worst", line: 10,
        problem: .unfitValue(condition: "products = worst", wanted: .cityForWorst)),
      Fault(
        from: "products in 3, 4", to: "risk < 0.5", line: 10,
        problem: .unfitValue(condition: "risk < 0.5", wanted: .atLeastForRisk)),
      Fault(
        from: "      - products in 3, 4", to: "      - score > 1\n      - score > 2", line: 11,
        problem: .contradiction(condition: "score > 2", line: 10)),
      Fault(
        from: "lift >= 1.2", to: "lift >= big", line: 12,
        problem: .unfitValue(condition: "lift >= big", wanted: .number)),
      Fault(from: "    grade: expert", to: "    grade: &x expert", line: 21, problem: .alias),
      Fault(from: "    grade: expert", to: "    grade: *x", line: 21, problem: .alias),
      Fault(from: "    grade: expert", to: "    grade: !!str expert", line: 21, problem: .tag),
      Fault(
        from: "    grade: expert", to: "    grade: expert\n    grade: expert", line: 22,
        problem: .repeatedKey("grade")),
      Fault(
        from: "    grade: expert", to: "    grade: expert\n---\nx: 1", line: 22, problem: .severalDocuments),
      Fault(
        from: "    grade: expert", to: "    grade: [[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]", line: 21,
        problem: .tooDeep(limit: 12)),
      Fault(
        from: "  - id: call", to: "  - id: 5", line: 2, problem: .malformedID("5")),
    ])
  func fault(_ fault: Fault) {
    let text = Self.good.replacing(fault.from, with: fault.to, maxReplacements: 1)
    #expect(text != Self.good)
    #expect(
      Self.fault(text) == CatalogueError(name: "my.yaml", line: fault.line, problem: fault.problem))
  }

  @Test func placesAndFigures() {
    let place = Self.fault(Self.good.replacing("{rate}", with: "{rat}", maxReplacements: 1))
    guard case .unknownPlace("rat", nearest: "rate", _)? = place?.problem else {
      Issue.record("\(String(describing: place))")
      return
    }
    #expect(place?.line == 13)
    let brace = Self.fault(Self.good.replacing("{rate}", with: "{rate", maxReplacements: 1))
    #expect(brace?.problem == .unbalancedBraces(key: "why") && brace?.line == 13)
    let figure = Self.fault(Self.good.replacing("lift >=", with: "lft >="))
    guard case .unknownFigure("lft", nearest: "lift", _)? = figure?.problem else {
      Issue.record("\(String(describing: figure))")
      return
    }
    #expect(figure?.line == 12)
  }

  @Test func repeatedIDs() {
    let start = Self.good.range(of: "  - id: a")!.lowerBound
    let twice = Self.good + "\n" + Self.good[start...]
    #expect(Self.fault(twice)?.problem == .repeatedID("a", firstLine: 7))
    #expect(Self.fault(twice)?.line == 22)
  }

  @Test("what is no catalogue at all")
  func notEvenAFile() {
    #expect(Self.fault("")?.problem == .empty)
    #expect(Self.fault("# nothing\n")?.problem == .empty)
    #expect(
      Self.fault("just words")?.problem == .wrongShape(key: "catalogue", expected: .mapping, found: .text))
    #expect(Self.fault([0x61, 0x3A, 0x0A, 0x62, 0xFF])?.problem == .notUTF8)
    #expect(Self.fault([0x61, 0x3A, 0x0A, 0x62, 0xFF])?.line == 2)
    #expect(
      Self.fault([UInt8](repeating: 35, count: CatalogueFile.sizeLimit + 1))?.problem
        == .tooLarge(bytes: CatalogueFile.sizeLimit + 1, limit: CatalogueFile.sizeLimit))
    let open = Self.fault("channels:\n  - {id: a\nrecommendations: [")
    guard case .broken? = open?.problem else {
      Issue.record("\(String(describing: open))")
      return
    }
    let control = Self.fault("a: 1\nb: \u{1}\n")
    guard case .broken? = control?.problem else {
      Issue.record("\(String(describing: control))")
      return
    }
    #expect(control?.line == 2)
    #expect(Self.fault(String(repeating: "[", count: 100_000)) != nil)
    #expect(Self.fault(String(repeating: "{a: ", count: 100_000)) != nil)
  }

  @Test(
    "the shipped file with each line gone, and each value mangled: no crash, and every error has its line")
  func mangled() {
    let lines = String(decoding: CatalogueFile.builtInBytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var refused = 0
    func check(_ changed: [String]) {
      if let error = Self.fault(changed.joined(separator: "\n")) {
        refused += 1
        #expect((1...changed.count + 1).contains(error.line))
      }
    }
    let step = 3
    for index in stride(from: 0, to: lines.count, by: step) {
      var gone = lines
      gone.remove(at: index)
      check(gone)
      for word in ["", " x", " [", " {a: b}", " \u{7F}\u{1F600}", " -1e999", " 'open", "\tx", " &a b"] {
        var changed = lines
        let kept = lines[index].prefix { $0 != ":" }
        changed[index] = kept + ":" + word
        check(changed)
      }
    }
    #expect(refused > lines.count / step * 5)
  }
}
