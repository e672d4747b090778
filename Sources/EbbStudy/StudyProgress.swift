/// What a running study is at.
public enum StudyProgress: Sendable, Equatable {
  case opening
  /// Share of the file's bytes, where its size is known.
  case reading(share: Double?)
  case cleaning
  /// The engine answers the chapters' questions.
  case computing
  case chapters
  /// Models learn and are judged; share of that work.
  case forecasting(share: Double)
  /// Recommendations and the plan.
  case planning
  case writing
}
