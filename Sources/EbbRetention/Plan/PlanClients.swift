/// What the plan must know of each client, as columns: a row of the table each, in any order.
public struct PlanClients: Sendable {
  /// Whether a client may be contacted at all.
  public enum Permission: UInt8, Sendable, CaseIterable {
    case mayBeContacted = 0
    case noConsent = 1
    case doNotContact = 2
  }

  /// Groups of one attribute (gender, bands of age) whose chances to be selected are compared.
  public struct Attribute: Sendable {
    public struct Group: Sendable, Equatable {
      public let value: String
      public let low: Double?
      public let high: Double?

      public init(value: String, low: Double? = nil, high: Double? = nil) {
        self.value = value
        self.low = low
        self.high = high
      }
    }
    public let name: String
    public let groups: [Group]
    /// Index of each client's group; a negative one for a client of none.
    public let codes: [Int16]

    public init(name: String, groups: [Group], codes: [Int16]) {
      self.name = name
      self.groups = groups
      self.codes = codes
    }
  }

  /// Forecast of leaving; what is not a number counts as 0.
  public let probability: [Double]
  /// Money held, NaN where missing.
  public let balance: [Double]
  /// Number of products, NaN where missing.
  public let products: [Double]
  /// Bit i: the client is in the audience of recommendation i.
  public let audiences: [UInt64]
  /// A `Permission`; anything unknown counts as `doNotContact`.
  public let permission: [UInt8]
  /// Bit k: channel k is allowed; `nil` where every channel is.
  public let channelsAllowed: [UInt64]?
  /// A hash that follows from the client, not from the row's place: it breaks ties and draws the control group.
  public let identity: [UInt64]
  public let attributes: [Attribute]

  public var count: Int { probability.count }

  /// - Precondition: all columns have as many entries.
  public init(
    probability: [Double], balance: [Double], products: [Double], audiences: [UInt64], permission: [UInt8],
    channelsAllowed: [UInt64]? = nil, identity: [UInt64], attributes: [Attribute] = []
  ) {
    let counts =
      [balance.count, products.count, audiences.count, permission.count, identity.count]
      + (channelsAllowed.map { [$0.count] } ?? []) + attributes.map(\.codes.count)
    precondition(counts.allSatisfy { $0 == probability.count }, "columns of different lengths")
    precondition(probability.count < Int(UInt32.max), "more clients than can be numbered")
    self.probability = probability
    self.balance = balance
    self.products = products
    self.audiences = audiences
    self.permission = permission
    self.channelsAllowed = channelsAllowed
    self.identity = identity
    self.attributes = attributes
  }

  func chance(_ row: Int) -> Double {
    let chance = probability[row]
    return chance.isNaN ? 0 : min(1, max(0, chance))
  }

  func mayBeContacted(_ row: Int) -> Bool { permission[row] == Permission.mayBeContacted.rawValue }

  /// Value at stake of each client: probability of leaving × what keeping the client is worth. What an offer gains is this
  /// times its effect, less its cost.
  func atStake(_ money: MoneyAssumptions) -> [Double] {
    probability.indices.map { row in
      let balance = balance[row].isFinite ? balance[row] : 0
      let products = products[row].isFinite ? products[row] : 0
      let stake = chance(row) * money.value(balance: balance, products: products)
      // Sums over all clients stay finite whatever the table holds.
      return stake.isNaN ? 0 : min(stake, 1e100)
    }
  }
}
