/// How risk groups are searched for and what they must prove.
public struct RiskOptions: Sendable, Codable, Equatable {
  /// Family-wise significance level after Holm's correction, over both directions.
  public var alpha: Double
  /// Share of the clients that rules are found on, and their number at most: a hundred thousand find what there is to
  /// be found, all others prove it.
  public var discoveryShare: Double
  public var discoveryLimit: Int
  /// Conditions of a rule.
  public var conditionLimit: Int
  /// A group has at least so many clients, and such a share of all.
  public var minimumClients: Int
  public var minimumShare: Double
  /// A risk group leaves at least so many times as often as all clients; a loyal one at most 1/so often.
  public var liftFloor: Double
  /// Groups of the short lists.
  public var riskLimit: Int
  public var loyalLimit: Int
  /// No figure is about fewer clients.
  public var privacyThreshold: Int
  /// Columns or roles that no rule may use.
  public var excluded: Set<String>
  public var seed: UInt64

  public init(
    alpha: Double = 0.01, discoveryShare: Double = 0.5, discoveryLimit: Int = 100_000,
    conditionLimit: Int = 3, minimumClients: Int = 50, minimumShare: Double = 0.005, liftFloor: Double = 1.2,
    riskLimit: Int = 10, loyalLimit: Int = 5, privacyThreshold: Int = 5, excluded: Set<String> = [],
    seed: UInt64 = 1
  ) {
    self.alpha = alpha
    self.discoveryShare = discoveryShare
    self.discoveryLimit = discoveryLimit
    self.conditionLimit = conditionLimit
    self.minimumClients = minimumClients
    self.minimumShare = minimumShare
    self.liftFloor = liftFloor
    self.riskLimit = riskLimit
    self.loyalLimit = loyalLimit
    self.privacyThreshold = privacyThreshold
    self.excluded = excluded
    self.seed = seed
  }

  func minimumSize(of clients: Int) -> Int {
    max(minimumClients, privacyThreshold, Int((minimumShare * Double(clients)).rounded(.up)))
  }

  func share(of clients: Int) -> Double {
    min(discoveryShare, Double(discoveryLimit) / Double(max(1, clients)))
  }
}
