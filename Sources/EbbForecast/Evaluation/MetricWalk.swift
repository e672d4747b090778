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

  /// Different forecasts, ascending.
  private let forecasts: [Double]
  /// Clients from the lowest forecast up: twice the client's row, and 1 for a leaver. Empty where forecasts are few.
  private let order: [Int32]
  /// Where each group of equal forecasts ends in `order`.
  private let ends: [Int32]
  /// By client: twice the group, and 1 for a leaver. Empty where forecasts are many.
  private let cells: [UInt8]
  /// By client, or by cell where forecasts are few.
  private let losses: [Double]
  private let squares: [Double]
  static let bins = 10
  /// So few different forecasts are counted by group, without an order.
  private static let fewForecasts = 64

  /// `nil` for no clients or a forecast that is no number.
  init?(probabilities: [Double], churned: [Bool]) {
    guard probabilities.count == churned.count, !churned.isEmpty, probabilities.allSatisfy({ $0.isFinite })
    else {
      return nil
    }
    let order = AscendingOrder.of(probabilities)
    var forecasts: [Double] = []
    var ends: [Int32] = []
    var groupOf = [Int32](repeating: 0, count: order.count)
    for (position, row) in order.enumerated() {
      if forecasts.last != probabilities[row] {
        if position > 0 { ends.append(Int32(position)) }
        forecasts.append(probabilities[row])
      }
      groupOf[row] = Int32(forecasts.count - 1)
    }
    ends.append(Int32(order.count))
    func loss(_ forecast: Double, _ left: Bool) -> Double {
      let p = min(max(forecast, 1e-15), 1 - 1e-15)
      return left ? -log(p) : -log1p(-p)
    }
    func square(_ forecast: Double, _ left: Bool) -> Double {
      let miss = left ? 1 - forecast : forecast
      return miss * miss
    }
    self.forecasts = forecasts
    if forecasts.count <= Self.fewForecasts {
      self.order = []
      self.ends = (1...forecasts.count).map(Int32.init)
      cells = churned.indices.map { UInt8(2 * groupOf[$0]) + (churned[$0] ? 1 : 0) }
      let all = forecasts.indices.flatMap { [(forecasts[$0], false), (forecasts[$0], true)] }
      losses = all.map(loss)
      squares = all.map(square)
    } else {
      self.order = order.map { Int32(2 * $0) + (churned[$0] ? 1 : 0) }
      self.ends = ends
      cells = []
      losses = zip(probabilities, churned).map(loss)
      squares = zip(probabilities, churned).map(square)
    }
  }

  /// `nil` where the resample holds one class only.
  ///
  /// Counts run up over the clients first; what the groups of equal forecasts say follows from the counts where they end.
  /// Nothing branches on a client's weight or outcome, which no processor could foresee.
  func figures(weights: [UInt8]?) -> Figures? {
    let clients = max(order.count, cells.count)
    let counts = weights ?? [UInt8](repeating: 1, count: clients)
    guard counts.count == clients else { return nil }
    var all: [Int32] = []
    var gone: [Int32] = []
    var (logLoss, brier) = (0.0, 0.0)
    var (total, positives) = (Int32(0), Int32(0))
    if cells.isEmpty {
      all = [Int32](repeating: 0, count: clients)
      gone = all
      for position in 0..<clients {
        let client = order[position]
        let weight = Int32(counts[Int(client >> 1)])
        total &+= weight
        positives &+= weight & -(client & 1)
        all[position] = total
        gone[position] = positives
      }
      for row in 0..<clients {
        let weight = Double(counts[row])
        logLoss += weight * losses[row]
        brier += weight * squares[row]
      }
    } else {
      var inCell = [Int32](repeating: 0, count: losses.count)
      for row in 0..<clients { inCell[Int(cells[row])] &+= Int32(counts[row]) }
      for group in forecasts.indices {
        total += inCell[2 * group] + inCell[2 * group + 1]
        positives += inCell[2 * group + 1]
        all.append(total)
        gone.append(positives)
      }
      for (cell, count) in inCell.enumerated() {
        logLoss += Double(count) * losses[cell]
        brier += Double(count) * squares[cell]
      }
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
    for (group, end) in ends.enumerated() {
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
      binStart.sum += size * forecasts[group]
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
