/// A text that somebody wrote in both languages: a catalogue's words, kept as data.
public struct LocalizedText: Sendable, Codable, Hashable {
  public let en: String
  public let ru: String

  public init(en: String, ru: String) {
    self.en = en
    self.ru = ru
  }
}
