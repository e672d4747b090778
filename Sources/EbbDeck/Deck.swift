public import EbbStudy
import EbbTable
public import EbbWords
import Foundation

/// A study as a deck: `presentation.pptx`, ready to be presented and to be edited.
///
/// Slides whose chapter the study lacks are left out. Nothing is calculated; every figure is the study's. The same study
/// gives the same bytes: no clock, no machine.
public enum Deck {
  public static let name = "presentation.pptx"

  /// What the deck looks like.
  public enum Look: Sendable, Equatable {
    case ebb
    /// A theme file: colours, fonts, logo (`docs/deck.md`).
    case theme(path: String)
    /// A .pptx or .potx whose master, layouts and theme are used.
    case template(path: String)
  }

  /// The deck's bytes.
  /// - Parameter study: also written into the footers, by the checksum of its study.json.
  /// - Throws: `DeckError` for a theme or template that cannot be used; else where the file cannot be put together.
  public static func make(_ study: Study, language: Language, look: Look = .ebb) throws -> [UInt8] {
    let tag = language == .russian ? "ru-RU" : "en-US"
    let stage = try stage(look, tag)
    let words = DeckWords(study, language: language, run: Checksum.crc32(try StudyFile.encode(study)))
    let composer = SlideComposer(stage: stage, words: words)
    let slides = composer.story
    let writer = SlideWriter(
      stage: stage, language: tag, footer: composer.footer, sheet: words.sheet,
      bookWords: ChartBookWords(across: words.across, plus: words.plus, minus: words.minus))
    let package = try PresentationMarkup.package(
      slides: slides, stage: stage, writer: writer, title: slides.first?.title ?? "")
    return try ZipArchive.make(try package.files())
  }

  private static func stage(_ look: Look, _ tag: String) throws(DeckError) -> DeckStage {
    switch look {
    case .ebb: return OwnStage.make(.ebb, language: tag)
    case .theme(let path): return OwnStage.make(try ThemeFile.read(path), language: tag)
    case .template(let path):
      guard let data = FileManager.default.contents(atPath: path) else { throw .cannotRead(path: path) }
      return try TemplateStage.make([UInt8](data), path: path)
    }
  }
}

extension SlideComposer {
  /// The slides in the order they are told, each named by what it is of.
  var story: [Slide] {
    let parts: [(String, [Slide])] = [
      ("cover", [cover]), ("summary", summary), ("data", data), ("churn", churn), ("products", products),
      ("portrait", portrait), ("greatestRisk", greatestRisk),
      ("riskGroups", riskGroups), ("hypotheses", hypotheses), ("forecast", forecast), ("drivers", drivers),
      ("recommendations", recommendations), ("plan", plan),
      ("experiment", experiment), ("limits", limits),
      // The appendix: what a board asks for, if at all.
      ("cities", cities), ("pairs", pairs), ("recommendations", furtherRecommendations),
      ("assumptions", assumptions), ("method", method), ("glossary", glossary),
    ]
    return parts.flatMap { name, slides in
      slides.map { slide in
        var slide = slide
        slide.name = name
        return slide
      }
    }
  }

  /// In one line of the layout's footer.
  var footer: String {
    let inset = stage.isTemplate ? 16.0 : 0
    let width = Double(stage.finding.footer?.box.width ?? stage.content.width) / Double(Box.point) - inset
    let wordings = words.footers
    return wordings.first { stage.bodyMetrics.width($0, size: 12) <= width }
      ?? stage.bodyMetrics.cut(wordings.last ?? "", size: 12, width: width)
  }
}
