import EbbForecast
import Foundation
import Testing

/// Figures: Tests/golden/forecast.py (scikit-learn's IsotonicRegression, Platt's targets by scipy).
struct CalibrationTests {
  @Test(arguments: GoldenForecast.names) func isotonic(name: String) throws {
    let truth = GoldenForecast.figures(name)
    let steps = try #require(IsotonicCalibration(fitting: truth.margins, churned: truth.left))
    #expect(near(truth.margins.map { steps.probability($0) }, truth.isotonic.fitted))
    #expect(near(truth.isotonic.at.map { steps.probability($0) }, truth.isotonic.value))
    #expect(zip(steps.probabilities, steps.probabilities.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test(arguments: GoldenForecast.names) func platt(name: String) throws {
    let truth = GoldenForecast.figures(name)
    let curve = try #require(PlattCalibration(fitting: truth.margins, churned: truth.left))
    #expect(near(curve.intercept, truth.platt.intercept))
    #expect(near(curve.slope, truth.platt.slope))
  }

  @Test func perfectSeparationStaysFinite() throws {
    let margins = (0..<40).map { Double($0) - 19.5 }
    let churned = margins.map { $0 > 0 }
    for method in Calibration.Method.allCases {
      let calibration = Calibration(method, margins: margins, churned: churned)
      for margin in margins + [-1e6, 1e6] {
        let p = calibration.probability(margin: margin)
        #expect(p >= 1e-6 && p <= 1 - 1e-6)
      }
    }
  }

  @Test(arguments: Calibration.Method.allCases) func nothingToFit(method: Calibration.Method) {
    #expect(Calibration(method, margins: [], churned: []).method == .none)
    let flat = Calibration(method, margins: [1, 1, 1], churned: [true, false, false])
    #expect(flat.probability(margin: 1).isFinite)
  }

  /// A gain too small to count keeps the model's own forecasts, but not where all are too timid or too bold.
  @Test(arguments: [(1.0, true), (1.02, true), (0.93, false), (1.08, false)])
  func whatIsTooTimidIsDrawnRight(scale: Double, isKept: Bool) throws {
    var random = SplitMix64(seed: 21)
    func uniform() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 }
    let n = 60_000
    let truth = (0..<n).map { _ in uniform() * 3 - 2.5 }
    let churned = truth.map { uniform() < 1 / (1 + exp(-$0)) }
    let margins = truth.map { ($0 + 1) * scale - 1 }
    let assignment = StratifiedFolds(churned: churned, count: 5, seed: 2).assignment
    let none = CrossCalibration(.none, margins: margins, churned: churned, assignment: assignment)
    let platt = CrossCalibration(.platt, margins: margins, churned: churned, assignment: assignment)
    let chosen = CrossCalibration.choose(margins: margins, churned: churned, assignment: assignment)
    #expect(platt.logLoss(churned) > none.logLoss(churned) * 0.999, "the gain is too small to count")
    #expect(chosen.method == (isKept ? .none : .platt))
    let line = try #require(CalibrationLine(probabilities: chosen.probabilities, churned: churned))
    #expect(abs(line.slope - 1) < 0.05)
  }

  /// What a fold is calibrated with never saw the fold: turning a client's outcome does not move its own probability.
  @Test(arguments: [Calibration.Method.platt, .isotonic]) func calibratedOutOfFold(method: Calibration.Method)
  {
    let truth = GoldenForecast.figures("smooth")
    let assignment = truth.margins.indices.map { $0 % 4 }
    func probabilities(_ churned: [Bool]) -> [Double] {
      CrossCalibration(method, margins: truth.margins, churned: churned, assignment: assignment).probabilities
    }
    var turned = truth.left
    for row in turned.indices where assignment[row] == 2 { turned[row].toggle() }
    let (before, after) = (probabilities(truth.left), probabilities(turned))
    for row in before.indices {
      #expect((before[row] == after[row]) == (assignment[row] == 2) || assignment[row] != 2)
    }
    #expect(before != after)
  }
}
