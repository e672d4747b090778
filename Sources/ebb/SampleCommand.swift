import EbbSample
import EbbTable
import EbbWords
import Foundation

/// `ebb sample`: made-up clients, to try Ebb on or to measure it.
struct SampleCommand: Command {
  static let spec = CommandSpec(
    name: "sample",
    summary: Phrase(
      en: "made-up clients with the structure of a real bank's table",
      ru: "выдуманные клиенты с устройством настоящей таблицы банка"),
    discussion: Phrase(
      en:
        "The same seed gives the same bytes; the first clients of a larger sample are those of a smaller one.",
      ru:
        "Одно и то же зерно даёт одни и те же байты; первые клиенты большей выборки те же, что в меньшей."),
    options: [
      .init(
        name: "clients", short: "n", kind: .value("N"),
        help: Phrase(en: "how many clients (default 10000)", ru: "сколько клиентов (по умолчанию 10000)")),
      .init(
        name: "seed", short: "s", kind: .value("S"),
        help: Phrase(
          en: "which sample: a whole number from 0 (default 1)",
          ru: "какая выборка: целое число от 0 (по умолчанию 1)")),
      .init(
        name: "out", short: "o", kind: .value("FILE"),
        help: Phrase(
          en: "file to write (default: standard output)", ru: "куда записать (по умолчанию стандартный вывод)"
        )),
    ],
    examples: ["ebb sample --clients 10000 --seed 1 --lang ru --out clients.csv"])

  private let clients: Int
  private let seed: UInt64
  private let path: String?

  init(_ arguments: ParsedArguments) throws(UsageError) {
    clients = try arguments.integer("clients", in: 0...1_000_000_000_000) ?? 10_000
    seed = UInt64(try arguments.integer("seed", in: 0 ... .max) ?? 1)
    if let path = arguments.value("out"), path.isEmpty {
      throw .badValue(
        option: "out", text: path, expected: Phrase(en: "the name of a file", ru: "имя файла"))
    }
    path = arguments.value("out").flatMap { $0 == "-" ? nil : $0 }
  }

  func run(_ session: Session) async throws -> ExitCode {
    let language = session.language()
    let sample = Sample(
      clients: clients, seed: seed, language: language == .russian ? .russian : .english)
    let cores = session.cores ?? ProcessInfo.processInfo.activeProcessorCount
    let progress = ProgressLine(session.console)
    defer { progress.clear() }
    let doing = Phrase(en: "making up clients", ru: "выдумываю клиентов")[language]
    var blocks = sample.blocks(cores: cores)
    guard let path else {
      while let block = await blocks.next() {
        try session.console.write(block)
        showProgress(blocks)
      }
      return .success
    }
    var file = try OutputFile(path: path)
    while let block = await blocks.next() {
      try file.write(block)
      showProgress(blocks)
    }
    try file.finish()
    return .success

    func showProgress(_ blocks: SampleBlocks) {
      guard clients > 0 else { return }
      progress.show(doing, share: Double(blocks.clientsOut) / Double(clients))
    }
  }
}
