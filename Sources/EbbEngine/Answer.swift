public import EbbStatistics
public import EbbTable

/// The answer to a `Question` of the same name.
///
/// Dense answers are row-major over `axes`: the last axis runs fastest.
public enum Answer: Sendable {
  case counts(CellCounts)
  case cells(SparseCells)
  case moments(CellMoments)
  case quantiles(CellQuantiles)
  case ranks(CellRanks)
  case deviations(CellDeviations)
  case histogram(CellHistogram)
  case distinct(Int)
  case correlations(Correlations)
  case sample(Table)
}

public struct CellCounts: Sendable, Equatable {
  /// The levels of each grouping, in order.
  public let axes: [[Level]]
  public let counts: [Int]
  public init(axes: [[Level]], counts: [Int]) {
    self.axes = axes
    self.counts = counts
  }
}

public struct CellMoments: Sendable, Equatable {
  public let axes: [[Level]]
  public let values: [Moments]
  /// Clients of the cell whose measure is missing.
  public let missing: [Int]
  public init(axes: [[Level]], values: [Moments], missing: [Int]) {
    self.axes = axes
    self.values = values
    self.missing = missing
  }
}

public struct CellQuantiles: Sendable, Equatable {
  public let axes: [[Level]]
  public let probabilities: [Double]
  /// By cell, then by probability; `nil` for an empty cell.
  public let values: [[Double]?]
  public init(axes: [[Level]], probabilities: [Double], values: [[Double]?]) {
    self.axes = axes
    self.probabilities = probabilities
    self.values = values
  }
}

public struct CellRanks: Sendable, Equatable {
  /// Without missing levels.
  public let axes: [[Level]]
  /// By cell: n and sum of mid-ranks in the pooled sample.
  public let n: [Int]
  public let rankSum: [Double]
  /// Σ(t³ − t) over the pooled sample's ties.
  public let tieTerm: Double
  /// Every pair of non-empty cells, first < second, in order.
  public let pairs: [PairRanks]
  public init(axes: [[Level]], n: [Int], rankSum: [Double], tieTerm: Double, pairs: [PairRanks]) {
    self.axes = axes
    self.n = n
    self.rankSum = rankSum
    self.tieTerm = tieTerm
    self.pairs = pairs
  }
}

public struct CellDeviations: Sendable, Equatable {
  public let axes: [[Level]]
  public let values: [Deviations]
  public init(axes: [[Level]], values: [Deviations]) {
    self.axes = axes
    self.values = values
  }
}

public struct CellHistogram: Sendable, Equatable {
  public let axes: [[Level]]
  public let edges: [Double]
  /// By cell, then by bin.
  public let counts: [[Int]]
  public init(axes: [[Level]], edges: [Double], counts: [[Int]]) {
    self.axes = axes
    self.edges = edges
    self.counts = counts
  }
}

public struct Correlations: Sendable, Equatable {
  public struct Pair: Sendable, Equatable {
    public let first: String
    public let second: String
    /// Rows where both are present.
    public let n: Int
    /// `nil` where one of them is constant.
    public let pearson: Double?
    public let spearman: Double?
    public init(first: String, second: String, n: Int, pearson: Double?, spearman: Double?) {
      self.first = first
      self.second = second
      self.n = n
      self.pearson = pearson
      self.spearman = spearman
    }
  }
  /// i < j, in the order of the question.
  public let pairs: [Pair]
  public init(pairs: [Pair]) { self.pairs = pairs }
}
