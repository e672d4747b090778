import EbbTable

/// What the reader of files makes of texts of one column: the reader itself says it, so that the database reads a column
/// as a file's is read.
struct SpellingReader {
  enum Meaning: Equatable {
    case missing
    /// The row would be rejected.
    case unreadable
    /// The level's text.
    case level(String)
    /// value × 10^scale.
    case number(Int64, scale: Int)
    case real(Double)
  }
  let reading: Reading

  /// - Parameter column: its place in the reading.
  func meanings(_ texts: [String], column: Int) async throws -> [Meaning] {
    if texts.isEmpty { return [] }
    var grammar = reading.columns[column]
    grammar.name = "text"
    grammar.required = false
    var own = reading
    own.columns = [ColumnGrammar(name: "row", kind: .integer), grammar]
    own.headings = ["row", "text"]
    own.dialect.compression = .none
    own.dialect.encoding = .utf8
    own.dialect.byteOrderMark = false
    own.dialect.delimiter = UInt8(ascii: ",")
    own.dialect.quote = UInt8(ascii: "\"")
    own.dialect.lineEnding = .lf
    own.dialect.hasHeader = true
    own.dialect.skippedLines = 0
    let file = try UnnamedFile("texts")
    var bytes = Array("row,text\n".utf8)
    for (index, text) in texts.enumerated() {
      bytes += Array("\(index),\"\(text.replacing("\"", with: "\"\""))\"\n".utf8)
    }
    try file.write(bytes)
    let read = try await TableReader.read(
      ByteSource(path: file.path), own,
      options: ReadOptions(
        maxRejectedShare: 1, kinds: ["text": grammar.kind, "row": .integer], cores: 1))
    var meanings = [Meaning](repeating: .unreadable, count: texts.count)
    guard let rows = read.table.column(named: "row"), let values = read.table.column(named: "text"),
      case .scaled(let numbers, _) = rows.storage
    else { return meanings }
    for (chunk, count) in read.table.chunkRowCounts.enumerated() {
      for place in 0..<count {
        let row = Int(numbers[chunk][place])
        if values.missing[chunk]?[place] == true {
          meanings[row] = .missing
          continue
        }
        switch values.storage {
        case .codes(let codes, let levels): meanings[row] = .level(levels.texts[Int(codes[chunk][place])])
        case .scaled(let stored, let scale): meanings[row] = .number(stored[chunk][place], scale: scale)
        case .real(let stored): meanings[row] = .real(stored[chunk][place])
        case .none: meanings[row] = .missing
        }
      }
    }
    return meanings
  }
}
