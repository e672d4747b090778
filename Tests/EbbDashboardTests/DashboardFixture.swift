import EbbClients
import EbbEngine
import EbbSample
import EbbStudy
import Foundation

/// Studies to make pages of: made-up clients, without the forecast, which takes long.
enum DashboardFixture {
  static let hostile = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "__proto__", "<!--", "]]>",
    "\"'`&amp;",
    "\u{2028}\u{2029}", "\u{202E}right to left\u{202C}", "🧛‍♂️🏦", "{{7*7}} ${7*7}",
  ]

  static func rows(_ clients: Int) async -> [[String]] {
    var blocks = Sample(clients: clients, seed: 7, language: .russian).blocks(cores: 1)
    var bytes: [UInt8] = []
    while let block = await blocks.next() { bytes += block }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Cities with the names above, and two columns with headings of that kind.
  static func hostileRows(_ clients: Int) async -> [[String]] {
    var rows = await rows(clients)
    let city = rows[0].firstIndex { $0 == "City" || $0 == "Geography" || $0 == "Город" } ?? 2
    for index in rows.indices.dropFirst() {
      rows[index][city] = hostile[index % hostile.count]
      rows[index] += [hostile[index / 7 % 3], "\(index % 2)"]
    }
    rows[0] += ["<img src=x onerror=alert(1)>", "constructor"]
    return rows
  }

  static func study(_ rows: [[String]], cores: Int = 2) async throws -> Study {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ebb-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "clients.csv").path
    let text = rows.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
    }.joined()
    try Data(text.utf8).write(to: URL(filePath: path))
    var configuration = StudyConfiguration(
      chapters: Set(StudyConfiguration.Chapter.allCases).subtracting([.forecast]))
    configuration.cores = cores
    let intake = try await ClientIntake.read(path: path, configuration: configuration)
    let provenance = Provenance(
      tool: "ebb test", source: "clients.csv", intake: intake, configuration: configuration)
    return try await StudyRunner.study(
      intake, engine: MemoryEngine(intake.clients, cores: cores), provenance: provenance,
      configuration: configuration
    ).study
  }
}
