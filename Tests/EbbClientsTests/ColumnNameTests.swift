import EbbClients
import Testing

@Suite struct ColumnNameTests {
  static let columns: [(column: String, role: Role)] = [
    ("CustomerId", .id), ("Est. Salary", .income), ("Город", .city), ("visits", .attribute),
    ("Visits", .attribute),
    ("Shop Area", .attribute),
  ]

  @Test(arguments: [
    ("Est. Salary", "Est. Salary"), ("EST_SALARY", "Est. Salary"), ("shop-area", "Shop Area"),
    ("shopArea", "Shop Area"), ("income", "Est. Salary"), ("доход", "Est. Salary"), ("город", "Город"),
    ("city", "Город"), ("visits", "visits"), ("Visits", "Visits"),
  ])
  func finds(name: String, column: String) throws {
    #expect(try ColumnName.find(name, in: Self.columns) == column)
  }

  @Test func suggestsTheNearest() {
    let known = Self.columns.map(\.column)
    #expect(throws: ClientError.unknownColumn(name: "shop arae", nearest: "Shop Area", known: known)) {
      try ColumnName.find("shop arae", in: Self.columns)
    }
    // Two columns fit equally well: neither is taken
    #expect(throws: ClientError.self) { try ColumnName.find("VISITS", in: Self.columns) }
    #expect(throws: ClientError.unknownColumn(name: "", nearest: nil, known: known)) {
      try ColumnName.find("", in: Self.columns)
    }
  }
}
