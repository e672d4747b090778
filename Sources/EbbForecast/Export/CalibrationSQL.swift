/// A calibration as an expression of a margin, with the operations of `Calibration.probability` in their order.
struct CalibrationSQL {
  let calibration: Calibration
  let dialect: SQLDialect

  init(_ calibration: Calibration, dialect: SQLDialect) {
    self.calibration = calibration
    self.dialect = dialect
  }

  /// - Parameter margin: a column of doubles, never NULL.
  func probability(_ margin: String) -> String {
    let value =
      switch calibration {
      case .none: logistic(margin)
      case .platt(let curve):
        logistic("(\(dialect.double(curve.intercept)) + \(dialect.double(curve.slope)) * \(margin))")
      case .isotonic(let curve): steps(curve, margin)
      }
    return "LEAST(\(dialect.double(1 - 1e-6)), GREATEST(\(dialect.double(1e-6)), \(value)))"
  }

  /// Held within ±30, where the curve is beyond the ends it is cut at: PostgreSQL's EXP refuses what a double cannot hold.
  private func logistic(_ logOdds: String) -> String {
    let bounded = "LEAST(\(dialect.double(30)), GREATEST(\(dialect.double(-30)), \(logOdds)))"
    return "1 / (1 + EXP(-\(bounded)))"
  }

  private func steps(_ curve: IsotonicCalibration, _ margin: String) -> String {
    let (x, y) = (curve.scores, curve.probabilities)
    guard let first = x.first, let last = y.last else { return dialect.double(0) }
    var text = "CASE\n  WHEN \(margin) <= \(dialect.double(first)) THEN \(dialect.double(y[0]))"
    for knot in x.indices.dropFirst() where x[knot] > x[knot - 1] {
      // Level stretches that follow one another are one.
      if knot + 1 < x.count, y[knot - 1] == y[knot], y[knot] == y[knot + 1] { continue }
      let (low, rise, run) = (y[knot - 1], y[knot] - y[knot - 1], x[knot] - x[knot - 1])
      text += "\n  WHEN \(margin) < \(dialect.double(x[knot])) THEN \(dialect.double(low))"
      if rise != 0 {
        text +=
          " + (\(margin) - \(dialect.double(x[knot - 1]))) / \(dialect.double(run)) * \(dialect.double(rise))"
      }
    }
    return text + "\n  ELSE \(dialect.double(last))\nEND"
  }
}
