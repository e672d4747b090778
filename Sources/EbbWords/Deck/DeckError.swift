/// Why a deck cannot be made: what was wrong with the look that was asked for.
public enum DeckError: Error, Sendable, Equatable {
  case cannotRead(path: String)
  /// Not a .pptx or .potx.
  case notAPresentation(path: String)
  /// Without a layout that has a title.
  case noLayout(path: String)
  /// A theme file that cannot be understood; `what` is the key or the reason.
  case badTheme(path: String, what: String)
  case badLogo(path: String)

  public var explanation: Phrase {
    switch self {
    case .cannotRead(let path):
      Phrase(
        en: "cannot read \(TextTable.visible(path))", ru: "не удалось прочитать \(TextTable.visible(path))")
    case .notAPresentation(let path):
      Phrase(
        en: "\(TextTable.visible(path)) is no presentation or template (.pptx, .potx)",
        ru: "\(TextTable.visible(path))\u{00A0}— не презентация и не шаблон (.pptx, .potx)")
    case .noLayout(let path):
      Phrase(
        en: "the template \(TextTable.visible(path)) has no layout with a title",
        ru: "в шаблоне \(TextTable.visible(path)) нет ни одного макета с заголовком")
    case .badTheme(let path, let what):
      Phrase(
        en: "the theme \(TextTable.visible(path)) cannot be used: \(TextTable.visible(what))",
        ru: "тема \(TextTable.visible(path)) не подходит: \(TextTable.visible(what))")
    case .badLogo(let path):
      Phrase(
        en: "the logo \(TextTable.visible(path)) is neither PNG nor JPEG",
        ru: "логотип \(TextTable.visible(path))\u{00A0}— не PNG и не JPEG")
    }
  }
}
