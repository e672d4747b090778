import EbbTable
import Testing

@testable import EbbWarehouse

/// The database is told what the reader of files makes of each text.
@Suite struct SpellingReaderTests {
  private func meanings(
    _ texts: [String], _ grammar: ColumnGrammar, decimal: Character = "."
  ) async throws -> [SpellingReader.Meaning] {
    let dialect = Dialect(decimalSeparator: decimal.asciiValue ?? 0x2E)
    let reading = Reading(dialect: dialect, columns: [grammar], headings: ["x"], guesses: [])
    return try await SpellingReader(reading: reading).meanings(texts, column: 0)
  }

  @Test func levels() async throws {
    let found = try await meanings(
      [" VIP ", "VIP", "н/д", "", "O'Hara\\", "say \"x\",\nthen; y", "Итого"],
      ColumnGrammar(name: "x", kind: .category))
    #expect(
      found == [
        .level("VIP"), .level("VIP"), .missing, .missing, .level("O'Hara\\"), .level("say \"x\",\nthen; y"),
        .level("Итого"),
      ])
  }

  @Test func numbers() async throws {
    let found = try await meanings(
      ["1 234,5", "(7)", "-", "abc", "12,50"], ColumnGrammar(name: "x", kind: .decimal, scale: 2),
      decimal: ",")
    #expect(found[2] == .missing)
    #expect(found[3] == .unreadable)
    for (meaning, value) in [(found[0], 1234.5), (found[1], -7), (found[4], 12.5)] {
      guard case .number(let stored, let scale) = meaning else {
        Issue.record("no number: \(meaning)")
        continue
      }
      #expect(ExactPower.divided(stored, scale) == value)
    }
  }

  @Test func flags() async throws {
    let grammar = ColumnGrammar(name: "x", kind: .flag, flagNo: "нет", flagYes: "да")
    let found = try await meanings(["Да", "нет ", "может быть", "NA"], grammar)
    #expect(found[2] == .unreadable)
    #expect(found[3] == .missing)
    #expect(found[0] != found[1])
  }

  @Test func nothingToRead() async throws {
    #expect(try await meanings([], ColumnGrammar(name: "x", kind: .integer)).isEmpty)
  }
}

private enum ExactPower {
  static func divided(_ value: Int64, _ scale: Int) -> Double {
    var unit = 1.0
    for _ in 0..<scale { unit *= 10 }
    return Double(value) / unit
  }
}
