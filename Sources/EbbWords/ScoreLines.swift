public import EbbForecast
public import EbbStudy
public import EbbTable

/// Scored clients as lines of a CSV file, one for every row of the table.
public struct ScoreLines: Sendable {
  public struct Block: Sendable {
    public let text: [UInt8]
    public let counts: ScoringCounts
  }
  private let scorer: Scorer
  private let columns: ScoringColumns
  private let words: ScoreWords
  private let reasons: ReasonWords
  private let features: [ModelFeature]
  private let featureOf: [String: ModelFeature]
  private let bands: [RiskBands.Band: String]

  public init(_ scorer: Scorer, _ columns: ScoringColumns, language: Language) {
    self.scorer = scorer
    self.columns = columns
    words = ScoreWords(language)
    reasons = ReasonWords(language)
    features = columns.features.features
    featureOf = Dictionary(features.map { ($0.name, $0) }) { first, _ in first }
    bands = Dictionary(
      uniqueKeysWithValues: RiskBands.Band.allCases.map { ($0, ScoreWords(language).band($0)) })
  }

  /// The first line.
  public var heading: String {
    let parts =
      scorer.showsParts ? ["margin", "base"] + features.map { DelimitedCell.text("part " + $0.name) } : []
    return (ScoreWords.headings + parts).joined(separator: ",") + "\n"
  }

  /// - Throws: `TreeError`.
  public func make(_ block: TableBlock) throws -> Block {
    let (matrix, oddities) = columns.features.matrix(block)
    let scored = try scorer.score(matrix)
    var text: [UInt8] = []
    text.reserveCapacity(matrix.rowCount * 64)
    var rejected = block.rejected[...]
    let ids = ids(block)
    for row in 0...matrix.rowCount {
      while let next = rejected.first, next.before == row {
        text += Array((",,,,,," + DelimitedCell.text(words.note(next.row))).utf8)
        if scored.parts != nil { text += Array(repeating: Self.comma, count: features.count + 2) }
        text.append(0x0A)
        rejected = rejected.dropFirst()
      }
      guard row < matrix.rowCount else { break }
      if let ids { text += ids(row) }
      text.append(Self.comma)
      Self.append(scored.probabilities[row], to: &text)
      text.append(Self.comma)
      text += (bands[scored.bands[row]] ?? "").utf8
      for kind in Reason.Kind.allCases {
        text.append(Self.comma)
        let found = scored.reasons[row].filter { $0.kind == kind }
        if !found.isEmpty {
          let line = found.compactMap { reason in featureOf[reason.feature].map { reasons.text(reason, $0) } }
            .joined(separator: "; ")
          text += DelimitedCell.text(line).utf8
        }
      }
      text.append(Self.comma)
      if let odd = oddities[row] {
        text += DelimitedCell.text(odd.map { words.note($0, features) }.joined(separator: "; ")).utf8
      }
      if let parts = scored.parts {
        text += ",\(parts.margins[row]),\(parts.base)".utf8
        for values in parts.byFeature { text += ",\(values[row])".utf8 }
      }
      text.append(0x0A)
    }
    return Block(
      text: text, counts: ScoringCounts(scored, oddities: oddities, unreadable: block.rejected.count))
  }

  private static let comma = UInt8(ascii: ",")

  /// Six digits after the point.
  private static func append(_ probability: Double, to text: inout [UInt8]) {
    let millionths = Int((probability * 1_000_000).rounded())
    text.append(UInt8(ascii: "0") + UInt8(clamping: millionths / 1_000_000))
    text.append(UInt8(ascii: "."))
    var unit = 100_000
    while unit > 0 {
      text.append(UInt8(ascii: "0") + UInt8(millionths / unit % 10))
      unit /= 10
    }
  }

  /// The id of a row as the file has it.
  private func ids(_ block: TableBlock) -> ((Int) -> [UInt8])? {
    guard let id = columns.id, case .codes(let chunks, let levels) = block.table.columns[id].storage,
      let codes = chunks.first
    else { return nil }
    let cells = levels.texts.map { Array(DelimitedCell.text($0).utf8) }
    let missing = block.table.columns[id].missing.first ?? nil
    return { row in missing?[row] == true ? [] : cells[Int(codes[row])] }
  }
}
