import EbbEngine
import EbbTable
import Testing

/// Every way to look a rank up gives the same ranks.
@Suite struct CorrelationWalkTests {
  static let rows = 70_000

  /// Values between −40 and 59, many of them 7, a fifth missing; and the same order on other scales.
  static func values(seed: UInt64) -> [Int64?] {
    var random = Seeded(state: seed)
    return (0..<rows).map { _ in
      switch Int.random(in: 0..<10, using: &random) {
      case 0, 1: nil
      case 2, 3, 4: 7
      default: Int64.random(in: -40..<60, using: &random)
      }
    }
  }

  func correlations(_ columns: [Column]) async throws -> [Correlations.Pair] {
    let question = Question.correlations(of: columns.map(\.name))
    let engine = MemoryEngine(HandMade.clients(columns, rows: Self.rows, chunk: 4096), cores: 2)
    guard case .correlations(let found)? = try await engine.answer([question])[question] else { return [] }
    return found.pairs
  }

  /// Looked up by table, by steps, and sorted: within 32 bits, and wider.
  @Test(arguments: [1, 9000, 40_000_000, 1_000_000_007, 40_000_000_000_000_003] as [Int64])
  func scaleDoesNotMatter(factor: Int64) async throws {
    let (x, y) = (Self.values(seed: 1), Self.values(seed: 2))
    let plain = try await correlations([
      HandMade.scaled("x", x, chunk: 4096), HandMade.scaled("y", y, chunk: 4096),
    ])
    let stretched = try await correlations([
      HandMade.scaled("x", x.map { $0.map { $0 * factor } }, chunk: 4096),
      HandMade.scaled("y", y, chunk: 4096),
    ])
    let real = try await correlations([
      HandMade.real("x", x.map { $0.map { Double($0) * Double(factor) } }, chunk: 4096),
      HandMade.scaled("y", y, chunk: 4096),
    ])
    #expect(plain.count == 1 && plain[0].n == zip(x, y).count { $0 != nil && $1 != nil })
    #expect(plain.map(\.spearman) == stretched.map(\.spearman))
    #expect(plain.map(\.spearman) == real.map(\.spearman))
    let pearson = try #require(plain[0].pearson)
    for other in stretched + real { #expect(abs((other.pearson ?? 9) - pearson) < 1e-14) }
  }

  @Test func monotoneIsOneAndReversedIsMinusOne() async throws {
    let x = (0..<Int64(Self.rows)).map { $0 * 7919 % 70_001 }
    let pairs = try await correlations([
      HandMade.scaled("x", x, chunk: 4096), HandMade.scaled("cube", x.map { $0 * $0 * $0 }, chunk: 4096),
      HandMade.scaled("back", x.map { -3 * $0 }, chunk: 4096),
      HandMade.scaled("constant", x.map { _ in 5 }, chunk: 4096),
    ])
    #expect(pairs.map(\.spearman) == [1, -1, nil, -1, nil, nil])
    #expect(pairs[1].pearson == -1)
    #expect(pairs[2].pearson == nil)
    #expect((pairs[0].pearson ?? 1) < 0.95)
  }

  /// Steps that are well filled, with none to a few rows of each value, say the same as values sorted.
  @Test func stepsSayWhatSortingSays() async throws {
    var random = Seeded(state: 5)
    let x = (0..<Self.rows).map { _ -> Int64? in Int64.random(in: 0..<66_000, using: &random) }
    let y = x.map { $0.map { $0 % 1000 } }
    let steps = try await correlations([
      HandMade.scaled("x", x, chunk: 4096), HandMade.scaled("y", y, chunk: 4096),
    ])
    let sorted = try await correlations([
      HandMade.scaled("x", x.map { $0.map { $0 * 100_000_000_000_003 } }, chunk: 4096),
      HandMade.scaled("y", y, chunk: 4096),
    ])
    #expect(steps.map(\.spearman) == sorted.map(\.spearman))
    #expect(steps[0].spearman != nil)
  }
}
