/// One slide: its finding as title, what stands on it, and what to say.
struct Slide: Sendable {
  enum Kind: Sendable, Equatable { case cover, finding }
  enum Content: Sendable {
    case text(TextBody, fill: DeckColour?)
    case chart(NativeChart)
    case table(TableMarkup)
    /// Says nothing by itself.
    case rectangle(DeckColour)
  }
  struct Element: Sendable {
    let name: String
    let box: Box
    let content: Content
    /// What it shows, for those who do not see it; charts and tables have one.
    var alternative: String = ""
  }
  let kind: Kind
  /// What it is of, the same in every language: "products".
  var name = ""
  let title: String
  /// In points.
  let titleSize: Double
  /// The cover's second line.
  var subtitle: [TextParagraph] = []
  var elements: [Element] = []
  /// Paragraphs for the speaker.
  var notes: [String] = []
}
