import EbbClients
import EbbEngine
import EbbForecast
import EbbRetention
import EbbSegments
import EbbStudy
import EbbTable
import EbbWarehouse
import EbbWords

/// An error told to the user: what was wrong, where, what to do, and the exit code that goes with it.
enum Failure {
  static func report(_ error: any Error, console: Console, language: Language) -> ExitCode {
    if let error = error as? UsageError {
      console.complain("ebb: " + error.phrase[language])
      console.complain(
        Phrase(en: "`ebb --help` lists the commands.", ru: "`ebb --help` перечисляет команды.")[language])
      return .usage
    }
    if let error = error as? OutputError {
      guard case .failed(let path, let reason) = error else { return .success }
      let place = path == "-" ? Phrase(en: "standard output", ru: "стандартный вывод")[language] : path
      console.complain(
        "ebb: "
          + Phrase(
            en: "cannot write \(place): \(reason)", ru: "не удалось записать \(place): \(reason)")[language])
      return .cannotWrite
    }
    if error is CancellationError {
      console.complain("ebb: " + Phrase(en: "stopped", ru: "остановлено")[language])
      return .interrupted
    }
    let explanation = ErrorWords.explain(error, language)
    console.complain("ebb: " + explanation.message)
    for line in explanation.details { console.complain("  " + line) }
    if let remedy = explanation.remedy { console.complain(remedy) }
    return exitCode(for: error)
  }

  static func exitCode(for error: any Error) -> ExitCode {
    switch error {
    case let error as TableError:
      switch error {
      case .noSuchFile, .notAFile, .noPermission, .readFailed: .noInput
      case .unknownColumn, .ambiguousColumn: .usage
      default: .badData
      }
    case let error as ClientError:
      switch error {
      case .malformedMapping, .unknownRole, .unknownColumn, .columnUsedTwice, .roleUsedTwice: .usage
      default: .badData
      }
    case let error as ComparisonError:
      if case .emptyColumn = error { .badData } else { .usage }
    case let error as ExperimentError:
      if case .sameColumn = error { .usage } else { .badData }
    case let error as EngineError:
      switch error {
      case .unknownColumn: .usage
      case .notNumeric, .tooManyCells: .badData
      case .cancelled: .interrupted
      case .source(let failure): exitCode(for: failure.error)
      }
    case let error as WarehouseError:
      switch error {
      case .badAddress, .badCondition, .unsupported, .unknownFormat: .usage
      case .cannotConnect, .password, .noTable, .noRights, .lostConnection, .timeout, .noSpark, .sparkFailed,
        .noPath:
        .noInput
      case .tableExists: .cannotWrite
      case .cancelled: .interrupted
      case .emptyTable, .tooManyRows, .unreadableColumn, .disagreement, .refused, .changed, .unreadableFile:
        .badData
      }
    case let error as ModelError:
      switch error {
      case .noFolder, .missingFile: .noInput
      case .noMethod: .usage
      default: .badData
      }
    case let error as SQLExportError:
      if case .emptyName = error { .usage } else { .badData }
    case is MissingColumns, is CatalogueError, is StudyFile.Failure: .badData
    case is MoneyAssumptionError: .usage
    case let error as DeckError:
      if case .cannotRead = error { .noInput } else { .badData }
    default: .software
    }
  }
}
