import EbbTable
import Foundation

/// `study.json`: keys sorted, numbers with the shortest digits that read back exactly, UTF-8, one final line end.
/// The same study is the same bytes.
public enum StudyFile {
  public static let name = "study.json"

  /// Why a file is no study that this version can read.
  public enum Failure: Error, Sendable, Equatable {
    case notAStudy(reason: String)
    case newerVersion(found: Int, known: Int)
  }

  public static func encode(_ study: Study) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(study)) + [UInt8(ascii: "\n")]
  }

  public static func decode(_ bytes: [UInt8]) throws(Failure) -> Study {
    struct Envelope: Decodable {
      struct Schema: Decodable { let version: Int }
      let schema: Schema
    }
    let data = Data(bytes)
    do {
      let version = try JSONDecoder().decode(Envelope.self, from: data).schema.version
      guard version <= StudySchema.currentVersion else {
        throw Failure.newerVersion(found: version, known: StudySchema.currentVersion)
      }
      return try JSONDecoder().decode(Study.self, from: data)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .notAStudy(reason: "\(error)")
    }
  }

  /// Larger files are no studies.
  private static let largest = 1 << 28

  /// A study from disk; gzip is taken too.
  /// - Throws: `TableError` where the file cannot be read, `Failure` where it is no study.
  public static func read(_ path: String) throws -> Study {
    let source = try ByteSource(path: path)
    guard (source.fileSize ?? 0) <= largest else { throw TableError.readFailed(path: path, reason: "size") }
    return try decode(try source.prefix(largest))
  }
}
