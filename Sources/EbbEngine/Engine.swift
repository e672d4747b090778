public import EbbClients

/// Answers batches of questions about one client table.
///
/// Ask everything at once: the engine fuses a batch into as few passes as it can.
public protocol Engine: Sendable {
  var schema: ClientSchema { get }
  /// - Throws: `EngineError` where a column is unknown, not numeric, or an answer would not fit.
  func answer(_ questions: Set<Question>) async throws(EngineError) -> Answers
}

public enum EngineError: Error, Sendable, Equatable {
  case unknownColumn(String)
  case notNumeric(String)
  case tooManyCells(groupings: [Grouping], cells: Int, limit: Int)
  case cancelled
  /// The place where the clients lie could not answer.
  case source(SourceFailure)
}

/// Why the place where the clients lie did not answer, in its own words.
public struct SourceFailure: Error, Sendable, Equatable {
  public let error: any Error
  public init(_ error: any Error) { self.error = error }

  public static func == (first: SourceFailure, second: SourceFailure) -> Bool {
    String(reflecting: first.error) == String(reflecting: second.error)
  }
}

/// The answers of one batch, looked up by their questions.
public struct Answers: Sendable {
  private let byQuestion: [Question: Answer]

  public init(_ byQuestion: [Question: Answer]) { self.byQuestion = byQuestion }

  /// `nil` where the question was not part of the batch.
  public subscript(_ question: Question) -> Answer? { byQuestion[question] }

  public func merging(_ other: Answers) -> Answers {
    Answers(byQuestion.merging(other.byQuestion) { first, _ in first })
  }
}
