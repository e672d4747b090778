import Testing

@testable import EbbClients

@Suite struct RoleMappingTests {
  @Test func readsPairs() throws {
    let mapping = try RoleMapping(argument: "churn=Exited, доход=Salary,\"score\"='a, b=c',activity=")
    #expect(
      mapping.entries == [
        .init(role: .churn, column: "Exited"), .init(role: .income, column: "Salary"),
        .init(role: .score, column: "a, b=c"),
      ])
    #expect(mapping.without == [.activity])
  }

  @Test func readsAFile() throws {
    let mapping = try RoleMapping(
      text:
        "\u{FEFF}# roles\r\nchurn: Exited  # who left\r\n\r\nбаланс = Остаток, руб.\nignored=\"#code\"\nignored=x\n"
    )
    #expect(
      mapping.entries == [
        .init(role: .churn, column: "Exited"), .init(role: .balance, column: "Остаток, руб."),
        .init(role: .ignored, column: "#code"), .init(role: .ignored, column: "x"),
      ])
  }

  @Test func findsTheColumnDespiteItsSpelling() throws {
    let found = try RoleMatcher.match(
      headings: ["exited", "Est Salary"], mapping: RoleMapping(argument: "churn=EXITED,income=est_salary"))
    #expect(found.columns.map(\.role) == [.churn, .income])
    #expect(found.columns.allSatisfy { $0.reason == .byUser })
  }

  @Test func theUserTakesARoleFromItsColumn() throws {
    let found = try RoleMatcher.match(
      headings: ["Churn", "Exited2", "score"], mapping: RoleMapping(argument: "churn=Exited2,score="))
    #expect(found.columns.map(\.role) == [.attribute, .churn, .attribute])
  }

  @Test func saysWhatIsWrong() {
    #expect(throws: ClientError.malformedMapping(line: 2, text: "income")) {
      try RoleMapping(text: "churn=a\nincome\n")
    }
    #expect(
      throws: ClientError.unknownRole(text: "incme", nearest: "income", known: Role.allCases.map(\.rawValue))
    ) {
      try RoleMapping(argument: "incme=a")
    }
    let headings = ["Exited", "Salary"]
    #expect(throws: ClientError.unknownColumn(name: "Exitd", nearest: "Exited", known: headings)) {
      try RoleMatcher.match(headings: headings, mapping: RoleMapping(argument: "churn=Exitd"))
    }
    #expect(throws: ClientError.unknownColumn(name: "zzzzzz", nearest: nil, known: headings)) {
      try RoleMatcher.match(headings: headings, mapping: RoleMapping(argument: "churn=zzzzzz"))
    }
    #expect(throws: ClientError.columnUsedTwice(column: "Exited", roles: [.churn, .activity])) {
      try RoleMatcher.match(
        headings: headings, mapping: RoleMapping(argument: "churn=Exited,activity=exited"))
    }
    #expect(throws: ClientError.roleUsedTwice(role: .churn, columns: ["Exited", "Salary"])) {
      try RoleMatcher.match(headings: headings, mapping: RoleMapping(argument: "churn=Exited,churn=Salary"))
    }
  }

  @Test func theArgumentComesBeforeTheFile() throws {
    let file = try RoleMapping(text: "churn=a\nincome=b\nignored=c")
    let both = file.overridden(by: try RoleMapping(argument: "income=c,score="))
    #expect(both.entries == [.init(role: .churn, column: "a"), .init(role: .income, column: "c")])
    #expect(both.without == [.score])
  }

}
