import EbbClients
import Foundation
import Testing

@testable import EbbSegments

@Suite struct ClientCubeTests {
  static func random(_ count: Int, cities: Int, seed: Int) -> [MadeUpBank.Client] {
    var random = Generator(state: UInt64(seed))
    return (0..<count).map { _ in
      MadeUpBank.Client(
        products: Int.random(in: 1...2, using: &random),
        city:
          "C\(Int.random(in: 0..<cities, using: &random) * Int.random(in: 0..<cities, using: &random) / cities)",
        gender: ["F", "M"].randomElement(using: &random)!, age: Int.random(in: 18...80, using: &random),
        balance: Bool.random(using: &random) ? Int.random(in: 1000...99999, using: &random) : nil,
        card: Int.random(in: 0...1, using: &random), active: Int.random(in: 0...1, using: &random),
        churn: Int.random(in: 0...3, using: &random) == 0 ? 1 : 0)
    }
  }

  /// What a client is called on an axis of the cube.
  static func value(_ client: MadeUpBank.Client, _ axis: ClientCube.Axis) -> String {
    let own: String
    switch axis.attribute.role {
    case .products: own = "\(client.products)"
    case .city: own = client.city
    case .activity: own = "\(client.active)"
    case .gender: own = client.gender
    case .card: own = "\(client.card)"
    case .balance:
      own =
        client.balance.map { balance in
          axis.values.first { band in
            let borders = band.dropFirst().dropLast().components(separatedBy: "; ").map { Double($0) }
            guard borders.count == 2, let low = borders[0], let high = borders[1] else { return false }
            let value = Double(balance) / 10
            return (band.first == "[" ? low <= value : low < value) && value <= high
          } ?? "?"
        } ?? "missing"
    case .age:
      own =
        axis.values.first { band in
          let borders = band.dropFirst().dropLast().components(separatedBy: "; ").map { Int($0) }
          return borders.count == 2 && (borders[0] ?? 0) <= client.age && client.age < borders[1] ?? 999
        } ?? "?"
    default: own = "?"
    }
    return axis.values.contains(own) ? own : "other"
  }

  /// Every cell counted again from the clients, the slow way.
  @Test(arguments: 1...6) func cellsAreThoseOfTheClients(seed: Int) async throws {
    let clients = Self.random(3000, cities: seed % 2 == 0 ? 4 : 40, seed: seed)
    let cube = try #require(try await MadeUpBank.chapters(MadeUpBank.csv(clients)).churn?.cube)
    #expect(
      cube.axes.map(\.attribute.role) == [.products, .city, .activity, .gender, .age, .card, .balance])
    let city = cube.axes[1]
    let named = city.values.count { $0 != "pooled" }
    #expect(named == (seed % 2 == 0 ? named : ClientCube.levelLimit + 1))
    #expect((city.others > 0) == (seed % 2 == 1))
    #expect(city.values.contains("other") == (city.others > 0))
    var counted: [[String]: (n: Int, churned: Int, balance: Int)] = [:]
    for client in clients {
      let key = cube.axes.map { Self.value(client, $0) }
      let old = counted[key] ?? (0, 0, 0)
      counted[key] = (old.n + 1, old.churned + client.churn, old.balance + (client.balance ?? 0))
    }
    // Whole cells first: exactly these clients.
    for cell in cube.cells {
      let key = zip(cube.axes, cell.at).map { $0.values[$1] }
      #expect(cell.n >= 5)
      if key.contains("pooled") { continue }
      let found = counted.removeValue(forKey: key)
      let wanted = try #require(found)
      #expect(cell.n == wanted.n && cell.churned == wanted.churned)
      if let balance = cell.balance { #expect(abs(balance - Double(wanted.balance) / 10) < 1e-6) }
    }
    // All others are in cells that name what they have, or "pooled".
    let pooled = cube.cells.map { cell in (key: zip(cube.axes, cell.at).map { $0.values[$1] }, cell: cell) }
      .filter { $0.key.contains("pooled") }
    #expect(pooled.reduce(0) { $0 + $1.cell.n } == counted.values.reduce(0) { $0 + $1.n })
    #expect(pooled.reduce(0) { $0 + $1.cell.churned } == counted.values.reduce(0) { $0 + $1.churned })
    #expect(cube.pooledClients == counted.values.reduce(0) { $0 + $1.n })
    for key in counted.keys {
      #expect(pooled.contains { zip($0.key, key).allSatisfy { $0 == "pooled" || $0 == $1 } })
    }
    #expect(Set(cube.cells.map(\.at)).count == cube.cells.count)
  }

