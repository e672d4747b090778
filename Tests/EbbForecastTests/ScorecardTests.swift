import Foundation
import Testing

@testable import EbbForecast

/// Figures: Tests/golden/forecast.py (scikit-learn's LogisticRegression; WoE by its formula).
struct ScorecardTests {
  @Test(arguments: 0..<3) func regression(index: Int) throws {
    let truth = GoldenForecast.shared.regressions[index]
    let fitted = try #require(
      LogisticRegression(penalty: truth.penalty).fit(
        columns: truth.columns, churned: truth.churned.map { $0 == 1 }, rows: Array(truth.churned.indices)))
    #expect(fitted.converged)
    #expect(near(fitted.intercept, truth.intercept, 1e-6))
    #expect(near(fitted.coefficients, truth.coefficients, 1e-6))
  }

  @Test func regressionOnLittle() {
    let regression = LogisticRegression()
    #expect(regression.fit(columns: [[1, 2]], churned: [true, true], rows: [0, 1]) == nil)
    #expect(regression.fit(columns: [], churned: [], rows: []) == nil)
    let flat = regression.fit(columns: [[0, 0, 0]], churned: [true, false, false], rows: [0, 1, 2])
    #expect(flat?.coefficients == [0])
    let apart = LogisticRegression(penalty: 0).fit(columns: [[0, 1]], churned: [false, true], rows: [0, 1])
    #expect(apart?.coefficients.allSatisfy { $0.isFinite } != false)
  }

  @Test(arguments: 0..<2) func evidence(index: Int) {
    let truth = GoldenForecast.shared.woe[index]
    let bins = CharacteristicBins(
      feature: .init(name: "x", kind: .number), cuts: (1..<truth.stayed.count).map(Double.init),
      binOfLevel: [],
      stayed: truth.stayed + [0], churned: truth.churned + [0])
    #expect(near(Array(bins.woe.dropLast()), truth.woe))
    #expect(bins.woe.last == 0)
    #expect(near(bins.iv, truth.iv))
  }

  @Test func binsFollowTheRate() {
    let input = MadeUpClients.make(4000)
    let rows = Array(input.churned.indices)
    let age = SupervisedBinning().fit(input.matrix, feature: 0, churned: input.churned, rows: rows)
    #expect(age.trend == .rising && age.cuts.count > 2)
    #expect(zip(age.stayed, age.churned).dropLast().allSatisfy { $0 + $1 >= 40 })
    let balance = SupervisedBinning().fit(input.matrix, feature: 1, churned: input.churned, rows: rows)
    let present = balance.woe.dropLast()
    #expect(present.first! < present.max()! - 0.2 && present.last! < present.max()! - 0.2)
    #expect(balance.stayed.last! + balance.churned.last! == input.matrix.columns[1].count { $0.isNaN })
    let city = SupervisedBinning().fit(input.matrix, feature: 2, churned: input.churned, rows: rows)
    #expect(city.bin(2) != city.bin(0) && city.bin(.nan) == city.missingBin)
    for strange in [-1, 3, 1.5, 1e300] { #expect(city.bin(strange) == city.neutralBin) }
    #expect(age.stayed.reduce(0, +) + age.churned.reduce(0, +) == rows.count)
  }

  @Test(arguments: [0, 3]) func partsSumToTheMargin(interactions: Int) throws {
    let input = MadeUpClients.make(3000)
    let rows = Array(input.churned.indices)
    var model = ScorecardModel()
    model.maximumInteractions = interactions
    let card = try #require(model.fit(input.matrix, churned: input.churned, rows: rows))
    #expect(card.interactions.isEmpty == (interactions == 0))
    let margins = card.margins(input.matrix, rows: rows)
    let found = try FittedMethod.scorecard(card).contributions(input.matrix, rows: rows)
    for row in rows {
      let sum = found.parts.reduce(found.base) { $0 + $1[row] }
      #expect(near(sum, margins[row]))
    }
  }

  /// The pair that acts together in the made-up clients is the first table.
  @Test func interactionIsFound() throws {
    let input = MadeUpClients.make(6000)
    var model = ScorecardModel()
    model.maximumInteractions = 1
    let card = try #require(
      model.fit(input.matrix, churned: input.churned, rows: Array(input.churned.indices)))
    let table = try #require(card.interactions.first)
    #expect(Set([card.bins[table.first].feature, card.bins[table.second].feature]) == ["age", "products"])
  }

  @Test(arguments: [0, 2]) func pointsAddUpByHand(pairs: Int) throws {
    let input = MadeUpClients.make(3000)
    let rows = Array(input.churned.indices)
    var model = ScorecardModel()
    model.maximumInteractions = pairs
    let card = try #require(model.fit(input.matrix, churned: input.churned, rows: rows))
    let table = PointsTable(card, input.matrix, calibration: .none, privacy: 5)
    #expect(table.pairs.count == card.interactions.count && table.pairs.isEmpty == (pairs == 0))
    let margins = card.margins(input.matrix, rows: rows)
    for row in rows.prefix(200) {
      var points = table.basePoints
      var places: [String: Int] = [:]
      for (index, bins) in card.bins.enumerated() {
        let bin = bins.bin(input.matrix.columns[card.features[index]][row])
        let place = bins.woe.indices.filter { bins.stayed[$0] + bins.churned[$0] > 0 }.firstIndex(of: bin)!
        points += table.characteristics[index].bins[place].points
        places[bins.feature] = place
      }
      for pair in table.pairs { points += pair.points[places[pair.first]!][places[pair.second]!] }
      let exact = card.scale.points(margin: margins[row])
      #expect(abs(Double(points) - exact) <= 0.5 * Double(card.bins.count + card.interactions.count + 1))
    }
    #expect(zip(table.readings, table.readings.dropFirst()).allSatisfy { $0.probability >= $1.probability })
    let scale = PointScale(baseScore: 600, baseOdds: 4, pointsToDouble: 40)
    #expect(near(scale.points(margin: -log(4)), 600))
    #expect(near(scale.points(margin: -log(8)), 640))
  }
}
