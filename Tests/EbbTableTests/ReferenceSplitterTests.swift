import Testing

@testable import EbbTable

@Suite struct ReferenceSplitterTests {
  private func rows(
    _ text: String, delimiter: String = ",", quote: UInt8? = 0x22, carriageReturnEnds: Bool = true
  )
    -> [[String]]
  {
    let splitter = ReferenceSplitter(
      delimiter: delimiter.utf8.first!, quote: quote, carriageReturnEnds: carriageReturnEnds)
    let split = splitter.split(Array(text.utf8))
    return split.records.map { record in
      split.texts(of: record).map { String(decoding: $0, as: UTF8.self) }
        + (record.problem == nil ? [] : ["BROKEN"])
    }
  }

  /// Expected rows of well-formed files are those of Python's `csv.reader` (3.11), blank lines aside.
  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    ("a\n\n\nb\n", [["a"], ["b"]]),
    ("a,\n,b\n,\n", [["a", ""], ["", "b"], ["", ""]]),
    ("\"a\"\"b\",c\n", [["a\"b", "c"]]),
    ("\"\",x\n\"\"\n", [["", "x"], [""]]),
    ("\"a\nb\",\"c\r\nd\"\n1,2\n", [["a\nb", "c\r\nd"], ["1", "2"]]),
    ("\"\"\"\"\n", [["\""]]),
    ("a\"b,c\n", [["a\"b", "c"]]),
    ("да,\"нет, \"\"да\"\"\"\n", [["да", "нет, \"да\""]]),
    // Blanks around quotes are borne.
    ("1, \"a,b\" ,2\n", [["1", "a,b", "2"]]),
    // Broken quotes cost one line.
    ("a,b\n\"x\"y,2\n3,4\n", [["a", "b"], ["\"x\"y,2", "BROKEN"], ["3", "4"]]),
    ("a,b\n\"x,2\n3,4\n", [["a", "b"], ["\"x,2", "BROKEN"], ["3", "4"]]),
    ("\"", [["\"", "BROKEN"]]),
    ("", []), ("\n\r\n\r", []),
  ])
  func splits(_ text: String, _ expected: [[String]]) {
    #expect(rows(text) == expected)
  }

  @Test func aloneCarriageReturnMayBeText() {
    #expect(rows("a\rb,c\r\nd,e\n", carriageReturnEnds: false) == [["a\rb", "c"], ["d", "e"]])
  }

  @Test func linesAreCounted() {
    let split = ReferenceSplitter(delimiter: 0x2C, quote: 0x22)
      .split(Array("h,i\n\n\"a\r\nb\nc\",d\n\"x\n5,6\r7,8\n".utf8))
    #expect(split.records.map(\.line) == [1, 3, 6, 7, 8])
  }

  @Test func cutOffRecordsAreLeftOut() {
    let splitter = ReferenceSplitter(delimiter: 0x2C, quote: 0x22)
    #expect(splitter.split(Array("a,b\n1,2".utf8), isWhole: false).records.count == 1)
    #expect(splitter.split(Array("a,b\n1,\"2\n".utf8), isWhole: false).records.count == 1)
  }
}
