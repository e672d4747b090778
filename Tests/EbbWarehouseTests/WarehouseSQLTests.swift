import EbbForecast
import Testing

@testable import EbbWarehouse

@Suite struct WarehouseSQLTests {
  private let sql = WarehouseSQL(.postgresql)

  @Test(arguments: [
    ("clients", ["clients"]), ("bank.clients", ["bank", "clients"]), ("\"a.b\".c", ["a.b", "c"]),
    ("\"say \"\"x\"\"\".t", ["say \"x\"", "t"]), ("Клиенты", ["Клиенты"]),
  ])
  func partsOfATable(_ name: String, _ parts: [String]) { #expect(WarehouseSQL.parts(name) == parts) }

  @Test func hostileNamesStayNames() throws {
    #expect(try sql.name("\"; drop table x; --") == "\"\"\"; drop table x; --\"")
    #expect(try sql.table("a.\"b\"\";\"") == "\"a\".\"b\"\";\"")
    #expect(throws: WarehouseError.noTable("")) { try sql.name("") }
    #expect(throws: WarehouseError.noTable("a\0b")) { try sql.name("a\0b") }
  }

  @Test func textsStayTexts() throws {
    #expect(try sql.text("О'мск") == "'О''мск'")
    #expect(try sql.text("a\\'; --") == " E'a\\\\''; --'")
  }

  /// Evaluated here as the database would: every value falls into the step it begins.
  @Test func stepsAreATree() {
    #expect(sql.steps("v", starts: [0], codes: [7]) == "7")
    #expect(
      sql.steps("v", starts: [0, 10, 20], codes: [1, 2, 3])
        == "CASE WHEN v < 10 THEN 1 ELSE CASE WHEN v < 20 THEN 2 ELSE 3 END END")
    #expect(sql.literal(-5) == "(-5)")
    #expect(
      sql.literal(.min) == "(-9223372036854775807 - 1)" || sql.literal(.min) == "((-9223372036854775807) - 1)"
    )
  }
}
