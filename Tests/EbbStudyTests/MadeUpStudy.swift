import EbbEngine
import EbbSample
import Foundation

@testable import EbbStudy

/// Studies of made-up clients, made as the tool makes them.
enum MadeUpStudy {
  /// All chapters but the forecast, which takes long and has tests of its own.
  static let chapters = Set(StudyConfiguration.Chapter.allCases).subtracting([.forecast])

  /// Rows of `ebb sample`, the heading first.
  static func rows(_ clients: Int) async -> [[String]] {
    var blocks = Sample(clients: clients, seed: 7, language: .russian).blocks(cores: 1)
    var bytes: [UInt8] = []
    while let block = await blocks.next() { bytes += block }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static func csv(_ rows: [[String]]) -> String {
    rows.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// The rows without one column.
  static func without(_ column: String, _ rows: [[String]]) -> [[String]] {
    guard let index = rows[0].firstIndex(of: column) else { preconditionFailure("no \(column)") }
    return rows.map { row in
      var row = row
      row.remove(at: index)
      return row
    }
  }

  /// The rows with one column's values changed; `change` gets the row's number, the heading aside.
  static func changing(_ column: String, _ rows: [[String]], _ change: (Int, String) -> String) -> [[String]]
  {
    guard let index = rows[0].firstIndex(of: column) else { preconditionFailure("no \(column)") }
    var rows = rows
    for row in rows.indices.dropFirst() { rows[row][index] = change(row - 1, rows[row][index]) }
    return rows
  }

  static func make(
    _ rows: [[String]], cores: Int = 2, chapters: Set<StudyConfiguration.Chapter> = chapters,
    alpha: Double = 0.05, progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) async throws -> Study {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ebb-study-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "clients.csv").path
    try Data(csv(rows).utf8).write(to: URL(filePath: path))
    var configuration = StudyConfiguration(alpha: alpha, chapters: chapters)
    configuration.cores = cores
    let intake = try await ClientIntake.read(path: path, configuration: configuration)
    let provenance = Provenance(tool: "ebb test", source: path, intake: intake, configuration: configuration)
    return try await StudyRunner.study(
      intake, engine: MemoryEngine(intake.clients, cores: cores), provenance: provenance,
      configuration: configuration, progress: progress
    ).study
  }

  /// Two thousand clients, studied once for all tests that only look.
  static let typical = Task { try await make(await rows(2000)) }
}
