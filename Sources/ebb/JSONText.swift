import Foundation

/// A result as the commands print it for programs: keys in order, a line each, a line end last.
enum JSONText {
  static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try Array(encoder.encode(value)) + [0x0A]
  }
}
