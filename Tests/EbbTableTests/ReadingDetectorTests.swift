import Foundation
import Testing

@testable import EbbTable

/// Writes bytes to a file of its own and detects how to read it.
func detect(_ bytes: [UInt8], options: ReadOptions = ReadOptions()) throws -> Reading {
  try withFile(bytes) { path in try Reading.detect(ByteSource(path: path), options: options) }
}

func detect(_ text: String, options: ReadOptions = ReadOptions()) throws -> Reading {
  try detect(Array(text.utf8), options: options)
}

@discardableResult
func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("ebb-\(UUID().uuidString).csv")
  try Data(bytes).write(to: url)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(url.path)
}

@Suite struct ReadingDetectorTests {
  @Test(arguments: [",", ";", "\t", "|"])
  func delimiter(_ delimiter: String) throws {
    let rows = ["id", "город", "доход"].joined(separator: delimiter) + "\n"
    let body = (1...20).map { "\($0)\(delimiter)Тула\(delimiter)\($0 * 100)" }.joined(separator: "\n")
    let reading = try detect(rows + body)
    #expect(reading.dialect.delimiter == delimiter.utf8.first)
    #expect(reading.dialect.hasHeader)
    #expect(reading.columns.map(\.name) == ["id", "город", "доход"])
    #expect(reading.columns.map(\.kind) == [.integer, .category, .integer])
  }

  @Test func russianExport() throws {
    let text = """
      sep=;
      Отчёт по клиентам на 01.02.2024

      ID клиента;Город;Баланс, руб.;Активный;Отток
      1;Тула;1 234 567,89 ₽;да;1
      2;Рыбинск;12,5 ₽;нет;0
      3;Тула;н/д;да;0
      Итого;;1 234 580,39 ₽;;
      """
    let reading = try detect(text)
    #expect(reading.dialect.delimiter == UInt8(ascii: ";"))
    #expect(reading.dialect.skippedLines == 3)
    #expect(reading.dialect.decimalSeparator == UInt8(ascii: ","))
    #expect(reading.headings == ["ID клиента", "Город", "Баланс, руб.", "Активный", "Отток"])
    #expect(reading.columns.map(\.kind) == [.integer, .category, .decimal, .flag, .flag])
    #expect(reading.columns[2].scale == 2)
    #expect(reading.columns[2].unit == "₽")
    #expect(reading.columns[3].flagYes == "да")
    #expect(reading.guesses.contains { $0.subject == .totals })
  }
}
