/// What is wrong with an assumption that somebody set.
public enum MoneyAssumptionError: Error, Sendable, Equatable {
  /// No such assumption; the nearest name there is.
  case unknownName(String, suggestion: String?)
  /// `cost.post`, where the catalogue has no channel or recommendation of that id.
  case unknownSubject(name: String, id: String, suggestion: String?, known: [String])
  case outOfRange(name: String, value: Double, low: Double, high: Double)
  /// A number of days or contacts with a fraction.
  case notWhole(name: String, value: Double)
}
