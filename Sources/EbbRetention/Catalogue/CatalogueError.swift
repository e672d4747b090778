/// A catalogue that cannot be used: where, what was expected and what was found.
public struct CatalogueError: Error, Sendable, Equatable {
  /// What a node of the file is.
  public enum Shape: String, Sendable, Equatable { case text, list, mapping, nothing }
  /// What a value of a condition ought to be.
  public enum Wanted: Sendable, Equatable {
    /// A number, or `quantile` and a share.
    case numberOrQuantile
    /// A number, or a share of 1 for `quantile`.
    case quantileShare
    case oneValue, someValues, noValue
    case womanOrMan, yesOrNo
    /// `worst` belongs to the city.
    case cityForWorst
    /// Of the forecast, only "at least" can be asked.
    case atLeastForRisk
    case number
    /// One way to order numbers, for figures.
    case ordering
  }
  public enum Problem: Sendable, Equatable {
    case tooLarge(bytes: Int, limit: Int)
    case notUTF8
    /// In the YAML reader's words.
    case broken(reason: String)
    case alias, tag, severalDocuments, empty
    case tooDeep(limit: Int)
    case wrongShape(key: String, expected: Shape, found: Shape)
    case unknownKey(String, nearest: String?, known: [String])
    case repeatedKey(String)
    case missingKey(String, of: String)
    case missingTranslation(key: String, language: String)
    case emptyText(key: String)
    case tooLong(key: String, limit: Int)
    case emptyList(key: String)
    case tooMany(key: String, limit: Int)
    case notANumber(key: String, text: String)
    case notWhole(key: String, text: String)
    case outOfRange(key: String, text: String, low: Double, high: Double)
    case notYesOrNo(key: String, text: String)
    case malformedID(String)
    case repeatedID(String, firstLine: Int)
    case unknownChannel(String, nearest: String?, known: [String])
    case repeatedChannel(String)
    case unknownGrade(String, nearest: String?, known: [String])
    case unknownRole(String, nearest: String?, known: [String])
    case unknownFigure(String, nearest: String?, known: [String])
    case unknownPlace(String, nearest: String?, known: [String])
    /// `{` without `}`, or the other way round.
    case unbalancedBraces(key: String)
    case noOperator(String, known: [String])
    case unknownOperator(String, nearest: String?, known: [String])
    case unfitValue(condition: String, wanted: Wanted)
    /// Two lines that no client can fulfil together, or the same line twice.
    case contradiction(condition: String, line: Int)
    /// An audience told by gender or age needs the legal caution.
    case cautionRequired(id: String)
  }

  /// The file's name, or "built-in".
  public let name: String
  /// From 1.
  public let line: Int
  public let problem: Problem

  public init(name: String, line: Int, problem: Problem) {
    self.name = name
    self.line = line
    self.problem = problem
  }
}
