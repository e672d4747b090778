/// What one slide says: its finding in wordings from the fullest to the shortest, what is shown, what follows from it, and
/// what the speaker adds.
public struct SlideWords: Sendable, Equatable {
  public let titles: [String]
  /// Under the title: what the picture shows.
  public let lead: String
  public let points: [String]
  public let notes: [String]

  public init(titles: [String], lead: String, points: [String] = [], notes: [String]) {
    self.titles = titles
    self.lead = lead
    self.points = points
    self.notes = notes
  }
}

/// A figure written large, with what it is.
public struct KeyFigure: Sendable, Equatable {
  public let figure: String
  public let meaning: String
  public let detail: String
  /// It tells of loss rather than of gain.
  public let isAlarm: Bool
}
