import EbbClients
import EbbEngine
import EbbForecast
import EbbRetention
import EbbSegments
import EbbStudy
import EbbTable
import EbbWarehouse

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
    case let error as ExperimentError: ExperimentErrorWords.explain(error, language)
    case let error as WarehouseError: WarehouseErrorWords.explain(error, language)
    case let error as EngineError: EngineErrorWords.explain(error, language)
    case let error as MoneyAssumptionError: MoneyWords.explain(error, language)
    case let error as ModelError: ModelErrorWords.explain(error, language)
    case let error as CatalogueError: CatalogueErrorWords.explain(error, language)
    case let error as SQLExportError: SQLExportErrorWords.explain(error, language)
    case let error as StudyFile.Failure: StudyErrorWords.explain(error, language)
    case let error as MissingColumns:
      Explanation(
        message: Phrase(
          en:
            "the table lacks columns the model needs: \(error.missing.map(TextTable.visible).joined(separator: ", "))",
          ru:
            "в таблице нет столбцов, нужных модели: \(error.missing.map(TextTable.visible).joined(separator: ", "))"
        )[language],
        details: [
          Phrase(en: "the table has: ", ru: "в таблице есть: ")[language]
            + error.headings.prefix(20).map(TextTable.visible).joined(separator: ", ")
        ],
        remedy: Phrase(
          en: "Say which column means what: --map city=Town; or score without them: --allow-missing.",
          ru: "Укажите, какой столбец что значит: --map city=Town; или посчитайте без них: --allow-missing.")[
            language])
    case let error as DeckError: Explanation(message: error.explanation[language])
    case let error as StudyFile.Failure: StudyFileWords.explain(error, language)
    case let error as TreeError:
      Explanation(message: Phrase(en: "XGBoost: ", ru: "XGBoost: ")[language] + error.message)
    default: Explanation(message: String(describing: error))
    }
  }
}
