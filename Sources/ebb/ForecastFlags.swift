import EbbForecast
import EbbWords
import Foundation

/// What a user says about a forecast's learning: the flags of every command that trains models.
enum ForecastFlags {
  static let exclude = CommandSpec.Option(
    name: "exclude", kind: .repeated("LIST"),
    help: Phrase(
      en: "columns or roles the forecast must not use: gender,age",
      ru: "столбцы или роли, которых в прогнозе быть не должно: gender,age"))
  static let trainingClients = CommandSpec.Option(
    name: "training-clients", kind: .value("N|all"),
    help: Phrase(
      en: "how many clients the forecast learns from at most (default 200000)",
      ru: "на скольких клиентах прогноз учится самое большее (по умолчанию 200000)"))
  static let seed = CommandSpec.Option(
    name: "seed", kind: .value("S"),
    help: Phrase(
      en: "seed of the forecast's folds and resamples (default 1)",
      ru: "зерно для разбиений и повторных выборок прогноза (по умолчанию 1)"))

  static let options = [exclude, trainingClients, seed]

  static func excluded(_ arguments: ParsedArguments) -> Set<String> {
    Set(
      arguments.all("exclude").flatMap {
        $0.split(separator: ",").map { String($0).trimmingCharacters(in: .whitespaces) }
      })
  }

  /// `options` with what the command line says.
  static func apply(_ arguments: ParsedArguments, to options: inout ForecastOptions) throws(UsageError) {
    if arguments.value("training-clients") == "all" {
      options.trainingLimit = nil
    } else if let limit = try arguments.integer("training-clients", in: 1_000...Int.max) {
      options.trainingLimit = limit
    }
    if let seed = try arguments.integer("seed", in: 0...Int.max) { options.settings.seed = UInt64(seed) }
  }
}
