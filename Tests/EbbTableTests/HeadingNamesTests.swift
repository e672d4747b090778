import Testing

@testable import EbbTable

@Suite struct HeadingNamesTests {
  @Test func uniqueAndNeverEmpty() {
    let names = HeadingNames([" City ", "City", "", "City 2", "city", " "])
    #expect(names.names == ["City", "City 2", "column 3", "City 2 2", "city", "column 6"])
    #expect(names.changes.map(\.cause) == [.duplicate, .empty, .duplicate, .empty])
  }

  @Test(arguments: [
    ("credit_\u{441}ard", "credit_card"), ("\u{421}hurn", "Churn"), ("Бaланс", "Баланс"),
    ("credit card", "credit card"),
    ("Доход USD", "Доход USD"), ("ДоходUSD", "ДоходUSD"), ("Sсorе", "Score"), ("город", "город"),
  ])
  func lookalikes(_ heading: String, _ expected: String) {
    #expect(HeadingNames.repairingLookalikes(heading).text == expected)
  }
}
