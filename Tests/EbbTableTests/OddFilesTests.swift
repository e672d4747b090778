import Testing

@testable import EbbTable

@Suite struct OddFilesTests {
  @Test(arguments: OddFile.all)
  func isDetectedOrRefused(_ file: OddFile) throws {
    try withFile(file.bytes) { path in
      do {
        let reading = try Reading.detect(ByteSource(path: path))
        #expect(!reading.columns.isEmpty)
        #expect(Set(reading.columns.map(\.name)).count == reading.columns.count)
        #expect(
          reading.dialect.hasHeader
            ? reading.headings.count == reading.columns.count : reading.headings.isEmpty)
      } catch is TableError {
      }
    }
  }
}
