import EbbClients
import Testing

struct ColumnFinderTests {
  private static let wanted: [(name: String, role: Role)] = [
    ("City", .city), ("Age", .age), ("usage (Gb)", .attribute), ("Loyalty", .activity), ("userid", .id),
  ]

  @Test(
    arguments: [
      (["userid", "City", "Age", "usage (Gb)", "Loyalty"], [1, 2, 3, 4, 0]),
      // Other case, separators and units; roles under other names.
      (["CustomerId", "возраст", "USAGE", "Город", "IsActiveMember"], [3, 1, 2, 4, 0]),
      (["Город", "x"], [0, nil, nil, nil, nil]),
      ([], [nil, nil, nil, nil, nil]),
      // The same name wins over another column with the role.
      (["Town", "City", "age"], [1, 2, nil, nil, nil]),
    ] as [([String], [Int?])])
  func findsColumnsByNameThenMeaning(headings: [String], places: [Int?]) throws {
    #expect(try ColumnFinder.find(Self.wanted, in: headings) == places)
  }

  @Test func whatTheUserSaysComesFirst() throws {
    let found = try ColumnFinder.find(
      Self.wanted, in: ["City", "Branch", "Age"], mapping: try RoleMapping(argument: "city=Branch"))
    #expect(found == [1, 2, nil, nil, nil])
  }

  @Test func anUnknownColumnIsAnError() {
    #expect(throws: ClientError.self) {
      try ColumnFinder.find(Self.wanted, in: ["City"], mapping: try RoleMapping(argument: "city=Nowhere"))
    }
  }
}
