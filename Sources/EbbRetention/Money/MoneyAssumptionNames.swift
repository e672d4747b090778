import EbbClients

/// An assumption's name and the values it may have.
public struct MoneyAssumptionName: Sendable, Equatable {
  public let name: String
  public let low: Double
  public let high: Double
  public let isWhole: Bool

  /// Every field of `MoneyAssumptions` that can be set, in its order.
  public static let all: [MoneyAssumptionName] = [
    MoneyAssumptionName(name: "balanceMargin", low: 0, high: 1, isWhole: false),
    MoneyAssumptionName(name: "productValue", low: 0, high: 1e9, isWhole: false),
    MoneyAssumptionName(name: "horizonYears", low: 0, high: 100, isWhole: false),
    MoneyAssumptionName(name: "effectFactor", low: 0, high: 100, isWhole: false),
    MoneyAssumptionName(name: "contactCostFactor", low: 0, high: 1000, isWhole: false),
    MoneyAssumptionName(name: "offerCostFactor", low: 0, high: 1000, isWhole: false),
    MoneyAssumptionName(name: "campaignDays", low: 0, high: 3660, isWhole: true),
  ]

  /// What can be set for one channel or one recommendation: `cost.call`, `effect.mature`.
  public static let ofCatalogue: [MoneyAssumptionName] = [
    MoneyAssumptionName(name: "cost", low: 0, high: 1e9, isWhole: false),
    MoneyAssumptionName(name: "strength", low: 0, high: 1, isWhole: false),
    MoneyAssumptionName(name: "capacity", low: 0, high: 1e9, isWhole: true),
    MoneyAssumptionName(name: "effect", low: 0, high: 1, isWhole: false),
    MoneyAssumptionName(name: "offerCost", low: 0, high: 1e9, isWhole: false),
  ]

  func check(_ value: Double, as written: String) throws(MoneyAssumptionError) {
    guard value >= low, value <= high else {
      throw .outOfRange(name: written, value: value, low: low, high: high)
    }
    if isWhole, value != value.rounded() { throw .notWhole(name: written, value: value) }
  }

  static func unknown(_ name: String) -> MoneyAssumptionError {
    .unknownName(name, suggestion: NearestName.find(name, among: all.map(\.name) + ofCatalogue.map(\.name)))
  }
}

extension MoneyAssumptions {
  /// Defaults, save those set by name; names with a dot belong to a catalogue (`Catalogue.overridden`) and are passed over
  /// here, save that they count as set. In the order of names, so that the first error is always the same.
  public init(overriding values: [String: Double]) throws(MoneyAssumptionError) {
    self.init()
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      if name.contains(".") {
        overridden.append(name)
        continue
      }
      guard let known = MoneyAssumptionName.all.first(where: { $0.name == name }) else {
        throw MoneyAssumptionName.unknown(name)
      }
      try known.check(value, as: name)
      switch name {
      case "balanceMargin": balanceMargin = value
      case "productValue": productValue = value
      case "horizonYears": horizonYears = value
      case "effectFactor": effectFactor = value
      case "contactCostFactor": contactCostFactor = value
      case "offerCostFactor": offerCostFactor = value
      default: campaignDays = Int(value)
      }
      overridden.append(name)
    }
  }
}
