import EbbClients
import Foundation
import Testing

@testable import EbbSegments

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
private let shared = root.deletingLastPathComponent().appending(path: "shared")
private let hasShared = FileManager.default.fileExists(atPath: shared.appending(path: "expected").path)

/// The chapters of profile and churn against figures of scipy, statsmodels, scikit-learn and pandas.
@Suite struct ProfileAndChurnReferenceTests {
  typealias Object = [String: Any]

  static func object(_ file: URL) throws -> Object {
    try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? Object)
  }

  static func check(
    _ chapters: (profile: Profile, churn: Churn?), _ truth: Object, names: [String: String] = [:]
  ) throws -> ReferenceCheck {
    var check = ReferenceCheck(names: names)
    check.profile(chapters.profile, try #require(truth["profile"] as? Object))
    check.association(
      try #require(chapters.profile.association), chapters.profile.columns,
      try #require(truth["association"] as? Object))
    check.churn(try #require(chapters.churn), try #require(truth["churn"] as? Object))
    return check
  }

  /// Figures: Tests/golden/profile_churn.py.
  @Test func madeUpBank() async throws {
    let chapters = try await MadeUpBank.chapters(MadeUpBank.csv(MadeUpBank.clients))
    let check = try Self.check(
      chapters, try Self.object(root.appending(path: "Tests/golden/profile_churn.json")))
    #expect(check.compared > 1900)
    #expect(check.wrong.isEmpty, "\(check.wrong.joined(separator: "\n"))")
  }

  static let english = [
    "Ростов Великий": "Germany", "Рыбинск": "Spain", "Ярославль": "France", "Ж": "Female", "М": "Male",
  ]

  @Test(
    .enabled(if: hasShared, "../shared is absent: the public tables are not here"),
    arguments: [("bank_dataset.csv", [:]), ("bank_customers_en.csv", Self.english)])
  func publicTables(file: String, names: [String: String]) async throws {
    let (clients, quality) = try await ReferenceFiguresTests.clients(file)
    let chapters = try await MadeUpBank.chapters(clients, quality)
    let check = try Self.check(
      chapters, try Self.object(shared.appending(path: "expected/truth_bank_dataset.json")), names: names)
    #expect(check.compared > 2300)
    #expect(check.wrong.isEmpty, "\(check.wrong.joined(separator: "\n"))")
  }

  /// A check that cannot fail is none: a figure changed in its ninth digit is noticed.
  @Test func aChangedFigureIsNoticed() async throws {
    let chapters = try await MadeUpBank.chapters(MadeUpBank.csv(MadeUpBank.clients))
    var truth = try Self.object(root.appending(path: "Tests/golden/profile_churn.json"))
    var churn = try #require(truth["churn"] as? Object)
    var overall = try #require(churn["overall"] as? Object)
    overall["wilson_low"] = try #require(overall["wilson_low"] as? Double) * (1 + 3e-9)
    churn["overall"] = overall
    truth["churn"] = churn
    let check = try Self.check(chapters, truth)
    #expect(check.wrong.count == 1)
  }
}
