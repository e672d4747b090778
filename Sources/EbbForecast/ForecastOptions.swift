/// How to forecast.
public struct ForecastOptions: Sendable, Equatable {
  public var settings: ForecastSettings
  /// Clients to learn from at most; `nil` for all.
  public var trainingLimit: Int?
  /// Share of the clients that can be contacted.
  public var contactShare: Double
  /// Share of the clients that no choice sees.
  public var holdOutShare: Double
  /// Fewest leavers, and stayers, to forecast from.
  public var minimumOfEach: Int
  /// Groups with fewer clients are not shown.
  public var privacyThreshold: Int
  /// `nil`: all there are. The result does not depend on it.
  public var cores: Int?

  public init(
    settings: ForecastSettings = ForecastSettings(), trainingLimit: Int? = 200_000,
    contactShare: Double = 0.2, holdOutShare: Double = 0.2,
    minimumOfEach: Int = 50, privacyThreshold: Int = 5, cores: Int? = nil
  ) {
    self.settings = settings
    self.trainingLimit = trainingLimit
    self.contactShare = min(1, max(0, contactShare.isNaN ? 0.2 : contactShare))
    self.holdOutShare = min(0.5, max(0.05, holdOutShare.isNaN ? 0.2 : holdOutShare))
    self.minimumOfEach = minimumOfEach
    self.privacyThreshold = privacyThreshold
    self.cores = cores
  }

  func with(_ settings: ForecastSettings) -> ForecastOptions {
    var options = self
    options.settings = settings
    return options
  }
}
