/// The same words in every language Ebb speaks. Both are required: an untranslated text does not compile.
public struct Phrase: Sendable, Equatable {
  public let english: String
  public let russian: String

  public init(en english: String, ru russian: String) {
    self.english = english
    self.russian = russian
  }

  /// For texts that are the same in every language: names of formats, symbols.
  public init(same text: String) {
    self.english = text
    self.russian = text
  }

  public subscript(_ language: Language) -> String {
    switch language {
    case .english: english
    case .russian: russian
    }
  }
}
