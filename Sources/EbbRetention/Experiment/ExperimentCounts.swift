/// What came back from an experiment, counted: everybody as assigned, whatever was done with them.
public struct ExperimentCounts: Sendable, Codable, Equatable {
  public struct Arm: Sendable, Codable, Equatable {
    public let left: Int
    public let stayed: Int
    /// Clients whose outcome is not known.
    public let missing: Int

    public init(left: Int, stayed: Int, missing: Int = 0) {
      self.left = left
      self.stayed = stayed
      self.missing = missing
    }

    /// Clients whose outcome is known, and all that were assigned.
    public var known: Int { left + stayed }
    public var assigned: Int { left + stayed + missing }
  }
  public struct Stratum: Sendable, Codable, Equatable {
    public let value: String
    public let treated: Arm
    public let control: Arm

    public init(value: String, treated: Arm, control: Arm) {
      self.value = value
      self.treated = treated
      self.control = control
    }
  }
  public let treated: Arm
  public let control: Arm
  /// The column the strata are of; `nil` for none.
  public let by: String?
  public let strata: [Stratum]

  public init(treated: Arm, control: Arm, by: String? = nil, strata: [Stratum] = []) {
    self.treated = treated
    self.control = control
    self.by = by
    self.strata = strata
  }
}

/// How an experiment is to be read, settled before it began.
public struct ExperimentOptions: Sendable, Codable, Equatable {
  public var alpha: Double
  /// For the smallest fall that could have been seen.
  public var power: Double
  /// Share of leavers kept that the experiment was planned to see; `nil` where nobody says.
  public var smallestEffect: Double?
  /// Share of clients that were to be held out; `nil` where nobody says: the ratio is then not checked.
  public var plannedControlShare: Double?
  /// What a kept client is worth, and what the action cost for each treated client; `nil` where nobody says.
  public var value: Double?
  public var cost: Double?
  /// Below this p-value the ratio of the arms is not the planned one.
  public var mismatchAlpha: Double

  public init(
    alpha: Double = 0.05, power: Double = 0.8, smallestEffect: Double? = nil,
    plannedControlShare: Double? = nil, value: Double? = nil, cost: Double? = nil,
    mismatchAlpha: Double = 0.001
  ) {
    self.alpha = alpha
    self.power = power
    self.smallestEffect = smallestEffect
    self.plannedControlShare = plannedControlShare
    self.value = value
    self.cost = cost
    self.mismatchAlpha = mismatchAlpha
  }
}
