import EbbTable
import Testing

@testable import EbbClients

@Suite struct ChurnReadingTests {
  @Test(arguments: [
    ("Churn", "1", "0", ChurnCoding.Basis.yesMeansLeft), ("отток", "да", "нет", .yesMeansLeft),
    ("Exited", "True", "False", .yesMeansLeft), ("churn", "Y", "N", .yesMeansLeft),
    ("ушел", "Да", "Нет", .yesMeansLeft), ("Churn", "есть", "нет", .yesMeansLeft),
    ("остался", "0", "1", .yesMeansStayed), ("retained", "no", "yes", .yesMeansStayed),
    ("Attrition_Flag", "Attrited Customer", "Existing Customer", .words),
    ("отток", "ушёл", "остался", .words),
    ("churn", "left", "ok", .words), ("churn", "zzz", "Stayed", .words), ("churn", "отток", "нет", .words),
    // Words that say who left stand above the heading.
    ("retained", "churned", "retained", .words), ("churn", "неактивный клиент", "действующий", .words),
  ])
  func knowsWhoLeft(heading: String, left: String, stayed: String, basis: ChurnCoding.Basis) throws {
    let (made, quality) = try clients("\(heading),age\n\(left),30\n\(stayed),40\n\(stayed),50\n")
    #expect(quality.churn == ChurnCoding(column: heading, leftText: left, stayedText: stayed, basis: basis))
    guard case .codes(_, let levels)? = made.column(.churn)?.storage else {
      Issue.record("no codes")
      return
    }
    #expect(levels.positive.map { levels.texts[$0] } == left)
    #expect(made.column(.churn)?.texts == [left, stayed, stayed])
    #expect(made.schema.entry(.churn)?.kind == .flag)
  }

  @Test func spellingsOfOneMeaningAreOneValue() throws {
    let (made, _) = try clients("отток,age\nДа,3\nда,4\nнет,5\nНет,6\nнет,7\nда,8\n")
    #expect(made.column(.churn)?.texts == ["да", "да", "нет", "нет", "нет", "да"])
  }

  @Test func theUserMayNameTheValue() throws {
    let (_, quality) = try clients("churn\nb\na\na\nc\n", options: ClientOptions(churnedText: "B"))
    #expect(quality.churn == ChurnCoding(column: "churn", leftText: "b", stayedText: "a", basis: .byUser))
    #expect(throws: ClientError.churnMeaningUnknown(column: "churn", values: ["a", "b"])) {
      try clients("churn\nb\na\n", options: ClientOptions(churnedText: "x"))
    }
  }

  @Test func refusesWhatItCannotRead() {
    #expect(throws: ClientError.churnOneValue(column: "churn", value: "0", rows: 2)) {
      try clients("churn\n0\n0\n")
    }
    #expect(throws: ClientError.churnOneValue(column: "churn", value: "yes", rows: 1)) {
      try clients("churn\nyes\n")
    }
    #expect(throws: ClientError.churnMeaningUnknown(column: "churn", values: ["1", "2"])) {
      try clients("churn\n1\n2\n")
    }
    #expect(throws: ClientError.churnMeaningUnknown(column: "churn", values: ["a", "b"])) {
      try clients("churn\na\nb\n")
    }
    #expect(throws: ClientError.churnNotFlag(column: "churn", kind: .category, values: ["a", "b", "c"])) {
      try clients("churn\na\nb\nc\n")
    }
    #expect(throws: ClientError.churnNotFlag(column: "churn", kind: .integer, values: [])) {
      try clients("churn\n1\n2\n3\n")
    }
    #expect(throws: ClientError.churnMissing(column: "churn", rows: 1)) {
      try clients("churn,a\n1,1\n,2\n0,3\n")
    }
    #expect(throws: ClientError.emptyColumn(role: .churn, column: "churn")) {
      try clients("churn,a\n,1\n,2\n")
    }
  }
}
