import Testing

@testable import EbbTable

/// Reads bytes from end to end as detected.
func survey(
  _ text: String, options: ReadOptions = ReadOptions(), limits: TableSurvey.Limits = .init()
) throws -> TableSurvey {
  try withFile(Array(text.utf8)) { path in
    let source = try ByteSource(path: path)
    return try TableSurvey.make(
      source, reading: Reading.detect(source, options: options), limits: limits)
  }
}

@Suite struct TableSurveyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let names: [String]
    let rows: [[String]]
    var testDescription: String { name }
  }

  /// What RFC 4180 allows; every field comes back byte for byte.
  static let exact: [Case] = [
    Case(
      name: "comma in quotes", text: "first,last,address,zip\nJohn,Doe,\"Anytown, WW\",08123\n",
      names: ["first", "last", "address", "zip"], rows: [["John", "Doe", "Anytown, WW", "08123"]]),
    Case(
      name: "empty", text: "a,b,c\n1,\"\",\"\"\n2,3,4\n", names: ["a", "b", "c"],
      rows: [["1", "", ""], ["2", "3", "4"]]),
    Case(
      name: "empty CRLF", text: "a,b,c\r\n1,\"\",\"\"\r\n2,3,4\r\n", names: ["a", "b", "c"],
      rows: [["1", "", ""], ["2", "3", "4"]]),
    Case(
      name: "doubled quotes", text: "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", names: ["a", "b"],
      rows: [["1", "ha \"ha\" ha"], ["3", "4"]]),
    Case(
      name: "JSON inside", text: "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [102.0, 0.5]}\"\n",
      names: ["key", "val"], rows: [["1", "{\"type\": \"Point\", \"at\": [102.0, 0.5]}"]]),
    Case(
      name: "newlines", text: "a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n", names: ["a", "b", "c"],
      rows: [["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"]]),
    Case(
      name: "newlines CRLF", text: "a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n",
      names: ["a", "b", "c"], rows: [["1", "2", "3"], ["Once upon \r\na time", "5", "6"], ["7", "8", "9"]]),
    Case(
      name: "quotes and newlines", text: "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n", names: ["a", "b"],
      rows: [["1", "ha \n\"ha\" \nha"], ["3", "4"]]),
    Case(name: "simple", text: "a,b,c\n1,2,3\n", names: ["a", "b", "c"], rows: [["1", "2", "3"]]),
    Case(name: "no last newline", text: "a,b,c\r\n1,2,3", names: ["a", "b", "c"], rows: [["1", "2", "3"]]),
    Case(
      name: "UTF-8", text: "a,b,c\n1,2,3\n4,5,ʤ\n", names: ["a", "b", "c"],
      rows: [["1", "2", "3"], ["4", "5", "ʤ"]]),
    Case(
      name: "padding and zeros", text: "id,x,y\n007, 1.50 ,\"  \"\n008,\t2,-\n", names: ["id", "x", "y"],
      rows: [["007", " 1.50 ", "  "], ["008", "\t2", "-"]]),
    Case(
      name: "same and empty headings", text: "a,a,,a 2\n1,2,3,4\n", names: ["a", "a 2", "column 3", "a 2 2"],
      rows: [["1", "2", "3", "4"]]),
    Case(
      name: "quoted heading with a newline", text: "\"a\nb\",\"c,d\"\n1,2\n", names: ["a\nb", "c,d"],
      rows: [["1", "2"]]),
    Case(name: "heading only", text: "a,b,c\n", names: ["a", "b", "c"], rows: []),
    Case(name: "one column", text: "a\n1\n\n2\n", names: ["a"], rows: [["1"], [""], ["2"]]),
    Case(
      name: "empty lines between", text: "a,b\n1,2\n\n\n3,4\n\n", names: ["a", "b"],
      rows: [["1", "2"], ["3", "4"]]),
    Case(
      name: "CR alone", text: "a,b\r1,2\r3,4\r", names: ["a", "b"], rows: [["1", "2"], ["3", "4"]]),
    Case(
      name: "mark, sep line", text: "\u{FEFF}sep=;\r\na;b\r\n1,5;x\r\n", names: ["a", "b"],
      rows: [["1,5", "x"]]),
    Case(
      name: "apostrophes", text: "'a','b'\n'1','x, y'\n'2','it''s'\n", names: ["a", "b"],
      rows: [["1", "x, y"], ["2", "it's"]]),
    Case(
      name: "words in apostrophes", text: "name,age\nAnna,1\n'quoted',2\n'',3\nBoris,4\n",
      names: ["name", "age"],
      rows: [["Anna", "1"], ["'quoted'", "2"], ["''", "3"], ["Boris", "4"]]),
    Case(
      name: "comments on top", text: "# by us\n# really\na,b,c\n1,2,3\n4,5,6\n", names: ["a", "b", "c"],
      rows: [["1", "2", "3"], ["4", "5", "6"]]),
    Case(
      name: "delimiter at the line's end", text: "a,b,c\n1,2,3,\n4,5,6,\n", names: ["a", "b", "c"],
      rows: [["1", "2", "3"], ["4", "5", "6"]]),
    Case(
      name: "blanks around quotes", text: "a,b\n1, \"x, y\" \n2,\"z\"\n", names: ["a", "b"],
      rows: [["1", "x, y"], ["2", "z"]]),
    Case(
      name: "totals are shown too", text: "a,b\nx,2\ny,3\nИтого,5\n", names: ["a", "b"],
      rows: [["x", "2"], ["y", "3"], ["Итого", "5"]]),
  ]

  @Test(arguments: exact)
  func isReadExactly(_ example: Case) throws {
    let survey = try survey(example.text)
    #expect(survey.columns.map(\.name) == example.names)
    #expect(survey.rows == example.rows)
    #expect(survey.rejected.isEmpty)
    #expect(survey.isWhole)
  }

  /// Any fields, quoted where they must be, come back; the seed is the failing one.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func comesBackFromRandomFields(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let alphabet = ["a", "Ж", "7", ",", ";", "\t", "\"", "'", "\n", "\r\n", " ", "€", "😀", "=", "#", "0"]
    let width = Int.random(in: 2...6, using: &random)
    let rows = (0..<Int.random(in: 1...30, using: &random)).map { _ in
      (0..<width).map { column in
        column == 0
          ? String(Int.random(in: 0...999, using: &random))
          : (0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
            .joined()
      }
    }
    let names = (0..<width).map { "name \($0 + 1)" }
    let ending = Bool.random(using: &random) ? "\n" : "\r\n"
    let text = ([names] + rows).map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
    }.joined(separator: ending)
    let survey = try survey(text, limits: .init(rows: 100))
    #expect(survey.columns.map(\.name) == names)
    #expect(survey.rows == rows)
  }

  @Test func sumsUpColumns() throws {
    let survey = try survey(
      """
      id;доход;город;отток
      1;1 200,50 ₽;Тула;да
      2;н/д;Тула;нет
      3;-3,5 ₽;Рыбинск;да
      4;слово;Тула;нет
      5;10 ₽;;нет
      6;11 ₽;Тула;возможно
      7;12 ₽
      """)
    #expect(survey.columns.map(\.kind) == [.integer, .decimal, .category, .category])
    #expect(survey.columns[1].range == .init(low: -3.5, high: 1200.5))
    #expect(survey.columns[1].missing == 1)
    #expect(survey.columns[1].unit == "₽")
    #expect(survey.columns[2].levels.map(\.text) == ["Тула", "Рыбинск"])
    #expect(survey.columns[2].missing == 1)
    #expect(survey.rowCount == 5)
    #expect(survey.rejected.map(\.line) == [5, 8])
    #expect(survey.rejected.map(\.reason) == [.notANumber, .fieldCount(expected: 4, found: 2)])
    #expect(survey.rejected.map(\.column) == ["доход", nil])
    #expect(survey.rejected.map(\.text) == ["слово", "7;12 ₽"])
  }

  @Test func tellsWhatItDidNotRead() throws {
    let text = "a,b\n" + String(repeating: "1,2\n", count: 1_000_000)
    let survey = try survey(text, limits: .init(rows: 1, bytes: 1 << 20))
    #expect(!survey.isWhole)
    #expect(survey.rowCount > 200_000 && survey.rowCount < 600_000)
    #expect(survey.rejectedCount == 0)
  }
}
