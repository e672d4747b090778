import EbbTable
import EbbWords
import Testing

@testable import ebb

@Suite struct ReadingFlagsTests {
  private func options(_ arguments: String...) throws -> ReadOptions {
    try options(arguments)
  }

  private func options(_ arguments: [String]) throws -> ReadOptions {
    try ReadingFlags.readOptions(ParsedArguments.parse(["file"] + arguments, spec: InspectCommand.spec))
  }

  @Test func nothingSaidIsNothingOverridden() throws { #expect(try options() == ReadOptions()) }

  @Test(
    arguments: [
      ("utf-8", .utf8), ("UTF_16LE", .utf16LittleEndian), ("utf-16be", .utf16BigEndian),
      ("cp1251", .windows1251), ("Windows-1251", .windows1251),
    ] as [(String, Dialect.Encoding)])
  func encodings(name: String, encoding: Dialect.Encoding) throws {
    #expect(try options("--encoding", name).encoding == encoding)
  }

  @Test(arguments: [("tab", 0x09), ("\\t", 0x09), (";", 0x3B), ("space", 0x20), ("|", 0x7C), ("~", 0x7E)])
  func delimiters(text: String, byte: UInt8) throws {
    #expect(try options("-d", text).delimiter == byte)
    #expect(try options("--delimiter=" + text).delimiter == byte)
  }

  @Test func quotesMayBeNone() throws {
    #expect(try options("--quote", "none").quote == .some(nil))
    #expect(try options("--quote", "single").quote == .some(0x27))
  }

  @Test func numbersAreWritten() throws {
    let found = try options("--decimal", "comma", "--thousands", "space", "--max-rejected", "5%")
    #expect(found.decimalSeparator == 0x2C && found.groupSeparator == " " && found.maxRejectedShare == 0.05)
    #expect(try options("--thousands", "none").groupSeparator == "")
  }

  @Test func headings() throws {
    #expect(try options("--header").hasHeader == true)
    #expect(try options("--no-header", "--skip", "3").hasHeader == false)
    #expect(try options("--skip", "3").skippedLines == 3)
  }

  @Test func listsAddUp() throws {
    let found = try options("--missing", "?,-1", "--missing", "x", "--kind", "a=b=text", "--kind", "n=real")
    #expect(found.missingTokens == ["", "?", "-1", "x"])
    #expect(found.kinds == ["a=b": .text, "n": .real])
  }

  @Test(
    arguments: [
      ["--encoding", "koi8-r"], ["--delimiter", "ab"], ["--delimiter", "й"], ["--delimiter", "\n"],
      ["--quote", ";", "--delimiter", ";"], ["--decimal", "x"], ["--decimal", ".", "--thousands", "."],
      ["--thousands", "x"], ["--skip", "-1"], ["--skip", "many"], ["--max-rejected", "2"],
      ["--max-rejected", "x%"], ["--kind", "a"], ["--kind", "a=empty"], ["--kind", "=text"],
    ])
  func whatCannotBeMeantIsRefused(arguments: [String]) {
    #expect {
      try options(arguments)
    } throws: { error in
      if case UsageError.badValue(let option, _, _) = error {
        arguments.contains("--" + option)
      } else {
        false
      }
    }
  }

  @Test func bothWaysAtOnce() {
    #expect(throws: UsageError.unexpectedArgument("--no-header")) { try options("--header", "--no-header") }
  }
}
