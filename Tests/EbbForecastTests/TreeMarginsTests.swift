import Testing

@testable import EbbForecast

/// The sums are XGBoost's own, to the last bit.
struct TreeMarginsTests {
  private static let input = MadeUpClients.make(1501)

  private static let odd = odd(beyond: 1e300)

  /// Missing numbers and levels, levels never met, amounts far away.
  private static func odd(beyond: Double) -> FeatureMatrix {
    let matrix = input.matrix
    var columns = matrix.columns
    for (index, feature) in matrix.features.enumerated() {
      for row in columns[index].indices {
        switch (row &* 31 &+ index &* 17) % 23 {
        case 0: columns[index][row] = .nan
        case 1 where feature.kind == .category: columns[index][row] = Double(feature.levels.count)
        case 1: columns[index][row] = row % 2 == 0 ? beyond : -beyond
        default: break
        }
      }
    }
    return FeatureMatrix(features: matrix.features, columns: columns)
  }

  @Test(arguments: [1, 2, 3, 4, 6])
  func equalsXGBoost(depth: Int) throws {
    for (learnt, asked) in [(Self.input.matrix, Self.odd), (Self.odd(beyond: 1e9), Self.odd)] {
      let trees = try XGBoostClassifier(learningRate: 0.2, maximumDepth: depth, rounds: 40)
        .fit(learnt, churned: Self.input.churned, rows: Array(0..<1200))
      let steps = try #require(TreeMargins(try ParsedTrees(trees)))
      // Any rows, in any order, more than once; blocks that are not full.
      for rows in [
        Array(0..<1501), [7], [1500, 3, 3, 800], stride(from: 1400, to: 0, by: -3).map { $0 }, [],
      ] {
        let found = steps.margins(asked, rows: rows)
        #expect(found == (try trees.libraryMargins(asked, rows: rows)))
        #expect(found == (try trees.margins(asked, rows: rows)))
      }
    }
  }

  @Test func deepTreesAreLeftToXGBoost() throws {
    let trees = try XGBoostClassifier(learningRate: 0.2, maximumDepth: 9, rounds: 3)
      .fit(Self.input.matrix, churned: Self.input.churned, rows: Array(0..<1501))
    #expect(TreeMargins(try ParsedTrees(trees)) == nil)
    #expect(try trees.margins(Self.odd, rows: [0, 1]) == (try trees.libraryMargins(Self.odd, rows: [0, 1])))
  }
}
