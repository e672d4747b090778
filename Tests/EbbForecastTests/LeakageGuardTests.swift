import Testing

@testable import EbbForecast

struct LeakageGuardTests {
  static let input = MadeUpClients.make(1200)

  static func with(_ name: String, _ values: [Double]) -> FeatureMatrix {
    FeatureMatrix(
      features: input.matrix.features + [.init(name: name, kind: .number)],
      columns: input.matrix.columns + [values])
  }

  @Test func cleanTableIsLeftAlone() {
    #expect(LeakageGuard().findings(Self.input.matrix, churned: Self.input.churned) == [])
  }

  @Test func plantedColumnsAreNamed() {
    let churned = Self.input.churned
    func reason(_ values: [Double]) -> [SetAsideFeature.Reason] {
      let found = LeakageGuard().findings(Self.with("planted", values), churned: churned)
      return found.filter { $0.feature == "planted" }.map(\.reason)
    }
    // Churn by another name, one in fifty wrong
    #expect(reason(churned.indices.map { churned[$0] != ($0 % 50 == 0) ? 7 : 3 }) == [.nearPerfect])
    // A date of closing: filled in for those who left
    #expect(reason(churned.indices.map { churned[$0] ? Double($0 % 9) : .nan }) == [.afterTheFact])
    #expect(reason(churned.indices.map { Double(15_000_000 + ($0 * 7919) % 20_011) }) == [.identifierLike])
    #expect(reason(churned.map { _ in 4 }) == [.constant])
    #expect(reason(churned.map { _ in .nan }) == [.constant])
    #expect(reason(churned.indices.map { Double($0 % 97) / 7 }) == [])
  }

  @Test func anIncomeIsNoIdentifier() {
    var random = SplitMix64(seed: 8)
    let incomes = (0..<500).map { _ in Double(random.next() % 200_000) }
    #expect(!LeakageGuard.isIdentifierLike(Array(Set(incomes))))
  }
}
