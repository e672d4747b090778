import Testing

@testable import EbbTable

@Suite struct OddFilesTests {
  @Test(arguments: OddFile.all)
  func isDetectedOrRefused(_ file: OddFile) throws {
    try withFile(file.bytes) { path in
      do {
        let source = try ByteSource(path: path)
        let reading = try Reading.detect(source)
        #expect(!reading.columns.isEmpty)
        #expect(Set(reading.columns.map(\.name)).count == reading.columns.count)
        #expect(
          reading.dialect.hasHeader
            ? reading.headings.count == reading.columns.count : reading.headings.isEmpty)
        let survey = try TableSurvey.make(source, reading: reading)
        #expect(survey.columns.count == reading.columns.count)
        #expect(survey.rows.allSatisfy { $0.count == reading.columns.count })
        #expect(survey.rejected.count == min(survey.rejectedCount, 1000))
      } catch is TableError {
      }
    }
  }
}
