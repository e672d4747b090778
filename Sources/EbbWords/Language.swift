/// A language Ebb speaks.
public enum Language: String, Sendable, Codable, Equatable, CaseIterable {
  case english = "en"
  case russian = "ru"

  /// The language of a session: what the user said, else the locale if it names Russian, else the language of the
  /// data (Cyrillic headings or values mean Russian), else English.
  public static func resolve(option: String?, environment: [String: String], dataIsCyrillic: Bool)
    -> Language
  {
    if let option, let language = Language(rawValue: option) { return language }
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let locale = environment[name], !locale.isEmpty else { continue }
      if locale.hasPrefix("ru") { return .russian }
      break
    }
    return dataIsCyrillic ? .russian : .english
  }
}
