import Testing

@testable import EbbRetention

@Suite("The four-fifths rule on the list")
struct SelectionCheckTests {
  private func check(_ groups: [(n: Int, selected: Int)], privacy: Int = 5) -> RetentionPlan.Selection {
    var codes: [Int16] = []
    var chosen: [Bool] = []
    for (index, group) in groups.enumerated() {
      codes += Array(repeating: Int16(index), count: group.n)
      chosen += (0..<group.n).map { $0 < group.selected }
    }
    let attribute = PlanClients.Attribute(
      name: "age", groups: groups.indices.map { .init(value: "g\($0)", low: Double($0), high: nil) },
      codes: codes)
    return SelectionCheck.run(attribute, isSelected: { chosen[$0] }, privacyThreshold: privacy)
  }

  @Test("four fifths pass, less does not")
  func rule() {
    let even = check([(100, 50), (100, 40)])
    #expect(even.lowestRatio == 0.8 && even.passesFourFifths == true)
    let uneven = check([(100, 50), (100, 39)])
    #expect(uneven.passesFourFifths == false)
    #expect(uneven.groups.map(\.passesFourFifths) == [true, false])
    #expect(uneven.groups.map(\.ratio) == [1, 0.78])
  }

  @Test("a small group neither sets the standard nor is judged; a tiny one is not shown")
  func small() {
    let selection = check([(100, 20), (100, 18), (29, 29), (4, 4), (0, 0)])
    #expect(selection.groups.map(\.n) == [100, 100, 29])
    #expect(selection.groups.map(\.passesFourFifths) == [true, true, nil])
    #expect(selection.lowestRatio.map { abs($0 - 0.9) < 1e-12 } == true)
  }

  @Test("nobody selected, or nothing to compare with: no verdict")
  func undefined() {
    #expect(check([(100, 0), (100, 0)]).passesFourFifths == nil)
    #expect(check([(100, 10), (3, 1)]).passesFourFifths == nil)
    #expect(check([]).groups.isEmpty)
  }
}
