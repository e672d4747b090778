public import EbbClients

/// A line of an audience: "age >= 45", "products in 3, 4", "gender = woman", "balance missing",
/// "balance >= quantile 0.75", "city = worst", "risk >= 0.3", "\"Segment code\" = \"A\"".
public struct AudienceCondition: Sendable, Codable, Equatable {
  public enum Operator: String, Sendable, Codable, Equatable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
    case missing, present

    /// Asks for the order of numbers.
    public var isOrdering: Bool {
      switch self {
      case .less, .lessOrEqual, .greater, .greaterOrEqual: true
      case .equal, .notEqual, .isIn, .missing, .present: false
      }
    }
  }

  /// Whom a line speaks of.
  public enum Subject: Sendable, Codable, Equatable {
    /// The column of a role: written as a plain word.
    case role(Role)
    /// A column by its heading: written in double quotes.
    case column(String)
    /// The forecast's probability of leaving.
    case risk
  }

  public enum Value: Sendable, Codable, Equatable {
    case number(Double)
    /// As the table has it: written in double quotes, or a word that is none of the others.
    case text(String)
    case woman, man, yes, no
    /// The city with the highest churn.
    case worst
    /// Of the attribute's present values, or of the forecasts.
    case quantile(Double)
  }

  public let subject: Subject
  public let comparison: Operator
  /// None for `missing` and `present`, one for all others but `in`.
  public let values: [Value]
  /// As the file has it.
  public let written: String
  public let line: Int

  public init(subject: Subject, comparison: Operator, values: [Value], written: String, line: Int) {
    self.subject = subject
    self.comparison = comparison
    self.values = values
    self.written = written
    self.line = line
  }
}
