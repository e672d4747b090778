import EbbClients
import EbbEngine
import Foundation

@testable import EbbSegments

/// The two hundred clients of Tests/golden/profile_churn.py, row for row; and small tables written out.
enum MadeUpBank {
  struct Client {
    var products = 1
    var city = "A"
    var gender = "F"
    var age = 40
    var objects = 0
    /// In tenths.
    var balance: Int?
    var income = 20000
    var score = 500
    var card = 0
    var active = 0
    var churn = 0
  }

  static let clients: [Client] = (0..<200).map { i in
    let age = 18 + i * 37 % 53
    let active = i * 11 % 7 < 4 ? 1 : 0
    let leaves = i % 20 == 7 || i * 17 % 23 + age / 5 + (active == 1 ? 0 : 4) > 26
    return Client(
      products: i % 20 == 7 ? 4 : [1, 2, 1, 2, 3][(i * i + i / 7) % 5],
      city: [5: "C", 11: "D"][i % 67] ?? (i % 3 == 1 ? "B" : "A"), gender: i * 7 % 5 < 3 ? "M" : "F",
      age: age,
      objects: i * 29 % 11, balance: i % 3 == 1 ? nil : 10000 + i * 79190 % 50030 + i % 10,
      income: (20000 + 10 * (i * i * 13 % 997)) * (i % 50 == 3 ? 9 : 1), score: 400 + i * 53 % 211,
      card: i * 3 % 10 < 7 ? 1 : 0, active: active, churn: leaves ? 1 : 0)
  }

  static func csv(_ clients: [Client]) -> String {
    var text = "userid,score,city,gender,age,objects,balance,products,card,active,income,churn\n"
    for (index, c) in clients.enumerated() {
      let balance = c.balance.map { "\($0 / 10).\($0 % 10)" } ?? ""
      text +=
        "\(1000 + index),\(c.score),\(c.city),\(c.gender),\(c.age),\(c.objects),\(balance),\(c.products),\(c.card),\(c.active),\(c.income),\(c.churn)\n"
    }
    return text
  }

  static func read(_ csv: String) async throws -> (clients: ClientTable, quality: DataQuality) {
    let path = NSTemporaryDirectory() + "chapters-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(csv.utf8).write(to: URL(fileURLWithPath: path))
    return try await ReferenceFiguresTests.clients(path: path)
  }

  /// Both chapters of a table written out as text, made as the tool makes them.
  static func chapters(_ csv: String, threshold: Int = 5) async throws -> (profile: Profile, churn: Churn?) {
    let (clients, quality) = try await read(csv)
    return try await chapters(clients, quality, threshold: threshold)
  }

  static func chapters(
    _ clients: ClientTable, _ quality: DataQuality, threshold: Int = 5
  ) async throws -> (profile: Profile, churn: Churn?) {
    let engine = MemoryEngine(clients)
    let schema = clients.schema
    var answers = try await engine.answer(
      Profile.questions(for: schema, data: quality).union(Churn.questions(for: schema, data: quality)))
    answers = answers.merging(try await engine.answer(Profile.followUp(for: schema, answers)))
    return (
      Profile(answers: answers, schema: schema, data: quality, threshold: threshold),
      Churn(answers: answers, schema: schema, data: quality, threshold: threshold)
    )
  }
}
