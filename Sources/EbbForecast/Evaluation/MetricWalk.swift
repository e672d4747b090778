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
  /// 1 for a leaver, 0 for a stayer.
  private let left: [Int32]
  private let losses: [Double]
  private let squares: [Double]
  /// Where each group of equal forecasts ends.
  private let ends: [Int32]
  static let bins = 10

  /// `nil` for no clients or a forecast that is no number.
  init?(probabilities: [Double], churned: [Bool]) {
    guard probabilities.count == churned.count, !churned.isEmpty, probabilities.allSatisfy({ $0.isFinite })
    else {
      return nil
    }
    let order = AscendingOrder.of(probabilities)
    let sorted = order.map { probabilities[$0] }
    self.order = order.map(Int32.init)
    self.sorted = sorted
    left = order.map { churned[$0] ? 1 : 0 }
    losses = order.map { index in
      let p = min(max(probabilities[index], 1e-15), 1 - 1e-15)
      return churned[index] ? -log(p) : -log1p(-p)
    }
    squares = order.map { index in
      let miss = churned[index] ? 1 - probabilities[index] : probabilities[index]
      return miss * miss
    }
    ends = sorted.indices.filter { $0 + 1 == sorted.count || sorted[$0 + 1] != sorted[$0] }.map {
      Int32($0 + 1)
    }
  }

  /// `nil` where the resample holds one class only.
  ///
  /// Counts run up over the clients first; what the groups of equal forecasts say follows from the counts where they end.
  /// Nothing branches on a client's weight or outcome, which no processor could foresee.
  func figures(weights: [UInt8]?) -> Figures? {
    let clients = order.count
    let counts = weights ?? [UInt8](repeating: 1, count: clients)
    guard counts.count == clients else { return nil }
    var all = [Int32](repeating: 0, count: clients)
    var gone = all
    var (total, positives) = (Int32(0), Int32(0))
    var (logLoss, brier) = (0.0, 0.0)
    for position in 0..<clients {
      let weight = Int32(counts[Int(order[position])])
      total &+= weight
      positives &+= weight &* left[position]
      all[position] = total
      gone[position] = positives
      logLoss += Double(weight) * losses[position]
      brier += Double(weight) * squares[position]
    }
    guard positives > 0, positives < total else { return nil }
    var out = walk(all, gone)
    out.logLoss = logLoss / Double(total)
    out.brier = brier / Double(total)
    out.ece /= Double(total)
    let rate = Double(positives) / Double(total)
    out.brierSkill = 1 - out.brier / (rate * (1 - rate))
    out.liftTopTenth /= Double(total) / 10 * rate
    return out
  }

  /// - Parameters:
  ///   - all: clients up to and with each.
  ///   - gone: leavers among them.
  private func walk(_ all: [Int32], _ gone: [Int32]) -> Figures {
    let (total, positives) = (Double(all[all.count - 1]), Double(gone[gone.count - 1]))
    let negatives = total - positives
    let (perPositive, perNegative) = (1 / positives, 1 / negatives)
    let top = total - total / 10
    var (below, goneBelow) = (0.0, 0.0)
    var binStart = (gone: 0.0, sum: 0.0)
    var binsDone = 1
    func border(_ done: Int) -> Double { (total * Double(done) / Double(Self.bins)).rounded(.down) }
    var nextBorder = border(1)
    var (area, precision, distance, caught, error) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for end in ends {
      let last = Int(end) - 1
      let (reached, goneReached) = (Double(all[last]), Double(gone[last]))
      let size = reached - below
      let left = goneReached - goneBelow
      let hereBelow = below - goneBelow
      area += left * (hereBelow + (size - left) / 2)
      precision += left * (positives - goneBelow) / max(1, total - below)
      distance = max(distance, abs(goneReached * perPositive - (reached - goneReached) * perNegative))
      // The part of the group that lies in the highest tenth
      if reached > top, size > 0 { caught += left * min(size, reached - top) / size }
      binStart.sum += size * sorted[last]
      if reached >= nextBorder, size > 0 {
        error += abs(binStart.sum - (goneReached - binStart.gone))
        binStart = (goneReached, 0)
        while binsDone < Self.bins, reached >= nextBorder {
          binsDone += 1
          nextBorder = border(binsDone)
        }
      }
      (below, goneBelow) = (reached, goneReached)
    }
    var out = Figures()
    out.rocAUC = area / (positives * negatives)
    out.prAUC = precision / positives
    out.ks = distance
    out.ece = error
    out.liftTopTenth = caught
    out.captureTopTenth = caught / positives
    return out
  }
}
