import EbbEngine
import EbbStatistics

/// What the engine says of one measure by one grouping, cell by cell, the missing cell aside.
struct ComparisonCells {
  let levels: [Level]
  let moments: [Moments]
  /// Clients of the cell whose measure is missing.
  let missing: [Int]
  /// Quartiles: q25, median, q75.
  let quartiles: [[Double]?]
  let aboutMean: [Deviations]
  let aboutMedian: [Deviations]
  let ranks: CellRanks
  /// Each cell's place in `ranks`.
  let rankIndex: [Int?]
  private let pairs: [[Int]: PairRanks]

  static let probabilities = [0.25, 0.5, 0.75]

  static func questions(_ measure: String, by grouping: Grouping) -> Set<Question> {
    [
      .moments(of: measure, by: [grouping]),
      .quantiles(of: measure, by: [grouping], probabilities: probabilities),
      .ranks(of: measure, by: [grouping]),
      .deviations(of: measure, by: [grouping], from: .mean),
      .deviations(of: measure, by: [grouping], from: .median),
    ]
  }

  /// `nil` where the answers lack one of the questions.
  init?(_ answers: Answers, _ measure: String, by grouping: Grouping) {
    guard case .moments(let moments)? = answers[.moments(of: measure, by: [grouping])],
      case .quantiles(let quantiles)? = answers[
        .quantiles(of: measure, by: [grouping], probabilities: Self.probabilities)],
      case .ranks(let ranks)? = answers[.ranks(of: measure, by: [grouping])],
      case .deviations(let aboutMean)? = answers[
        .deviations(of: measure, by: [grouping], from: .mean)],
      case .deviations(let aboutMedian)? = answers[
        .deviations(of: measure, by: [grouping], from: .median)]
    else { return nil }

    let kept = moments.axes[0].indices.filter { !moments.axes[0][$0].isMissing }
    let levels = kept.map { moments.axes[0][$0] }
    self.levels = levels
    self.moments = kept.map { moments.values[$0] }
    self.missing = kept.map { moments.missing[$0] }
    let none = Deviations(n: 0, center: nil, sum: 0, sumOfSquares: 0)
    self.quartiles = levels.map { level in
      quantiles.axes[0].firstIndex(of: level).flatMap { quantiles.values[$0] }
    }
    self.aboutMean = levels.map { level in
      aboutMean.axes[0].firstIndex(of: level).map { aboutMean.values[$0] } ?? none
    }
    self.aboutMedian = levels.map { level in
      aboutMedian.axes[0].firstIndex(of: level).map { aboutMedian.values[$0] } ?? none
    }
    self.ranks = ranks
    self.rankIndex = levels.map { ranks.axes[0].firstIndex(of: $0) }
    self.pairs = Dictionary(
      ranks.pairs.map { ([$0.first, $0.second], $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Ranks of two cells put together, the first of them first.
  func pairRanks(_ i: Int, _ j: Int) -> PairRanks? {
    guard let first = rankIndex[i], let second = rankIndex[j] else { return nil }
    if let pair = pairs[[first, second]] { return pair }
    return pairs[[second, first]]?.swapped
  }
}

extension PairRanks {
  /// The same two samples, the second first.
  var swapped: PairRanks {
    PairRanks(
      first: second, second: first, n1: n2, n2: n1, u1: Double(n1) * Double(n2) - u1,
      tieTerm: tieTerm, maximumDistance: maximumDistance)
  }
}
