import EbbClients
import EbbEngine
import EbbStatistics
import EbbTable
import Foundation
import Testing

@testable import EbbSegments

private let shared = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")
private let hasShared = FileManager.default.fileExists(atPath: shared.appending(path: "expected").path)

/// Every figure of the reference for these chapters is found in them (scipy, statsmodels and others; its README).
@Suite(.enabled(if: hasShared, "../shared is absent: the public tables are not here"))
struct ReferenceFiguresTests {
  /// What no chapter holds: other approximations of what it does hold, and tests that are not part of the study.
  static let notHeld: Set<String> = [
    "anderson", "median_test", "shapiro", "d_se", "d_low", "d_high", "d_low_pingouin", "d_high_pingouin",
    "F_pingouin", "df2_pingouin", "p_pingouin", "p_tukey_equal_var", "p_no_continuity",
  ]

  static func clients(_ file: String) async throws -> (ClientTable, DataQuality) {
    try await clients(path: shared.appending(path: "data/\(file)").path)
  }

  static func clients(path: String) async throws -> (ClientTable, DataQuality) {
    let source = try ByteSource(path: path)
    let reading = try Reading.detect(source)
    let roles = try RoleMatcher.match(headings: reading.columns.map(\.name))
    let read = try await TableReader.read(source, reading, options: roles.readOptions())
    let made = try ClientTable.make(from: read, assignments: roles)
    return (made.clients, made.quality)
  }

  @Test(arguments: ["bank_dataset.csv", "bank_customers_en.csv"])
  func everyFigureIsHeld(file: String) async throws {
    let (clients, quality) = try await Self.clients(file)
    let engine = MemoryEngine(clients)
    let schema = clients.schema
    let questions = Portraits.questions(for: schema).union(Hypotheses.questions(for: schema))
      .union(QualityChapter.questions(for: schema, data: quality))
    let answers = try await engine.answer(questions)
    let chapters: [any Encodable] = [
      Portraits(answers: answers, schema: schema), Hypotheses(answers: answers, schema: schema),
      QualityChapter(answers: answers, schema: schema, data: quality),
    ]
    var known: [Double] = []
    for chapter in chapters {
      Self.collect(try JSONSerialization.jsonObject(with: JSONEncoder().encode(chapter)), &known)
    }
    known.sort()

    let text = try Data(contentsOf: shared.appending(path: "expected/truth_bank_dataset.json"))
    let truth = try #require(JSONSerialization.jsonObject(with: text) as? [String: Any])
    var wanted: [(path: String, value: Double)] = []
    for section in ["portraits", "hypotheses"] { Self.figures(truth[section], section, &wanted) }
    #expect(wanted.count > 2000)
    let lost = wanted.filter { !Self.isHeld($0.path, $0.value, known) }
    let report = lost.prefix(40).map { "\($0.path) = \($0.value)" }.joined(separator: "\n")
    #expect(lost.isEmpty, "\(lost.count) of \(wanted.count) figures are not held:\n\(report)")
  }

  /// A balance is missing for a third of the clients, never in one city: structural, and no gap to fill.
  @Test(arguments: [("bank_dataset.csv", "Ростов Великий"), ("bank_customers_en.csv", "Germany")])
  func missingBalanceIsStructural(file: String, city: String) async throws {
    let (clients, quality) = try await Self.clients(file)
    let schema = clients.schema
    let answers = try await MemoryEngine(clients).answer(
      QualityChapter.questions(for: schema, data: quality))
    let chapter = QualityChapter(answers: answers, schema: schema, data: quality)
    #expect(chapter.missing.map(\.role) == [.balance])
    let balance = try #require(chapter.missing.first)
    #expect(balance.missing == 3617)
    #expect(balance.structural)
    let byCity = try #require(balance.against.first { $0.attribute.role == .city })
    #expect(byCity.groups.filter { $0.pattern == .neverMissing }.map(\.value) == [city])
    #expect(byCity.significant && byCity.test.name == "chiSquared")
    let byChurn = try #require(balance.against.first { $0.attribute.role == .churn })
    // From the reference: 7963 − 4846 who stayed, 2037 − 1537 who left
    #expect(byChurn.groups.map(\.missing.successes) == [3117, 500])
    #expect(byChurn.significant && !byChurn.structural)
    #expect(balance.against.contains { $0.attribute.role == .products })
    #expect(chapter.data.contradictions.contains { $0.kind == .activeAndGone && $0.count > 0 })
  }

  static func collect(_ node: Any?, _ out: inout [Double]) {
    switch node {
    case let object as [String: Any]: for value in object.values { collect(value, &out) }
    case let list as [Any]: for value in list { collect(value, &out) }
    case let number as NSNumber: out.append(number.doubleValue)
    default: break
    }
  }

  /// Figures with digits enough to be recognised: six significant ones, not whole.
  static func figures(_ node: Any?, _ path: String, _ out: inout [(path: String, value: Double)]) {
    switch node {
    case let object as [String: Any]:
      for (key, value) in object where !notHeld.contains(key) { figures(value, path + "." + key, &out) }
    case let list as [Any]:
      for (index, value) in list.enumerated() { figures(value, path + ".\(index)", &out) }
    case let number as NSNumber:
      let value = number.doubleValue
      let digits = "\(abs(value))".split(separator: "e")[0].filter { $0 != "." }
        .drop { $0 == "0" }.reversed().drop { $0 == "0" }.count
      if value != value.rounded(), digits >= 6 { out.append((path, value)) }
    default: break
    }
  }

  static func isHeld(_ path: String, _ value: Double, _ known: [Double]) -> Bool {
    let key = path.split(separator: ".").last.map(String.init) ?? ""
    let relative =
      path.contains("games_howell")
      ? 1e-4 : key == "p" || key.hasPrefix("p_") || key == "fisher_p" || key == "log10_p" ? 1e-6 : 1e-9
    return [value, -value].contains { value in
      let (low, high) = (value - abs(value) * relative, value + abs(value) * relative)
      var (first, last) = (0, known.count)
      while first < last {
        let middle = (first + last) / 2
        if known[middle] < low { first = middle + 1 } else { last = middle }
      }
      return first < known.count && known[first] <= high
    }
  }
}
