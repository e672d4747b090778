import EbbTable
import Foundation
import Testing

@testable import EbbWorkbook

@Suite("Spreadsheet")
struct SpreadsheetTests {
  @Test(
    "what a spreadsheet would calculate becomes text",
    arguments: [
      ("=1+1", "'=1+1"), ("+7 900", "'+7 900"), ("-5", "'-5"), ("@SUM", "'@SUM"), ("\tx", "'\tx"),
      ("Омск", "Омск"), ("a=b", "a=b"), ("", ""),
    ])
  func formulas(text: String, cell: String) { #expect(Spreadsheet.harmless(text) == cell) }

  @Test("characters that XML cannot carry are replaced")
  func controls() { #expect(Spreadsheet.harmless("a\u{0}b\u{1B}") == "a\u{FFFD}b\u{FFFD}") }

  private static func make() throws -> [UInt8] {
    let path = NSTemporaryDirectory() + "ebb-book-\(UUID().uuidString).xlsx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let book = try #require(Spreadsheet(path: path, title: "Контакты"))
    book.addSheet("Контакты", widths: [10, 20], frozenRows: 1)
    book.write([.text("код", .heading), .text("доля", .heading)], row: 0)
    book.write([.text("=cmd|x"), .number(0.25, .share)], row: 1)
    #expect(book.close() == nil)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test("the same cells give the same bytes")
  func deterministic() throws {
    let first = try Self.make()
    Thread.sleep(forTimeInterval: 2.1)  // A zip keeps time in steps of two seconds.
    #expect(try Self.make() == first)
    #expect(first.starts(with: Array("PK".utf8)))
  }
}
