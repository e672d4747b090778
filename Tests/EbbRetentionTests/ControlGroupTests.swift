import EbbForecast
import Testing

@testable import EbbRetention

@Suite("The control group")
struct ControlGroupTests {
  private func members(_ count: Int, recommendations: Int = 3) -> [ControlGroup.Member] {
    var generator = SplitMix64(seed: 5)
    return (0..<count).map {
      ControlGroup.Member(
        row: $0, recommendation: $0 % recommendations, chance: Double.random(in: 0...1, using: &generator),
        identity: generator.next())
    }
  }

  @Test(
    "as many as the share says, at least one from five up, never all",
    arguments: [(0, 0.1, 0), (1, 0.9, 0), (2, 0.5, 1), (4, 0.1, 0), (5, 0.1, 1), (100, 0.1, 10), (9, 1, 8)])
  func size(clients: Int, share: Double, held: Int) {
    #expect(ControlGroup.size(of: clients, share: share) == held)
  }

  @Test("the share holds within every recommendation and both halves of risk")
  func strata() {
    let members = members(3000)
    let rows = ControlGroup(members, share: 0.1, seed: 3).rows
    #expect(rows.count == 300)
    for recommendation in 0..<3 {
      let group = members.filter { $0.recommendation == recommendation }
        .sorted { $0.chance > $1.chance }
      #expect(group.prefix(500).count { rows.contains($0.row) } == 50)
      #expect(group.suffix(500).count { rows.contains($0.row) } == 50)
    }
  }

  @Test("another seed draws others; the order of rows does not matter")
  func seeds() {
    let members = members(500)
    let first = ControlGroup(members, share: 0.2, seed: 1).rows
    #expect(first == ControlGroup(members.reversed(), share: 0.2, seed: 1).rows)
    let second = ControlGroup(members, share: 0.2, seed: 2).rows
    #expect(second != first)
    #expect(first.intersection(second).count < 50)
  }
}
