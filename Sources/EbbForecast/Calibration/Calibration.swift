import Foundation

/// How margins become probabilities.
public enum Calibration: Sendable, Codable, Equatable {
  /// The model's own: 1 / (1 + exp(−margin)).
  case none
  case platt(PlattCalibration)
  case isotonic(IsotonicCalibration)

  public enum Method: String, Sendable, Codable, Equatable, CaseIterable { case none, platt, isotonic }

  public var method: Method {
    switch self {
    case .none: .none
    case .platt: .platt
    case .isotonic: .isotonic
    }
  }

  /// Falls back to `none` where there is nothing to fit.
  public init(_ method: Method, margins: [Double], churned: [Bool]) {
    switch method {
    case .none: self = .none
    case .platt:
      self = PlattCalibration(fitting: margins, churned: churned).map { .platt($0) } ?? .none
    case .isotonic:
      self = IsotonicCalibration(fitting: margins, churned: churned).map { .isotonic($0) } ?? .none
    }
  }

  /// Never 0 or 1: nobody is certain to leave.
  public func probability(margin: Double) -> Double {
    let p =
      switch self {
      case .none: 1 / (1 + exp(-margin))
      case .platt(let curve): curve.probability(margin: margin)
      case .isotonic(let steps): steps.probability(margin)
      }
    return min(1 - 1e-6, max(1e-6, p))
  }
}

/// Margins of one out-of-fold repeat made into probabilities, each fold by a curve fitted on the other folds.
public struct CrossCalibration: Sendable, Equatable {
  public let method: Calibration.Method
  public let probabilities: [Double]

  public init(
    _ method: Calibration.Method, margins: [Double], churned: [Bool], assignment: [Int], cores: Int? = nil
  ) {
    self.method = method
    guard method != .none else {
      probabilities = margins.map { Calibration.none.probability(margin: $0) }
      return
    }
    let curves = Jobs.run((assignment.max() ?? 0) + 1, cores: cores) { fold in
      var others: [Double] = []
      var left: [Bool] = []
      for index in margins.indices where assignment[index] != fold {
        others.append(margins[index])
        left.append(churned[index])
      }
      return Calibration(method, margins: others, churned: left)
    }
    probabilities = margins.indices.map { curves[assignment[$0]].probability(margin: margins[$0]) }
  }

  public func logLoss(_ churned: [Bool]) -> Double {
    var sum = 0.0
    for (p, left) in zip(probabilities, churned) { sum -= left ? log(p) : log1p(-p) }
    return sum / Double(max(1, churned.count))
  }

  /// A slope of uncalibrated forecasts (Cox's line) that is further from 1 is not left as it is.
  static let slopeTolerance = 0.05
  /// So many clients, evenly spread, are enough to choose by.
  private static let choosingClients = 200_000

  /// The method with the lowest log-loss out of fold; a simpler one where the gain is below a thousandth. But forecasts that
  /// are all too timid or too bold by more than `slopeTolerance` are drawn right by Platt's curve where that is no loss:
  /// who reads them as chances would be misled, however little log-loss it makes.
  public static func choose(
    margins: [Double], churned: [Bool], assignment: [Int], cores: Int? = nil
  ) -> CrossCalibration {
    if margins.count > Self.choosingClients {
      let some = EvenDraw.rows(Array(margins.indices), limit: Self.choosingClients)
      let choice = choose(
        margins: some.map { margins[$0] }, churned: some.map { churned[$0] },
        assignment: some.map { assignment[$0] }, cores: cores)
      return CrossCalibration(
        choice.method, margins: margins, churned: churned, assignment: assignment, cores: cores)
    }
    let methods = Calibration.Method.allCases
    let tried = Jobs.run(methods.count, cores: cores) {
      let tried = CrossCalibration(
        methods[$0], margins: margins, churned: churned, assignment: assignment, cores: cores)
      return (calibration: tried, loss: tried.logLoss(churned))
    }
    var best = tried[0]
    for candidate in tried.dropFirst() where candidate.loss < best.loss * 0.999 { best = candidate }
    if best.calibration.method == .none, let platt = tried.first(where: { $0.calibration.method == .platt }),
      platt.loss <= best.loss,
      let line = LogisticLine(margins, targets: churned.map { $0 ? 1 : 0 }, start: (0, 1)),
      abs(line.slope - 1) > slopeTolerance
    {
      best = platt
    }
    return best.calibration
  }
}
