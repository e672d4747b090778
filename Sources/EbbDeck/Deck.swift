import EbbTable
public import EbbStudy
public import EbbWords

/// A study as a deck: `presentation.pptx`, ready to be presented and to be edited.
///
/// Slides whose chapter the study lacks are left out. Nothing is calculated; every figure is the study's. The same study
/// gives the same bytes: no clock, no machine.
public enum Deck {
  public static let name = "presentation.pptx"

  /// The deck's bytes.
  /// - Parameter study: also written into the footers, by the checksum of its study.json.
  /// - Throws: where the study cannot be encoded or the file not be put together.
  public static func make(_ study: Study, language: Language) throws -> [UInt8] {
    let tag = language == .russian ? "ru-RU" : "en-US"
    let stage = OwnStage.make(.ebb, language: tag)
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
}

extension SlideComposer {
  /// The slides in the order they are told.
  var story: [Slide] {
    [cover] + summary + data + churn + products + cities + pairs + portrait + greatestRisk + hypotheses + forecast
      + drivers + riskGroups + recommendations + plan + assumptions + experiment + limits + method + glossary
  }

  /// In one line of the layout's footer.
  var footer: String {
    let width = stage.finding.footer?.box.width ?? stage.content.width
    return stage.bodyMetrics.cut(words.footer, size: 12, width: Double(width) / Double(Box.point))
  }
}
