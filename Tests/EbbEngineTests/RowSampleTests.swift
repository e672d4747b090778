import EbbEngine
import EbbTable
import Testing

@Suite struct RowSampleTests {
  static let rows = 5000

  static func sample(_ rows: Int, seed: UInt64) async throws -> Table? {
    let values = (0..<Int64(Self.rows)).map { $0 % 3 == 1 ? nil : $0 }
    let clients = HandMade.clients(
      [
        HandMade.scaled("gaps", values, chunk: 700),
        HandMade.scaled("number", (0..<Int64(Self.rows)).map(Optional.some), chunk: 700),
      ], rows: Self.rows, chunk: 700)
    let question = Question.sample(rows: rows, seed: seed)
    guard case .sample(let table)? = try await MemoryEngine(clients, cores: 2).answer([question])[question]
    else { return nil }
    return table
  }

  static func numbers(_ table: Table?) -> [Int64] {
    guard let column = table?.column(named: "number"), case .scaled(let chunks, _) = column.storage else {
      return []
    }
    return chunks.flatMap { chunk in (0..<chunk.count).map { chunk[$0] } }
  }

  @Test(arguments: [0, 1, 64, 1000, 5000, 9000])
  func rowsAreDrawnOnceAndKeepTheirOrder(rows: Int) async throws {
    let table = try await Self.sample(rows, seed: 4)
    let numbers = Self.numbers(table)
    #expect(numbers.count == min(rows, Self.rows))
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    // Rows stay whole: what is missing beside a number is missing in the sample.
    #expect(table?.columns[0].missingCount == numbers.count { $0 % 3 == 1 })
  }

  @Test func seedsDecide() async throws {
    let first = Self.numbers(try await Self.sample(100, seed: 1))
    #expect(first == Self.numbers(try await Self.sample(100, seed: 1)))
    #expect(first != Self.numbers(try await Self.sample(100, seed: 2)))
  }

  /// Every row comes about equally often: 400 draws of half the rows put each within five deviations.
  @Test func everyRowHasItsChance() async throws {
    var taken = [Int](repeating: 0, count: Self.rows)
    for seed in 0..<400 as Range<UInt64> {
      for number in Self.numbers(try await Self.sample(Self.rows / 2, seed: seed)) { taken[Int(number)] += 1 }
    }
    #expect(taken.allSatisfy { abs($0 - 200) <= 50 })
  }
}
