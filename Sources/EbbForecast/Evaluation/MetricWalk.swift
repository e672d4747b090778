import Foundation

/// Clients in order of their forecast, to be walked once for all figures, as they are or reweighted by a resample.
struct MetricWalk {
  struct Figures {
    var rocAUC = 0.0
    var ks = 0.0
    var prAUC = 0.0
    var logLoss = 0.0
    var brier = 0.0
    var brierSkill = 0.0
    var ece = 0.0
    var liftTopTenth = 0.0
    var captureTopTenth = 0.0

    static func combine(_ a: Figures, _ b: Figures, _ join: (Double, Double) -> Double) -> Figures {
      Figures(
        rocAUC: join(a.rocAUC, b.rocAUC), ks: join(a.ks, b.ks), prAUC: join(a.prAUC, b.prAUC),
        logLoss: join(a.logLoss, b.logLoss), brier: join(a.brier, b.brier),
        brierSkill: join(a.brierSkill, b.brierSkill), ece: join(a.ece, b.ece),
        liftTopTenth: join(a.liftTopTenth, b.liftTopTenth),
        captureTopTenth: join(a.captureTopTenth, b.captureTopTenth))
    }
    static func + (a: Figures, b: Figures) -> Figures { combine(a, b, +) }
    static func / (a: Figures, divisor: Double) -> Figures { combine(a, a) { x, _ in x / divisor } }
  }

  /// Clients from the lowest forecast up.
  private let order: [Int32]
  private let sorted: [Double]
  private let left: [Bool]
  private let losses: [Double]
  /// Where each group of equal forecasts ends.
  private let ends: [Int32]
  static let bins = 10

  /// `nil` for no clients or a forecast that is no number.
  init?(probabilities: [Double], churned: [Bool]) {
    guard probabilities.count == churned.count, !churned.isEmpty, probabilities.allSatisfy({ $0.isFinite })
    else {
      return nil
    }
    let order = probabilities.indices.sorted { (probabilities[$0], $0) < (probabilities[$1], $1) }
    let sorted = order.map { probabilities[$0] }
    self.order = order.map(Int32.init)
    self.sorted = sorted
    left = order.map { churned[$0] }
    losses = order.map { index in
      let p = min(max(probabilities[index], 1e-15), 1 - 1e-15)
      return churned[index] ? -log(p) : -log1p(-p)
    }
    ends = sorted.indices.filter { $0 + 1 == sorted.count || sorted[$0 + 1] != sorted[$0] }.map {
      Int32($0 + 1)
    }
  }

  /// `nil` where the resample holds one class only.
  func figures(weights: [UInt8]?) -> Figures? {
    let counts = order.map { row in weights.map { Double($0[Int(row)]) } ?? 1 }
    var total = 0.0
    var positives = 0.0
    for position in counts.indices {
      total += counts[position]
      if left[position] { positives += counts[position] }
    }
    let negatives = total - positives
    guard positives > 0, negatives > 0 else { return nil }
    var out = Figures()
    // Leavers and stayers with a lower forecast than the group's
    var (goneBelow, hereBelow) = (0.0, 0.0)
    var bin = (left: 0.0, sum: 0.0)
    var binsDone = 1
    let tenth = total / 10
    var caught = 0.0
    var start = 0
    for end in ends.lazy.map(Int.init) {
      let p = sorted[start]
      var (here, gone, loss) = (0.0, 0.0, 0.0)
      for position in start..<end {
        let weight = counts[position]
        if left[position] { gone += weight } else { here += weight }
        loss += weight * losses[position]
      }
      start = end
      let size = here + gone
      guard size > 0 else { continue }
      out.logLoss += loss
      out.brier += gone * (1 - p) * (1 - p) + here * p * p
      out.rocAUC += gone * (hereBelow + here / 2)
      out.prAUC += gone / positives * (positives - goneBelow) / (total - goneBelow - hereBelow)
      let below = goneBelow + hereBelow
      // The part of the group that lies in the highest tenth
      let inside = min(size, below + size - (total - tenth))
      if inside > 0 { caught += gone * inside / size }
      goneBelow += gone
      hereBelow += here
      out.ks = max(out.ks, abs(goneBelow / positives - hereBelow / negatives))
      bin.left += gone
      bin.sum += size * p
      func border(_ done: Int) -> Double { (total * Double(done) / Double(Self.bins)).rounded(.down) }
      if below + size >= border(binsDone) {
        out.ece += abs(bin.sum - bin.left)
        bin = (0, 0)
        while binsDone < Self.bins, below + size >= border(binsDone) { binsDone += 1 }
      }
    }
    out.rocAUC /= positives * negatives
    out.logLoss /= total
    out.brier /= total
    out.ece /= total
    let rate = positives / total
    out.brierSkill = 1 - out.brier / (rate * (1 - rate))
    out.liftTopTenth = caught / tenth / rate
    out.captureTopTenth = caught / positives
    return out
  }
}
