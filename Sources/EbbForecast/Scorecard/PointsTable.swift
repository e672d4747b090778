/// A scorecard as people use it: points for every bin, whole numbers; more points mean more likely to stay.
public struct PointsTable: Sendable, Codable, Equatable {
  public struct Bin: Sendable, Codable, Equatable {
    /// "[30; 40)", levels joined by " | ", "missing".
    public let value: String
    /// A band's borders, `nil` where open or no band.
    public let low: Double?
    public let high: Double?
    /// `nil`, and so are the next two, below the privacy threshold.
    public let n: Int?
    public let churned: Int?
    public let rate: Double?
    public let woe: Double
    public let points: Int
  }
  public struct Characteristic: Sendable, Codable, Equatable {
    public let feature: String
    public let iv: Double
    public let trend: CharacteristicBins.Trend?
    public let coefficient: Double
    public let bins: [Bin]
  }
  /// What two characteristics add together: `points[bin of the first][bin of the second]`, bins as listed in
  /// `characteristics`.
  public struct Pair: Sendable, Codable, Equatable {
    public let first: String
    public let second: String
    public let points: [[Int]]
  }
  /// A total of points and the chance of leaving that goes with it.
  public struct Reading: Sendable, Codable, Equatable {
    public let points: Int
    public let probability: Double
  }
  public let scale: PointScale
  /// Added to everybody's sum.
  public let basePoints: Int
  public let characteristics: [Characteristic]
  /// Two-way tables; none in an additive card.
  public let pairs: [Pair]
  public let readings: [Reading]
}
