import Testing

@testable import EbbDeck

@Suite struct EmbeddedBookTests {
  static let book = EmbeddedBook(
    sheet: "Данные", heading: ["a", "b"],
    rows: [[.text("=1+1 <&>"), .number(0.2037)], [.empty, .number(-1e-7)]])

  @Test func theSameRowsAreTheSameBytes() throws {
    let first = try Self.book.bytes()
    #expect(first == (try Self.book.bytes()))
    let names = try ZipArchive.read(first).map(\.name)
    #expect(names.contains("xl/worksheets/sheet1.xml"))
  }

  @Test func nothingIsAFormula() throws {
    let files = try ZipArchive.read(try Self.book.bytes())
    let sheet = try #require(files.first { $0.name == "xl/worksheets/sheet1.xml" })
    #expect(!String(decoding: sheet.bytes, as: UTF8.self).contains("<f>"))
  }

  @Test(arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
  func columnsHaveLetters(column: Int, letters: String) { #expect(EmbeddedBook.letters(column) == letters) }

  @Test func rangesAreAbsolute() {
    #expect(Self.book.range(column: 1, rows: 1...4) == "'Данные'!$B$2:$B$5")
    #expect(Self.book.range(column: 0, rows: 0...0) == "'Данные'!$A$1")
  }
}
