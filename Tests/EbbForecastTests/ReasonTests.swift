import Testing

@testable import EbbForecast

struct ReasonTests {
  static let input = MadeUpClients.make(1500)
  static let rows = Array(input.churned.indices)

  static func models() throws -> [FittedMethod] {
    let model = XGBoostClassifier(learningRate: 0.2, maximumDepth: 3, rounds: 30)
    var found = [FittedMethod.trees(try model.fit(input.matrix, churned: input.churned, rows: rows))]
    for pairs in [0, 2] {
      var card = ScorecardModel()
      card.maximumInteractions = pairs
      if let fitted = card.fit(input.matrix, churned: input.churned, rows: rows) {
        found.append(.scorecard(fitted))
      }
    }
    return found
  }

  @Test func strongestFirstAndAtMostFour() throws {
    for model in try Self.models() {
      let reasons = try model.reasons(Self.input.matrix, rows: Self.rows)
      #expect(reasons.count == Self.rows.count && reasons.contains { $0.count >= 3 })
      for list in reasons {
        #expect(list.count <= 4 && list.allSatisfy { $0.contribution >= 0.1 })
        #expect(zip(list, list.dropFirst()).allSatisfy { $0.contribution >= $1.contribution })
        #expect(Set(list.map(\.feature)).count == list.count)
      }
    }
  }

  @Test func saysWhatAndOfWhichKind() throws {
    for model in try Self.models() {
      let list = try model.reasons(Self.input.matrix, rows: Self.rows).joined()
      #expect(
        list.filter { $0.feature == "age" || $0.feature == "gender" }.allSatisfy { $0.kind == .protected })
      #expect(list.contains { $0.feature == "products" && $0.kind == .actionable })
      #expect(list.contains { $0.feature == "city" && $0.value == .level("Тверь") && $0.kind == .context })
      let old = list.filter { $0.feature == "age" }
      #expect(!old.isEmpty)
      for case .number(let age) in old.map(\.value) { #expect(age > 35) }
    }
  }
}
