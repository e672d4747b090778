import EbbClients
import EbbTable
import Foundation

/// Client tables for the tests: the public one (`nil` where `../shared` is absent), and ones written out.
enum BankTable {
  static let path: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.deletingLastPathComponent().appendingPathComponent("shared/data/bank_dataset.csv").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  static func bank() async throws -> ClientTable { try await clients(path: path!) }

  static func clients(path: String) async throws -> ClientTable {
    let source = try ByteSource(path: path)
    let reading = try Reading.detect(source)
    let roles = try RoleMatcher.match(headings: reading.columns.map(\.name))
    let read = try await TableReader.read(source, reading, options: roles.readOptions())
    return try ClientTable.make(from: read, assignments: roles).clients
  }

  static func clients(csv: String) async throws -> ClientTable {
    let path = NSTemporaryDirectory() + "retention-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(csv.utf8).write(to: URL(fileURLWithPath: path))
    return try await clients(path: path)
  }

  /// The same clients with who left dealt anew.
  static func shuffled(_ clients: ClientTable, seed: UInt64) -> ClientTable {
    let name = clients.schema.column(.churn)!
    let columns = clients.table.columns.map { column -> Column in
      guard column.name == name, case .codes(let chunks, let levels) = column.storage else { return column }
      var codes = chunks.flatMap { chunk in (0..<chunk.count).map { chunk[$0] } }
      var random = Draws(seed: seed)
      codes.shuffle(using: &random)
      var start = 0
      let parts = clients.table.chunkRowCounts.map { count in
        defer { start += count }
        return PackedIntegers(packing: Array(codes[start..<start + count]))
      }
      return Column(
        name: column.name, kind: column.kind, storage: .codes(parts, levels: levels), missing: column.missing)
    }
    return ClientTable(
      table: Table(columns: columns, chunkRowCounts: clients.table.chunkRowCounts), schema: clients.schema)
  }

  /// Clients whose attributes have nothing to do with each other; `leaves` gives each one's chance.
  static func madeUp(
    _ count: Int, seed: UInt64, leaves: (MadeUp) -> Double
  ) -> String {
    var random = Draws(seed: seed)
    func uniform() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 }
    var text =
      "userid,score,City,Gender,Age,Objects,Balance,Products,CreditCard,Loyalty,estimated_salary,Churn\n"
    for id in 0..<count {
      let client = MadeUp(
        city: ["Омск", "Тверь", "Казань"][Int(uniform() * 3)], isWoman: uniform() < 0.5,
        age: 18 + Int(uniform() * 55), balance: uniform() < 0.3 ? nil : Int(uniform() * 20_000_000),
        products: 1 + Int(uniform() * uniform() * 4), hasCard: uniform() < 0.7, isActive: uniform() < 0.5)
      let balance = client.balance.map { "\($0 / 100).\($0 % 100)" } ?? ""
      text +=
        "\(100_000 + id),\(400 + Int(uniform() * 400)),\(client.city),\(client.isWoman ? "Ж" : "М"),\(client.age),"
        + "\(Int(uniform() * 10)),\(balance),\(client.products),\(client.hasCard ? 1 : 0),"
        + "\(client.isActive ? 1 : 0),\(Int(uniform() * 200_000)),\(uniform() < leaves(client) ? 1 : 0)\n"
    }
    return text
  }

  struct MadeUp {
    let city: String
    let isWoman: Bool
    let age: Int
    /// In hundredths.
    let balance: Int?
    let products: Int
    let hasCard: Bool
    let isActive: Bool
  }
}

/// SplitMix64.
struct Draws: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
