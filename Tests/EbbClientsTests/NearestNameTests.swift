import Testing

@testable import EbbClients

@Suite struct NearestNameTests {
  @Test(arguments: [("stdy", "study"), ("Study", "study"), ("inspct", "inspect")])
  func findsTheNearest(typed: String, meant: String) {
    #expect(NearestName.find(typed, among: ["study", "inspect", "sample"]) == meant)
  }

  @Test func headingsAreComparedByTheirWords() {
    #expect(NearestName.find("Balanse", among: ["Age", "Balance"]) == "Balance")
  }

  @Test func farNamesAreNotSuggested() {
    #expect(NearestName.find("frobnicate", among: ["study", "inspect"]) == nil)
  }

  @Test(arguments: [("ca", "abc", 3), ("balanec", "balance", 1), ("", "abc", 3)])
  func swappedNeighboursAreOneEdit(first: String, second: String, edits: Int) {
    #expect(NearestName.edits(Array(first), Array(second)) == edits)
  }

  @Test func longTextsAreNotCompared() {
    #expect(NearestName.find(String(repeating: "x", count: 201), among: ["x"]) == nil)
  }
}