  /// What the cells hide of a level is nobody or enough clients: how many the level has is told elsewhere.
  @Test(arguments: 1...8) func noLevelIsGivenAwayByWhatIsMissing(seed: Int) async throws {
    let clients = Self.random(400 * seed, cities: seed % 2 == 0 ? 4 : 14, seed: seed)
    let cube = try #require(try await MadeUpBank.chapters(MadeUpBank.csv(clients)).churn?.cube)
    #expect(cube.cells.reduce(0) { $0 + $1.n } == clients.count)
    for (axis, described) in cube.axes.enumerated() {
      for (level, name) in described.values.enumerated() where name != "pooled" {
        let all = clients.filter { Self.value($0, described) == name }
        // A level of so few is not told of anywhere.
        if all.count < 5 { continue }
        let told = cube.cells.filter { $0.at[axis] == level }.reduce(0) { $0 + $1.n }
        let rest = all.count - told
        #expect(rest == 0 || rest >= 5, "\(described.attribute.column) \(name): \(rest)")
      }
    }
  }

  /// Nor is it of two levels whose clients are counted together elsewhere.
  @Test(arguments: 1...8) func noPairIsGivenAwayByWhatIsMissing(seed: Int) async throws {
    let clients = Self.random(400 * seed, cities: 4, seed: seed)
    let churn = try #require(try await MadeUpBank.chapters(MadeUpBank.csv(clients)).churn)
    let cube = try #require(churn.cube)
    var compared = 0
    for table in churn.cross {
      guard let first = cube.axes.firstIndex(where: { $0.attribute == table.first }),
        let second = cube.axes.firstIndex(where: { $0.attribute == table.second })
      else { continue }
      for pair in table.cells where pair.first != "pooled" {
        let told = cube.cells.filter {
          cube.axes[first].values[$0.at[first]] == pair.first
            && cube.axes[second].values[$0.at[second]] == pair.second
        }.reduce(0) { $0 + $1.n }
        let rest = pair.n - told
        #expect(rest == 0 || rest >= 5, "\(pair.first) \(pair.second): \(rest)")
        compared += 1
      }
    }
    #expect(compared > 30)
  }

  /// Too many cities to ask for all attributes together: they are left out, or the last attributes are; never does the
  /// engine refuse, and the totals stay right.
  @Test(arguments: [(2000, false), (400, false), (190, true)]) func manyCities(cities: Int, isAxis: Bool)
    async throws
  {
    let clients = (0..<6000).map {
      MadeUpBank.Client(
        products: $0 % 4 + 1, city: "C\($0 % cities)", gender: $0 % 7 < 3 ? "F" : "M", age: 18 + $0 % 60,
        balance: $0 % 3 == 0 ? nil : 50, card: $0 % 11 / 6, active: $0 % 13 / 7, churn: $0 % 5 / 4)
    }
    let churn = try #require(try await MadeUpBank.chapters(MadeUpBank.csv(clients)).churn)
    let cube = try #require(churn.cube)
    #expect(
      cube.axes.map(\.attribute.role)
        == (isAxis
          ? [.products, .city, .activity, .gender, .age, .card, .balance]
          : [.products, .activity, .gender, .age, .card, .balance]))
    #expect(cube.cells.count <= ClientCube.shownLimit)
    #expect(cube.cells.reduce(0) { $0 + $1.n } == 6000)
    #expect(cube.cells.reduce(0) { $0 + $1.churned } == 1200)
    if cities == 2000 {
      // Three clients in each city: none is shown.
      #expect(churn.by(.city)?.levels.map(\.value) == ["pooled"])
      #expect(churn.by(.city)?.levels.map(\.levels) == [2000])
    }
  }
}
