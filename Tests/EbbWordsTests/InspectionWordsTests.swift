import EbbClients
import EbbTable
import Foundation
import Testing

@testable import EbbWords

@Suite struct InspectionWordsTests {
  private func inspect(_ text: String) throws -> Inspection {
    let url = FileManager.default.temporaryDirectory.appending(path: "ebb-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try Inspection.make(ByteSource(path: url.path))
  }

  private let clients = """
    sep=;
    id;Город;Доход;Отток
    1;Тула;1 200,50 ₽;да
    2;Рыбинск;;нет
    3;Тула;много;нет
    4;Тула;5,5 ₽;нет
    5;Тула;7 ₽;нет
    7;Тула;8 ₽;нет
    6;Тула
    """

  @Test func saysItInRussian() throws {
    let text = InspectionWords(try inspect(clients), language: .russian).text
    for part in [
      "5\u{A0}строк, 4\u{A0}столбца", "не прочитано: 2", "разделитель", "так сказано в первой строке",
      "десятичный знак",
      "город", "доход", "отток", "1 (20,0", "5,50 … 1200,50", "Рыбинск", "₽", "строка 5", "не число",
      "строка 9",
    ] {
      #expect(text.contains(part), "\(part) in:\n\(text)")
    }
  }

  @Test func saysItInEnglish() throws {
    let text = InspectionWords(try inspect(clients), language: .english).text
    for part in [
      "5\u{A0}rows, 4\u{A0}columns", "the file's first line says so", "5.50 … 1,200.50", "line 5",
      "not a number",
    ] {
      #expect(text.contains(part), "\(part) in:\n\(text)")
    }
  }

  @Test func keepsTheTerminalUnharmed() throws {
    let evil = "\u{1B}[31m\u{7}\u{9B}2J\u{202E}x\u{8}"
    let text = InspectionWords(
      try inspect("a\(evil),b\n\(evil),1\n3\u{1B}c\u{202E}\n"), language: .english
    ).text
    let scalars = text.unicodeScalars.filter { $0 != "\n" }
    #expect(
      !scalars.contains { [.control, .format].contains($0.properties.generalCategory) })
  }

  @Test func staysShortForWideTables() throws {
    let wide =
      (1...3000).map { "c\($0)" }.joined(separator: ",") + "\n"
      + [String](
        repeating: "1", count: 3000
      ).joined(separator: ",")
    let text = InspectionWords(try inspect(wide), language: .english, width: 100).text
    #expect(text.split(separator: "\n").count < 230)
    #expect(text.contains("2,800"))
  }

  @Test func isTheSameWhenDecoded() throws {
    let inspection = try inspect(clients)
    let data = try JSONEncoder().encode(inspection)
    #expect(try JSONDecoder().decode(Inspection.self, from: data) == inspection)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let dialect = try #require(object["dialect"] as? [String: Any])
    #expect(dialect["delimiter"] as? String == ";")
    #expect(dialect["decimalSeparator"] as? String == ",")
    let rows = try #require(object["rows"] as? [[String: String]])
    #expect(rows[0] == ["id": "1", "Город": "Тула", "Доход": "1 200,50 ₽", "Отток": "да"])
  }
}
