import EbbClients
import EbbTable
import Foundation
import Testing

@testable import EbbForecast

/// A client table as the tool reads it becomes features.
struct ForecastInputTests {
  static func clients(_ csv: String) async throws -> ClientTable {
    let path = NSTemporaryDirectory() + "forecast-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(csv.utf8).write(to: URL(fileURLWithPath: path))
    let source = try ByteSource(path: path)
    let reading = try Reading.detect(source)
    let roles = try RoleMatcher.match(headings: reading.columns.map(\.name))
    let read = try await TableReader.read(source, reading, options: roles.readOptions())
    return try ClientTable.make(from: read, assignments: roles).clients
  }

  /// Two hundred rows; `balance` is missing in every third, `note` is free text.
  static let csv: String = {
    var text = "userid,age,gender,balance,products,city,active,churn,note\n"
    for row in 0..<200 {
      let balance = row % 3 == 0 ? "" : "\(1000 + row * 7).\(row % 10)"
      text +=
        "\(9000 + row),\(20 + row % 50),\(row % 2 == 0 ? "M" : "F"),\(balance),\(1 + row % 4),"
        + "\(["Омск", "Тверь", "Казань"][row * row % 3]),\(row % 5 == 0 ? "да" : "нет"),\(row % 6 == 1 ? 1 : 0),"
        + "note \(row * 17 % 200)\n"
    }
    return text
  }()

  @Test func featuresAndTheirMeaning() async throws {
    let input = try #require(ForecastInput(try await Self.clients(Self.csv)))
    #expect(
      Set(input.matrix.features.map(\.name)) == ["age", "gender", "balance", "products", "city", "active"])
    #expect(input.churned == (0..<200).map { $0 % 6 == 1 })
    #expect(input.products == "products" && input.gender == "gender" && input.age == "age")
    func column(_ name: String) throws -> (FeatureMatrix.Feature, [Double]) {
      let index = try #require(input.matrix.features.firstIndex { $0.name == name })
      return (input.matrix.features[index], input.matrix.columns[index])
    }
    let (_, balance) = try column("balance")
    #expect(balance[0].isNaN && balance[1] == 1007.1 && balance.count { $0.isNaN } == 67)
    let (city, codes) = try column("city")
    #expect(city.kind == .category && city.levels[Int(codes[0])] == "Омск")
    let (active, flags) = try column("active")
    #expect(active.isActionable && !active.isSensitive && flags[0] == 1 && flags[1] == 0)
    #expect(try column("gender").0.isSensitive && column("age").0.isSensitive)
    #expect(input.cuts["age"]?.isEmpty == false)
  }

  @Test(arguments: [["gender"], ["age", "gender"]] as [Set<String>]) func excluded(names: Set<String>)
    async throws
  {
    let input = try #require(ForecastInput(try await Self.clients(Self.csv), excluding: names))
    #expect(input.matrix.features.allSatisfy { !names.contains($0.name) })
    #expect(Set(input.setAside.filter { $0.reason == .excluded }.map(\.feature)) == names)
  }
}
