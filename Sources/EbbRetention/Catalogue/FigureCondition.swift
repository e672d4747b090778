/// A line about figures: "lift >= 1.2", "clients >= 100", "adjusted difference > 0", "share of leavers >= 20%".
public struct FigureCondition: Sendable, Codable, Equatable {
  public let figure: CatalogueFigure
  public let comparison: AudienceCondition.Operator
  public let value: Double
  /// As the file has it.
  public let written: String
  public let line: Int

  public init(
    figure: CatalogueFigure, comparison: AudienceCondition.Operator, value: Double, written: String, line: Int
  ) {
    self.figure = figure
    self.comparison = comparison
    self.value = value
    self.written = written
    self.line = line
  }

  /// Whether it holds of a figure; an unknown figure fulfils nothing.
  public func holds(of figure: Double?) -> Bool {
    guard let figure else { return false }
    return switch comparison {
    case .equal: figure == value
    case .notEqual: figure != value
    case .less: figure < value
    case .lessOrEqual: figure <= value
    case .greater: figure > value
    case .greaterOrEqual: figure >= value
    case .isIn, .missing, .present: false
    }
  }
}
