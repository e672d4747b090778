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
  private let kinds: [Reason.Kind]
  private let features: [ModelFeature]
  /// The band's word, as bytes, in the order of the bands.
  private let bands: [[UInt8]]

  public init(_ scorer: Scorer, _ columns: ScoringColumns, language: Language) {
    self.scorer = scorer
    self.columns = columns
    words = ScoreWords(language)
    reasons = ReasonWords(language)
    features = columns.features.features
    kinds = features.map { $0.feature.reasonKind }
    bands = RiskBands.Band.allCases.map { Array(ScoreWords(language).band($0).utf8) }
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
    var phrases = PhraseMemory(reasons, features)
    var cell: [UInt8] = []
    let noReasons = [UInt8](repeating: Self.comma, count: Reason.Kind.allCases.count)
    let said = scored.reasonLimit == 0 ? [] : Reason.Kind.allCases
    let texts = columns.id.flatMap { block.verbatim[$0] }
    var odd = oddities.sorted { $0.key < $1.key }[...]
    for row in 0...matrix.rowCount {
      while let next = rejected.first, next.before == row {
        text += Array((",,,,,," + DelimitedCell.text(words.note(next.row))).utf8)
        if scored.parts != nil { text += Array(repeating: Self.comma, count: features.count + 2) }
        text.append(0x0A)
        rejected = rejected.dropFirst()
      }
      guard row < matrix.rowCount else { break }
      if let texts { DelimitedCell.append(texts[row], to: &text) }
      text.append(Self.comma)
      Self.append(scored.probabilities[row], to: &text)
      text.append(Self.comma)
      text += bands[scored.bands[row].place]
      if scored.reasonLimit == 0 { text += noReasons }
      let found = scored.reasons[(row * scored.reasonLimit)..<((row + 1) * scored.reasonLimit)]
      for kind in said {
        text.append(Self.comma)
        cell.removeAll(keepingCapacity: true)
        for feature in found where feature >= 0 && kinds[Int(feature)] == kind {
          if !cell.isEmpty { cell += Self.semicolon }
          cell += phrases.phrase(Int(feature), matrix.columns[Int(feature)][row])
        }
        if !cell.isEmpty { DelimitedCell.append(cell[...], to: &text) }
      }
      text.append(Self.comma)
      if let next = odd.first, next.key == row {
        odd = odd.dropFirst()
        text += DelimitedCell.text(next.value.map { words.note($0, features) }.joined(separator: "; ")).utf8
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
  private static let semicolon = Array("; ".utf8)

  /// Six digits after the point.
  private static func append(_ probability: Double, to text: inout [UInt8]) {
    let millionths = UInt32(clamping: Int((probability * 1_000_000).rounded()))
    func digit(_ value: UInt32) -> UInt8 { UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10) }
    text.append(digit(millionths / 1_000_000))
    text.append(UInt8(ascii: "."))
    text.append(digit(millionths / 100_000))
    text.append(digit(millionths / 10_000))
    text.append(digit(millionths / 1000))
    text.append(digit(millionths / 100))
    text.append(digit(millionths / 10))
    text.append(digit(millionths))
  }
}

/// Phrases of reasons said before: ages and numbers of products come again and again.
private struct PhraseMemory {
  /// Amounts hardly come again: remembering them all would cost more than saying them.
  private static let limit = 4096

  private let words: ReasonWords
  private let features: [ModelFeature]
  private var known: [[UInt64: [UInt8]]]

  init(_ words: ReasonWords, _ features: [ModelFeature]) {
    self.words = words
    self.features = features
    known = features.map { _ in [:] }
  }

  mutating func phrase(_ feature: Int, _ value: Double) -> [UInt8] {
    let key = value.isNaN ? UInt64.max : value.bitPattern
    if let phrase = known[feature][key] { return phrase }
    let phrase = Array(words.text(value, features[feature]).utf8)
    if known[feature].count < Self.limit { known[feature][key] = phrase }
    return phrase
  }
}
