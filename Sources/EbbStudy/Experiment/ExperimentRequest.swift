/// What the user says about the columns of an experiment's results; `nil` means: find it.
public struct ExperimentRequest: Sendable, Equatable {
  public var arm: String?
  public var outcome: String?
  public var client: String?
  /// Strata; `.none` for none at all.
  public var by: String?
  public var withoutStrata: Bool
  /// The value that means control, and the one that means left.
  public var controlText: String?
  public var leftText: String?
  /// Columns of money, and whether to look for them where none is named.
  public var value: String?
  public var cost: String?
  public var findsValue: Bool
  public var findsCost: Bool

  public init(
    arm: String? = nil, outcome: String? = nil, client: String? = nil, by: String? = nil,
    withoutStrata: Bool = false, controlText: String? = nil, leftText: String? = nil, value: String? = nil,
    cost: String? = nil, findsValue: Bool = true, findsCost: Bool = true
  ) {
    self.arm = arm
    self.outcome = outcome
    self.client = client
    self.by = by
    self.withoutStrata = withoutStrata
    self.controlText = controlText
    self.leftText = leftText
    self.value = value
    self.cost = cost
    self.findsValue = findsValue
    self.findsCost = findsCost
  }
}
