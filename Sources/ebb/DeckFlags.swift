import EbbDeck
import EbbWords

/// Flags that say what the presentation looks like.
enum DeckFlags {
  static let options: [CommandSpec.Option] = [
    .init(
      name: "template", kind: .value("FILE"),
      help: Phrase(
        en: "a .pptx or .potx whose master, layouts and theme the presentation uses",
        ru: "файл .pptx или .potx: его образец, макеты и тема берутся для презентации")),
    .init(
      name: "theme", kind: .value("FILE"),
      help: Phrase(
        en: "a JSON file with the presentation's colours, fonts and logo",
        ru: "файл JSON: цвета, шрифты и логотип презентации")),
  ]

  static func look(_ arguments: ParsedArguments) throws(UsageError) -> Deck.Look {
    switch (arguments.value("template"), arguments.value("theme")) {
    case (let template?, nil): return .template(path: template)
    case (nil, let theme?): return .theme(path: theme)
    case (nil, nil): return .ebb
    case (_?, let theme?):
      throw .badValue(
        option: "theme", text: theme,
        expected: Phrase(en: "either --theme or --template", ru: "что-то одно: --theme или --template"))
    }
  }
}
