import EbbClients
import EbbEngine
import EbbSegments
import EbbTable

/// An error in words: what was wrong and where, details, and what to do.
public struct Explanation: Sendable, Equatable {
  public let message: String
  public let details: [String]
  public let remedy: String?

  public init(message: String, details: [String] = [], remedy: String? = nil) {
    self.message = message
    self.details = details
    self.remedy = remedy
  }
}

/// Errors of every room, said in the user's language.
public enum ErrorWords {
  public static func explain(_ error: any Error, _ language: Language) -> Explanation {
    switch error {
    case let error as TableError: TableErrorWords.explain(error, language)
    case let error as ClientError: ClientErrorWords.explain(error, language)
    case let error as ComparisonError: ComparisonErrorWords.explain(error, language)
    case let error as EngineError: EngineErrorWords.explain(error, language)
    default: Explanation(message: String(describing: error))
    }
  }
}
