/// What money figures rest on, in one place. None of these is known from the table; each can be overridden, and each is
/// written beside the figures that depend on it. Amounts are in the table's money.
public struct MoneyAssumptions: Sendable, Codable, Equatable {
  /// What the bank earns a year on each unit of balance.
  public var balanceMargin: Double
  /// What the bank earns a year on each product of a client.
  public var productValue: Double
  /// Years a kept client stays for.
  public var horizonYears: Double
  /// Multiplies every effect of the catalogue (share of contacted leavers who stay): 1 as written.
  public var effectFactor: Double
  /// Multiplies every cost of a contact, and of an offer: 1 as written.
  public var contactCostFactor: Double
  public var offerCostFactor: Double
  /// Days that channels with a daily capacity work.
  public var campaignDays: Int
  /// Names of those that somebody set; the others are defaults.
  public var overridden: [String]

  public init(
    balanceMargin: Double = 0.03, productValue: Double = 1000, horizonYears: Double = 1,
    effectFactor: Double = 1, contactCostFactor: Double = 1, offerCostFactor: Double = 1,
    campaignDays: Int = 20, overridden: [String] = []
  ) {
    self.balanceMargin = balanceMargin
    self.productValue = productValue
    self.horizonYears = horizonYears
    self.effectFactor = effectFactor
    self.contactCostFactor = contactCostFactor
    self.offerCostFactor = offerCostFactor
    self.campaignDays = campaignDays
    self.overridden = overridden
  }

  /// What keeping a client is worth: (margin × balance + value of a product × products) × horizon. Missing counts as
  /// nothing.
  public func value(balance: Double?, products: Double?) -> Double {
    (balanceMargin * max(0, balance ?? 0) + productValue * max(0, products ?? 0)) * horizonYears
  }
}
