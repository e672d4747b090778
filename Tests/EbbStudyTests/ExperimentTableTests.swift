import EbbRetention
import EbbStudy
import Foundation
import Testing

@Suite("Results of an experiment as they come back")
struct ExperimentTableTests {
  private static func read(
    _ text: String, _ request: ExperimentRequest = ExperimentRequest()
  ) async throws -> ExperimentTable {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    return try await ExperimentTable.read(path: path.path, request: request)
  }

  @Test("one client in both arms, or with two outcomes, is refused by id")
  func contradictions() async throws {
    await #expect(throws: ExperimentError.inBothArms(column: "id", ids: ["7"], count: 1)) {
      try await Self.read("id,arm,left\n7,treat,0\n7,control,0\n8,control,1\n")
    }
    await #expect(throws: ExperimentError.twoOutcomes(column: "id", ids: ["7"], count: 1)) {
      try await Self.read("id,arm,left\n7,treat,0\n7,treat,1\n8,control,1\n")
    }
  }

  @Test("a repeated row counts once, and a known outcome beats a missing one")
  func repeats() async throws {
    let table = try await Self.read("id,arm,left\n7,treat,\n7,treat,1\n7,treat,1\n8,control,1\n9,control,0\n")
    #expect(table.rows.duplicates == 2)
    #expect(table.counts.treated == .init(left: 1, stayed: 0))
    #expect(table.counts.control == .init(left: 1, stayed: 1))
  }

  @Test("several values may mean treated")
  func severalArms() async throws {
    let text = "id,arm,left\n1,call,0\n2,sms,1\n3,control,1\n4,control,0\n"
    let table = try await Self.read(text)
    #expect(table.columns.arm.treated == ["call", "sms"])
    #expect(table.counts.treated.known == 2)
    let numbered = try await Self.read(
      "id,arm,left\n1,1,0\n2,2,1\n3,0,1\n4,0,0\n", ExperimentRequest(controlText: "0"))
    #expect(numbered.columns.arm.treated == ["1", "2"])
  }

  @Test("1 beside 2 is no yes")
  func unknownNumbers() async throws {
    await #expect(throws: ExperimentError.meaningUnknown(.arm, column: "arm", values: ["1", "2"])) {
      try await Self.read("id,arm,left\n1,1,0\n2,2,1\n3,1,1\n4,2,0\n")
    }
  }

  @Test("two columns that could be the arm are named")
  func ambiguous() async throws {
    await #expect(throws: ExperimentError.ambiguous(.arm, columns: ["arm", "group"])) {
      try await Self.read("id,arm,group,left\n1,treat,control,0\n2,control,treat,1\n")
    }
  }

  @Test("value of the leavers, cost of the treated")
  func money() async throws {
    let table = try await Self.read(
      "id,arm,left,value,cost\n1,treat,1,100,30\n2,treat,0,900,50\n3,control,1,300,0\n4,control,0,7,0\n")
    #expect(table.value == 200)
    #expect(table.cost == 40)
    let without = try await Self.read(
      "id,arm,left,value\n1,treat,1,a\n2,treat,0,b\n3,control,1,c\n4,control,0,d\n")
    #expect(without.value == nil && without.columns.value == nil)
  }
}
