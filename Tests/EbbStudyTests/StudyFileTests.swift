import Foundation
import Testing

@testable import EbbStudy

@Suite struct StudyFileTests {
  /// Keys of every object, in the order written, and everything that stands outside of texts.
  private static func scan(_ bytes: [UInt8]) -> (objects: [[String]], bare: Set<String>) {
    var open: [[String]] = []
    var objects: [[String]] = []
    var bare: Set<String> = []
    var word = ""
    var text: [UInt8] = []
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if !word.isEmpty, [0x2C, 0x5D, 0x7D].contains(byte) {
        bare.insert(word)
        word = ""
      }
      switch byte {
      case UInt8(ascii: "\""):
        text = []
        position += 1
        while bytes[position] != UInt8(ascii: "\"") {
          if bytes[position] == UInt8(ascii: "\\") {
            text.append(bytes[position])
            position += 1
          }
          text.append(bytes[position])
          position += 1
        }
      case UInt8(ascii: ":"): open[open.count - 1].append(String(decoding: text, as: UTF8.self))
      case UInt8(ascii: "{"): open.append([])
      case UInt8(ascii: "}"): objects.append(open.removeLast())
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), 0x0A: break
      default: word.append(Character(UnicodeScalar(byte)))
      }
      position += 1
    }
    return (objects, bare)
  }

  @Test func keysAreSorted() async throws {
    let objects = Self.scan(try StudyFile.encode(try await MadeUpStudy.typical.value)).objects
    #expect(objects.count > 1000)
    #expect(
      objects.allSatisfy { zip($0, $0.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    )
    #expect(
      objects.last == [
        "churn", "experiments", "findings", "hypotheses", "portraits", "profile", "provenance", "quality",
        "recommendations", "riskGroups", "schema", "segments",
      ])
  }

  /// Infinity and NaN are no JSON.
  @Test func numbersAreNumbers() async throws {
    let bare = Self.scan(try StudyFile.encode(try await MadeUpStudy.typical.value)).bare
      .subtracting(["true", "false", "null"])
    #expect(bare.count > 1000)
    #expect(bare.filter { Double($0)?.isFinite != true || $0.contains { $0.isLetter && $0 != "e" } } == [])
  }

  @Test func isReadAsItWasWritten() async throws {
    let study = try await MadeUpStudy.typical.value
    let bytes = try StudyFile.encode(study)
    #expect(bytes.last == 0x0A && !bytes.dropLast().contains(0x0A))
    let read = try StudyFile.decode(bytes)
    #expect(read == study)
    #expect(try StudyFile.encode(read) == bytes)
    #expect(read.schema.version == StudySchema.currentVersion && read.schema.clients == 2000)
  }

  @Test func aNewerFormIsRefused() throws {
    let known = StudySchema.currentVersion
    let text = #"{"schema": {"version": \#(known + 1)}, "something": "new"}"#
    #expect(throws: StudyFile.Failure.newerVersion(found: known + 1, known: known)) {
      try StudyFile.decode(Array(text.utf8))
    }
  }

  @Test(arguments: ["", "churn", "[]", "{}", #"{"schema": {}}"#, #"{"schema": {"version": 1}}"#, "\u{0}"])
  func anythingElseIsNoStudy(text: String) {
    #expect {
      try StudyFile.decode(Array(text.utf8))
    } throws: { error in
      if case StudyFile.Failure.notAStudy = error { true } else { false }
    }
  }

  @Test func halfAStudyIsNone() async throws {
    let bytes = try StudyFile.encode(try await MadeUpStudy.typical.value)
    #expect(throws: StudyFile.Failure.self) { try StudyFile.decode(Array(bytes.prefix(bytes.count / 2))) }
  }
}
