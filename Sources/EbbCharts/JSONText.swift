import Foundation

/// JSON as text: sorted keys, shortest digits that read back exactly.
public enum JSONText {
  /// The text as it stands in a file of its own.
  public static func plain(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
