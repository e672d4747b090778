/// Where slides are played: the master, layouts and theme they use, by name, and the places these leave. Ebb's own
/// (`OwnStage`) or a bank's (`TemplateStage`).
struct DeckStage: Sendable {
  /// A layout, and where its placeholders stand.
  struct Layout: Sendable, Equatable {
    /// "/ppt/slideLayouts/slideLayout2.xml"
    let part: String
    let titleType: String
    let title: Box
    /// Where the title's size is the layout's own; `nil` for ours.
    var subtitle: (index: Int?, box: Box)? = nil
    var footer: (index: Int?, box: Box)? = nil
    var number: (index: Int?, box: Box)? = nil

    static func == (a: Layout, b: Layout) -> Bool { a.part == b.part && a.title == b.title }
  }
  struct Master: Sendable, Equatable {
    let part: String
    let id: String
  }
  let width: Int
  let height: Int
  let masters: [Master]
  /// Everything the slides rest on: masters, layouts, themes, pictures.
  let parts: [PackagePart]
  let cover: Layout
  let finding: Layout
  /// Where a slide's content goes, below the title and above the footer.
  let content: Box
  let headingMetrics: FontMetrics
  let bodyMetrics: FontMetrics
  /// RGB by the names colours are referred to: tx1, bg1, accent1, …
  let palette: [String: String]
  /// The first master's.
  let mainTheme: String
  /// For the notes' own theme.
  let theme: DeckTheme
  /// A bank's: titles keep the look its layouts give them, but for their size.
  var isTemplate = false

  static func rgb(_ theme: DeckTheme) -> [String: String] {
    var found = Dictionary(theme.colours.map { ($0.name, $0.rgb) }) { first, _ in first }
    (found["tx1"], found["bg1"], found["tx2"], found["bg2"]) = (
      theme.text, theme.background, theme.quiet, theme.panel
    )
    return found
  }
}
