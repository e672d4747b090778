import Testing

@testable import ebb

@Suite struct ParsedArgumentsTests {
  private func parse(_ arguments: String...) throws -> ParsedArguments {
    try ParsedArguments.parse(arguments, spec: InspectCommand.spec)
  }

  @Test func valuesFlagsAndPositionals() throws {
    let parsed = try parse("--rows=3", "clients.csv", "--json", "--map", "a=b", "--map", "c=d")
    #expect(parsed.positionals == ["clients.csv"] && parsed.flag("json") && !parsed.flag("header"))
    #expect(try parsed.integer("rows", in: 0...10) == 3)
    #expect(parsed.all("map") == ["a=b", "c=d"])
    #expect(try parse("--", "--json").positionals == ["--json"])
    #expect(try parse("-").positionals == ["-"])
  }

  @Test func mistakesAreNamed() {
    #expect(throws: UsageError.missingArgument("FILE")) { try parse() }
    #expect(throws: UsageError.unexpectedArgument("b")) { try parse("a", "b") }
    #expect(throws: UsageError.unknownOption("--delimeter", suggestion: "delimiter")) {
      try parse("a", "--delimeter", ";")
    }
    #expect(throws: UsageError.unknownOption("--frobnicate", suggestion: nil)) {
      try parse("a", "--frobnicate")
    }
    #expect(throws: UsageError.unwantedValue(option: "json")) { try parse("a", "--json=1") }
    #expect(throws: UsageError.missingValue(option: "rows", placeholder: "N")) { try parse("a", "--rows") }
    #expect(throws: UsageError.repeatedOption("rows")) { try parse("a", "--rows=1", "--rows=2") }
  }

  @Test func helpNeedsNoFile() throws { #expect(try parse("--help").flag("help")) }

  @Test(arguments: ["study", "inspect", "hypothesis"]) func commandsShareTheFile(name: String) throws {
    let spec = try #require(Ebb.commands.first { $0.spec.name == name }).spec
    #expect(spec.positionals.map(\.name) == ["FILE"] && spec.positionals.allSatisfy(\.isRequired))
  }
}
