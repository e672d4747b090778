/// Why a table cannot be read as an experiment's results. Words for people live in `EbbWords`.
public enum ExperimentError: Error, Sendable, Equatable {
  /// What of the experiment a column holds.
  public enum Part: String, Sendable, Codable, Equatable {
    case arm
    case outcome
  }
  /// No column says it.
  case noColumn(Part, known: [String])
  /// Several columns say it equally well.
  case ambiguous(Part, columns: [String])
  /// No telling which value means control, or left.
  case meaningUnknown(Part, column: String, values: [String])
  case emptyColumn(column: String)
  /// Every client is in the control group, or none is.
  case oneArm(column: String, isControl: Bool)
  /// One column for two things.
  case sameColumn(String)
  /// Clients that stand in both arms, or twice with different outcomes; `ids` are the first of them.
  case inBothArms(column: String, ids: [String], count: Int)
  case twoOutcomes(column: String, ids: [String], count: Int)
  /// A column of money without numbers.
  case notNumeric(column: String)
  case tooManyStrata(column: String, found: Int, limit: Int)
}
