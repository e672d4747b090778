import EbbTable
import Testing

@testable import EbbClients

/// `ClientTable.make` on a hand-made table.
func clients(
  _ text: String, map: String = "", options: ClientOptions = ClientOptions(), flags: Set<String> = [],
  kinds: [String: Column.Kind] = [:]
) throws -> (clients: ClientTable, quality: DataQuality) {
  let read = HandMadeTable.read(text, flags: flags, kinds: kinds)
  let assignments = try RoleMatcher.match(
    headings: read.table.columns.map(\.name), mapping: RoleMapping(argument: map))
  return try ClientTable.make(from: read, assignments: assignments, options: options)
}

@Suite struct ClientTableMakingTests {
  @Test func putsColumnsInCanonicalOrder() throws {
    let (made, _) = try clients(
      """
      zeta,Exited,Age,CustomerId,Note,alpha,Balance
      a,1,30,5,x,2.5,10.50
      b,0,41,6,x,2.25,20.00
      a,0,52,9,x,1.5,5.25
      """)
    #expect(
      made.schema.entries.map(\.column) == [
        "CustomerId", "Exited", "Age", "Balance", "alpha", "zeta", "Note",
      ])
    #expect(made.table.columns.map(\.name) == made.schema.entries.map(\.column))
    #expect(
      made.schema.entries.map(\.role) == [.id, .churn, .age, .balance, .attribute, .attribute, .ignored])
    #expect(
      made.schema.entries.map(\.kind) == [
        .integer, .flag, .integer, .decimal, .decimal, .category, .category,
      ])
    #expect(made.schema.entry(.balance)?.scale == 2)
    #expect(made.schema.entry("Note")?.reason == .constant)
    #expect(made.column(.churn)?.texts == ["1", "0", "0"])
    guard case .codes(_, let levels)? = made.column(.churn)?.storage else {
      Issue.record("no codes")
      return
    }
    #expect(levels == Levels(texts: ["0", "1"], positive: 1))
  }

  @Test func theOrderOfRowsAndColumnsDoesNotMatter() throws {
    let text = """
      id,churn,city,age,balance,note
      1,1,Тула,30,100.5,p
      2,0,тула,200,,q
      2,0,Тула,20,3,q
      3,1,Омск,12,-4,r
      """
    let (first, quality) = try clients(text)
    let rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let shuffled = [0, 3, 1, 4, 2].map { row in
      [5, 2, 0, 4, 1, 3].map { rows[row][$0] }.joined(separator: ",")
    }
    let (second, other) = try clients(shuffled.joined(separator: "\n"))
    #expect(quality == other)
    #expect(first.schema == second.schema)
    #expect(quality.spellingMerges.count == 1)
    #expect(quality.ranges.map(\.count) == [2, 1])
    #expect(quality.duplicates.repeatedIDs == 1)
  }

  @Test func helpersSayWhatColumnsAreFor() throws {
    let (made, _) = try clients(
      """
      id,churn,products,balance,gender,card,code
      1,1,1,100.5,f,да,a
      2,0,2,200.25,m,нет,b
      3,0,2,,f,да,b
      """)
    #expect(made.schema.numericColumns == ["products", "balance"])
    #expect(made.schema.levelColumns == ["products", "gender", "card", "code"])
    #expect(made.schema.bandedColumns == ["balance"])
    #expect(made.schema.roleColumns[.card] == "card")
    #expect(made.schema.isFlag("card") && made.schema.isFlag("churn") && !made.schema.isFlag("gender"))
    #expect(made.schema.isNumeric("products") && !made.schema.isNumeric("card"))
    #expect(made.schema.entry(.products)?.distinct == 2)
    guard case .codes(_, let levels)? = made.column(.card)?.storage else {
      Issue.record("no codes")
      return
    }
    #expect(levels == Levels(texts: ["да", "нет"], positive: 0))
  }

  @Test func wholeDecimalsAreIntegers() throws {
    let (made, _) = try clients(
      "churn,products,age,balance\n1,1.0,40.0,1.50\n0,2.0,41.0,2.00\n1,,42.0,3.00\n")
    #expect(made.schema.entry(.products)?.kind == .integer)
    #expect(made.schema.entry(.balance)?.kind == .decimal)
    #expect(made.column(.products)?.texts == ["1", "2", nil])
  }

  @Test func identifiersAreKeptOut() throws {
    var lines = ["RowNumber,Surname,churn,code,phone,alphabet,amount,Unnamed: 0,ФИО"]
    for row in 0..<60 {
      lines.append(
        "\(row + 1),Иванов\(row % 7),\(row % 2),\(5000 + (row * 7) % 61),\(79_001_112_233 + row * row),t\(row),\(row * row * 31),\(row),x\(row)"
      )
    }
    let (made, quality) = try clients(lines.joined(separator: "\n"))
    let reasons = Dictionary(uniqueKeysWithValues: quality.ignored.map { ($0.column, $0.reason) })
    #expect(
      reasons == [
        "RowNumber": .rowNumber, "Surname": .personal, "code": .identifierLike, "phone": .personal,
        "alphabet": .identifierLike, "Unnamed: 0": .rowNumber, "ФИО": .personal,
      ])
    #expect(made.schema.entry("amount")?.role == .attribute)
  }

  @Test func aNameWithoutTheContentIsAPlainColumn() throws {
    let (made, quality) = try clients(
      """
      churn,last_activity,score,index,phone,age,gender,city
      1,2020-01-01,A,5,1,20-30,12.5,3
      0,2020-02-01,B,5,0,30-40,13.5,4
      0,2020-02-01,B,7,1,30-40,11.5,4
      """)
    #expect(
      quality.demotions == [
        .init(column: "age", role: .age, kind: .category),
        .init(column: "gender", role: .gender, kind: .decimal),
        .init(column: "last_activity", role: .activity, kind: .category),
        .init(column: "score", role: .score, kind: .category),
      ])
    #expect(made.schema.entries.map(\.role) == [.churn, .city] + Array(repeating: .attribute, count: 6))
  }

  @Test func aRoleTheUserGaveIsNotTakenBack() {
    #expect(throws: ClientError.notNumeric(role: .score, column: "band", kind: .category)) {
      try clients("churn,band\n1,A\n0,B\n", map: "score=band")
    }
    #expect(throws: ClientError.notFlag(role: .card, column: "band", kind: .category, values: ["A", "B"])) {
      try clients("churn,band\n1,A\n0,B\n", map: "card=band")
    }
    #expect(throws: ClientError.emptyColumn(role: .income, column: "pay")) {
      try clients("churn,pay\n1,\n0,\n", map: "income=pay")
    }
  }

  @Test func anEmptyRoleIsNoRole() throws {
    let (made, quality) = try clients("churn,balance,age\n1,,30\n0,,40\n")
    #expect(made.schema.column(.balance) == nil)
    #expect(quality.ignored == [.init(column: "balance", reason: .empty)])
    #expect(quality.demotions == [.init(column: "balance", role: .balance, kind: .empty)])
    #expect(quality.columns.map(\.missing) == [0, 0, 2])
  }

  @Test func constantRolesStayAndAreTold() throws {
    let (made, quality) = try clients("churn,products,tariff\n1,1,x\n0,1,x\n")
    #expect(made.schema.column(.products) == "products")
    #expect(
      quality.constants == [
        .init(column: "products", role: .products, text: "1"),
        .init(column: "tariff", role: .ignored, text: "x"),
      ])
  }

  @Test func countsContradictions() throws {
    let (_, quality) = try clients("churn,active,products\n1,1,1\n1,0,2\n0,1,0\n1,1,0\n0,,2\n")
    #expect(
      quality.contradictions == [
        .init(kind: .activeAndGone, count: 2, of: 3), .init(kind: .stayedWithoutProducts, count: 1, of: 2),
      ])
  }

  @Test func refusesWhatIsNoTableOfClients() {
    #expect(throws: ClientError.noChurnColumn(known: ["age", "city"])) { try clients("age,city\n1,a\n") }
    #expect(throws: ClientError.ambiguousChurn(columns: ["Churn", "Exited"])) {
      try clients("Exited,Churn\n1,1\n0,0\n")
    }
  }

  @Test func oneCoreMakesTheSame() throws {
    let text = "id,churn,city,age\n1,1,a,3\n2,0,A ,4\n2,0,b,5\n"
    #expect(try clients(text, options: ClientOptions(cores: 1)).quality == clients(text).quality)
  }
}
