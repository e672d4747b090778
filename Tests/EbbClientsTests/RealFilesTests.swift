import EbbTable
import Testing

@testable import EbbClients

/// The public table under both its headings. Figures: /shared/expected/truth_bank_dataset.json (`profile`).
@Suite(.enabled(if: SharedFiles.areThere, "no ../shared beside the project"))
struct RealFilesTests {
  private func made(_ name: String, kinds: [String: Column.Kind] = [:]) throws -> (ClientTable, DataQuality) {
    try clients(#require(SharedFiles.text("data/" + name)), kinds: kinds)
  }

  @Test func russianHeadings() throws {
    let (made, quality) = try made("bank_dataset.csv")
    #expect(made.schema.entries.map(\.role) == Role.allCases.filter(\.isUnique))
    #expect(quality.ranges.isEmpty && quality.demotions.isEmpty && quality.ignored.isEmpty)
    #expect(quality.columns.filter { $0.missing > 0 }.map(\.missing) == [3617])
    #expect(quality.duplicates.identicalRows == 0 && quality.duplicates.repeatedIDs == 0)
    #expect(quality.contradictions == [.init(kind: .activeAndGone, count: 735, of: 2037)])
    #expect(quality.zeroBalance?.madeMissing == false)
    #expect(made.schema.levelColumns == ["Products", "City", "Gender", "Objects", "CreditCard", "Loyalty"])
    #expect(made.schema.bandedColumns == ["Age", "Balance", "estimated_salary", "score"])
  }

  @Test func englishHeadingsAreTheSameClients() throws {
    let (russian, first) = try made("bank_dataset.csv")
    let (english, second) = try made("bank_customers_en.csv")
    #expect(
      second.ignored == [
        .init(column: "RowNumber", reason: .rowNumber), .init(column: "Surname", reason: .personal),
      ])
    #expect(second.zeroBalance?.zeros == 3617)
    #expect(second.zeroBalance?.madeMissing == true)
    #expect(first.contradictions == second.contradictions)
    for role in Role.allCases where role.isUnique && role != .city && role != .gender && role != .id {
      let (one, two) = (russian.column(role)?.texts, english.column(role)?.texts)
      #expect(one == two, "\(role)")
      #expect(russian.schema.entry(role)?.kind == english.schema.entry(role)?.kind)
      #expect(russian.schema.entry(role)?.distinct == english.schema.entry(role)?.distinct)
    }
    #expect(
      zip(russian.column(.gender)?.texts ?? [], english.column(.gender)?.texts ?? []).allSatisfy {
        GenderMeaning.of($0 ?? "") == GenderMeaning.of($1 ?? "")
      })
  }
}
