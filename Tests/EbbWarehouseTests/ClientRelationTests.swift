import EbbTable
import Testing

@testable import EbbWarehouse

@Suite struct ClientRelationTests {
  private let relation = ClientRelation(
    columns: [
      WarehouseColumn(
        column: Column(name: "a", kind: .integer, storage: .scaled([], scale: 0), missingCount: 0),
        stored: "t.\"a\""),
      WarehouseColumn(
        column: Column(
          name: "b", kind: .category, storage: .codes([], levels: Levels(texts: [])), missingCount: 0),
        stored: "m1.v", join: "LEFT JOIN l m1 ON m1.k = t.\"b\""),
    ], rows: "\"x\" t", parts: ["\"p\" t", "\"q\" t"], conditions: ["t.\"a\" > 0"])

  @Test func onlyWhatIsAskedIsReadAndJoined() {
    #expect(relation.select([0]) == "SELECT t.\"a\" AS c0 FROM \"x\" t WHERE (t.\"a\" > 0)")
    #expect(
      relation.select([1, 0, 1], where: "true")
        == "SELECT t.\"a\" AS c0, m1.v AS c1 FROM \"x\" t LEFT JOIN l m1 ON m1.k = t.\"b\" WHERE (t.\"a\" > 0) AND (true)"
    )
    #expect(relation.select([]) == "SELECT 1 AS one FROM \"x\" t WHERE (t.\"a\" > 0)")
  }

  @Test func whatCanBeAddedUpIsAskedPartByPart() {
    let statement = relation.adding([0]) { "SELECT COUNT(*) FROM (\($0)) r" }
    #expect(
      statement == """
        (SELECT COUNT(*) FROM (SELECT t."a" AS c0 FROM "p" t WHERE (t."a" > 0)) r) UNION ALL \
        (SELECT COUNT(*) FROM (SELECT t."a" AS c0 FROM "q" t WHERE (t."a" > 0)) r)
        """)
  }

  @Test func columnsAreFoundByName() {
    #expect(relation.number("b") == 1)
    #expect(relation.number("c") == nil)
  }
}
