import Foundation
import Testing

/// The sources keep the house rules.
@Suite struct RulesTests {
  @Test func sourcesAreFound() {
    #expect(SourceFile.all.count > 100)
    #expect(Set(SourceFile.all.map(\.room)).isSuperset(of: ["ebb", "EbbTable", "EbbStudy"]))
  }

  @Test func arrowsGoOneWay() { #expect(Rules.arrows(SourceFile.all) == []) }
  @Test func filesAreShort() { #expect(Rules.length(SourceFile.all) == []) }
  @Test func namesSayWhatFilesHold() { #expect(Rules.names(SourceFile.all) == []) }
  @Test func memoryIsSafeOutsideNamedFiles() { #expect(Rules.safety(SourceFile.all) == []) }

  @Test func listedFilesAreThere() { #expect(Rules.staleList(SourceFile.all) == []) }

  @Test func theMapItselfGoesOneWay() {
    var above: Set<String> = []
    for (room, imports) in RoomMap.arrows {
      #expect(imports.isSubset(of: above), "\(room) names a room below it")
      above.insert(room)
    }
  }

  /// What Package.swift lets a room import is on the map too.
  @Test func thePackageKeepsToTheMap() throws {
    let package = try String(contentsOf: SourceFile.root.appending(path: "Package.swift"), encoding: .utf8)
    let rooms = package.matches(of: #/\broom\(\s*"(\w+)",\s*\[([^\]]*)\]/#)
    #expect(rooms.count >= 7)
    for match in rooms {
      let declared = match.2.matches(of: #/"(\w+)"/#).map { String($0.1) }
      let allowed = try #require(RoomMap.imports(of: String(match.1)), "\(match.1) is not on the map")
      #expect(Set(declared).isSubset(of: allowed), "\(match.1)")
    }
  }
}

/// Every rule notices what it is for.
@Suite struct PlantedViolationTests {
  static func file(_ path: String, _ text: String = "") -> SourceFile {
    SourceFile(path: "Sources/" + path, text: text)
  }

  @Test(arguments: [
    "import EbbStudy", "public import EbbStudy", "@testable import EbbStudy",
    "import struct EbbStudy.Finding",
    "import Foundation\nimport EbbEngine", "import EbbWords // words", "import CBoostMath", "import Unheard",
  ])
  func anArrowUpstream(text: String) {
    #expect(Rules.arrows([Self.file("EbbTable/A.swift", text)]).count == 1)
  }

  @Test func aRoomOffTheMap() {
    #expect(Rules.arrows([Self.file("EbbCellar/A.swift", "import Foundation")]).count == 1)
  }

  @Test(arguments: [
    "import CZlib", "internal import Glibc", "// import EbbStudy", "/* import EbbStudy */", "",
  ])
  func anArrowDownstreamIsFine(text: String) {
    #expect(Rules.arrows([Self.file("EbbTable/A.swift", text)]) == [])
  }

  @Test func aLongFile() {
    let longest = String(repeating: "\n", count: Rules.longestFile)
    #expect(Rules.length([Self.file("EbbTable/A.swift", longest)]) == [])
    #expect(Rules.length([Self.file("EbbTable/A.swift", longest + "x")]).count == 1)
  }

  @Test(arguments: [
    "Utils.swift", "Helpers.swift", "Common.swift", "StringUtils.swift", "Helpers/A.swift", "common.swift",
    "ArrayHelper.swift",
  ])
  func anEmptyName(path: String) {
    #expect(Rules.names([Self.file("EbbTable/" + path)]).count == 1)
  }

  @Test(arguments: ["Utility.swift", "Commonness.swift", "Column.swift"])
  func aNameThatSaysSomething(path: String) {
    #expect(Rules.names([Self.file("EbbTable/" + path)]) == [])
  }

  @Test(arguments: [
    "let a = unsafe b", "func f(_ p: UnsafePointer<Int>) {}", "x.withUnsafeBytes { $0 }",
    "nonisolated(unsafe) var a = 1", "@unsafe struct A {}", "unsafeBitCast(a, to: Int.self)",
  ])
  func anUnsafeLine(text: String) {
    #expect(Rules.safety([Self.file("EbbStudy/A.swift", text)]).count == 1)
  }

  @Test(arguments: ["// unsafe", #"let a = "unsafe""#, "let safe = 1"])
  func aMereMention(text: String) {
    #expect(Rules.safety([Self.file("EbbStudy/A.swift", text)]) == [])
  }

  @Test func aListedFileThatNeedsNothing() {
    #expect(Rules.safety([Self.file("ebb/Console.swift", "let a = 1")]).count == 1)
  }

  @Test func aListedFileThatIsNotThere() {
    let files = [Self.file("ebb/Console.swift")]
    #expect(Rules.staleList(files, listed: ["Sources/ebb/Console.swift"]) == [])
    #expect(
      Rules.staleList(files, listed: ["Sources/ebb/Console.swift", "Sources/ebb/Gone.swift"]).count == 1)
  }
}
