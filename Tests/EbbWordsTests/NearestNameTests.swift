import EbbWords
import Testing

@Suite struct NearestNameTests {
  @Test(arguments: [("stdy", "study"), ("Study", "study"), ("inspct", "inspect")])
  func findsTheNearest(typed: String, meant: String) {
    #expect(NearestName.find(typed, in: ["study", "inspect", "sample"]) == meant)
  }

  @Test func farNamesAreNotSuggested() {
    #expect(NearestName.find("frobnicate", in: ["study", "inspect"]) == nil)
  }
}
