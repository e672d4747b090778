import Foundation
import Testing

@testable import EbbTable

/// The bank's tables, where they lie beside the checkout.
enum SharedData {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data").path
  static let isThere =
    FileManager.default.fileExists(atPath: root + "/bank_dataset.csv")
}

@Suite(.enabled(if: SharedData.isThere, "no ../shared/data beside the checkout"))
struct RealDataTests {
  @Test func russianTable() throws {
    let reading = try Reading.detect(ByteSource(path: SharedData.root + "/bank_dataset.csv"))
    #expect(reading.dialect.delimiter == UInt8(ascii: ","))
    #expect(reading.dialect.hasHeader)
    #expect(reading.dialect.decimalSeparator == UInt8(ascii: "."))
    #expect(
      reading.columns.map(\.kind) == [
        .integer, .integer, .category, .category, .integer, .integer, .decimal, .integer, .flag, .flag,
        .decimal,
        .flag,
      ])
    #expect(reading.columns[6].scale == 2)
    #expect(reading.columns[10].scale == 2)
  }
}
