/// How to keep clients: with what, under which assumptions and limits.
public struct RetentionOptions: Sendable, Equatable {
  public var catalogue: Catalogue
  /// Name of its file, or "built-in".
  public var catalogueName: String
  public var protected: ProtectedPolicy
  public var money: MoneyAssumptions
  /// Money to spend at most.
  public var budget: Double?
  /// Clients to contact at most; `nil`: `contactShare` of all, unless there is a budget.
  public var contacts: Int?
  public var contactShare: Double
  /// Share of the plan's clients held out at random to compare with.
  public var controlShare: Double
  /// Of the experiments: error of the first kind, and chance to see the effect.
  public var alpha: Double
  public var power: Double
  /// Share of leavers kept that an experiment must be able to see; `nil`: each recommendation's own effect.
  public var smallestEffect: Double?
  public var experimentDays: Int
  public var seed: UInt64
  /// Groups of fewer clients are not shown.
  public var privacyThreshold: Int

  public init(
    catalogue: Catalogue = CatalogueFile.builtIn,
    catalogueName: String = CatalogueFile.builtInName, protected: ProtectedPolicy = .caution,
    money: MoneyAssumptions = MoneyAssumptions(), budget: Double? = nil, contacts: Int? = nil,
    contactShare: Double = 0.2, controlShare: Double = 0.1, alpha: Double = 0.05, power: Double = 0.8,
    smallestEffect: Double? = nil, experimentDays: Int = 60, seed: UInt64 = 1, privacyThreshold: Int = 5
  ) {
    self.catalogue = catalogue
    self.catalogueName = catalogueName
    self.protected = protected
    self.money = money
    self.budget = budget
    self.contacts = contacts
    self.contactShare = contactShare
    self.controlShare = controlShare
    self.alpha = alpha
    self.power = power
    self.smallestEffect = smallestEffect
    self.experimentDays = experimentDays
    self.seed = seed
    self.privacyThreshold = privacyThreshold
  }
}
