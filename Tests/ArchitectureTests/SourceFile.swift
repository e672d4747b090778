import Foundation

/// A Swift file of the project, or one made up to try a rule on.
struct SourceFile: Sendable {
  /// From the package root: `Sources/EbbTable/Column.swift`.
  let path: String
  let text: String

  /// The folder right under `Sources`.
  var room: String { String(path.split(separator: "/").dropFirst().first ?? "") }
  var name: String { String(path.split(separator: "/").last ?? "") }

  var lineCount: Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).count - (text.hasSuffix("\n") ? 1 : 0)
  }

  /// The modules named by `import` lines, whatever stands before or after the word.
  var imports: [String] {
    code.split(separator: "\n").compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let place = words.firstIndex(of: "import"), words[..<place].allSatisfy(Self.isModifier) else {
        return nil
      }
      var rest = words[(place + 1)...]
      if let kind = rest.first, Self.importKinds.contains(kind) { rest = rest.dropFirst() }
      return rest.first.map { String($0.prefix { $0 != "." && $0 != ";" }) }
    }
  }

  /// Every word of the code, texts and comments left out.
  var words: Set<Substring> {
    Set(code.split { !($0.isLetter || $0.isNumber || $0 == "_") })
  }

  /// The text without its comments and without what stands in quotes.
  var code: String {
    text.replacing(#/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//#, with: " ")
  }

  private static func isModifier(_ word: String) -> Bool {
    word.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains(word)
  }
  private static let importKinds: Set<String> = [
    "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
  ]

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// All Swift files under `Sources`, in the order of their paths.
  static let all: [SourceFile] = {
    let folder = root.appending(path: "Sources")
    let paths = (FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []).compactMap {
      $0 as? String
    }
    return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
      guard let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8) else {
        return nil
      }
      return SourceFile(path: "Sources/" + path, text: text)
    }
  }()
}
