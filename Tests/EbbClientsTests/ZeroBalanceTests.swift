import EbbTable
import Testing

@testable import EbbClients

@Suite struct ZeroBalanceTests {
  private func table(_ balances: [String]) -> String {
    "churn,balance\n" + balances.enumerated().map { "\($0.offset % 2),\($0.element)" }.joined(separator: "\n")
  }

  private static let spike = (0..<100).map { $0 % 3 == 0 ? "0" : "\(50_000 + $0 * 900).5" }

  @Test func aSpikeFarFromOtherMoneyIsMissing() throws {
    let (made, quality) = try clients(table(Self.spike))
    #expect(made.column(.balance)?.missingCount == 34)
    #expect(quality.zeroBalance?.madeMissing == true)
    #expect(quality.zeroBalance?.zeros == 34)
    #expect(quality.columns.first { $0.role == .balance }?.missing == 34)
    #expect(quality.guesses.map(\.subject) == [.zeroBalance])
    #expect(quality.guesses.map(\.value) == ["missing"])
    #expect(made.column(.balance)?.texts.prefix(2) == [nil, "50900.5"])
  }

  @Test func theUserDecides() throws {
    let (kept, quality) = try clients(table(Self.spike), options: ClientOptions(zeroBalance: .keep))
    #expect(kept.column(.balance)?.missingCount == 0)
    #expect(quality.zeroBalance?.looksMissing == true)
    #expect(quality.guesses.map(\.overridden) == [true])
    let (missing, _) = try clients(table(["0", "1", "2"]), options: ClientOptions(zeroBalance: .missing))
    #expect(missing.column(.balance)?.missingCount == 1)
  }

  @Test(arguments: [
    // A column that misses something already says so.
    Array(Self.spike.dropFirst(2)) + [""],
    // Money running down to nothing.
    (0..<100).map { "\($0 / 2 * $0)" },
    // Overdrafts.
    Self.spike + ["-5"],
    // Three zeros in a hundred.
    (0..<100).map { $0 < 3 ? "0" : "\(5_000 + $0)" },
  ])
  func otherZerosAreAmounts(balances: [String]) throws {
    let (_, quality) = try clients(table(balances))
    #expect(quality.zeroBalance?.madeMissing == false)
  }

  @Test func nothingButZerosIsNotASpike() throws {
    let (made, quality) = try clients(table(["0", "0", "0"]))
    #expect(quality.zeroBalance?.madeMissing == false)
    #expect(made.schema.column(.balance) == "balance")
    #expect(quality.constants.map(\.column) == ["balance"])
  }
}
