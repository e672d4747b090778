/// Whether the first record is a heading: by its kinds against those of the rest.
struct HeaderDetector {
  private let split: SplitRecords
  private let columnCount: Int
  private let forced: Bool?
  private static let rows = 200

  init(_ split: SplitRecords, columnCount: Int, forced: Bool?) {
    self.split = split
    self.columnCount = columnCount
    self.forced = forced
  }

  /// A guess of value "true" or "false".
  func detect() -> Guess {
    if let forced {
      return Guess(subject: .header, value: "\(forced)", overridden: true)
    }
    guard let first = split.records.first else { return Guess(subject: .header, value: "false") }
    let heading = split.texts(of: first)
    let rest = split.records.dropFirst().filter { $0.fields.count >= heading.count }.prefix(Self.rows)
      .map { split.texts(of: $0) }

    var wordsOverNumbers = 0
    var numbersOverNumbers = 0
    var numbers = 0
    var repeated = 0
    var filled = 0
    for (column, cell) in heading.enumerated() {
      let isEmpty = FieldText.trimmed(cell.span).isEmpty
      if !isEmpty { filled += 1 }
      let isNumber = !isEmpty && AnyNumber.matches(cell.span)
      if isNumber { numbers += 1 }
      var cells = 0
      var numeric = 0
      var same = 0
      for row in rest {
        let text = row[column]
        if FieldText.trimmed(text.span).isEmpty { continue }
        cells += 1
        if AnyNumber.matches(text.span) { numeric += 1 }
        if text == cell { same += 1 }
      }
      guard cells > 0, !isEmpty else { continue }
      if numeric * 10 >= cells * 8 {
        if isNumber { numbersOverNumbers += 1 } else { wordsOverNumbers += 1 }
      } else if same > 0, !isNumber {
        repeated += 1
      }
    }
    let distinct = Set(heading).count == heading.count
    let evidence: [String: Double] = [
      "wordsOverNumbers": Double(wordsOverNumbers), "numbersOverNumbers": Double(numbersOverNumbers),
      "repeatedBelow": Double(repeated), "rowsSeen": Double(rest.count),
    ]
    let isHeader: Bool
    if looksLikeYears(heading), numbers == numbersOverNumbers {
      isHeader = true
    } else if wordsOverNumbers != numbersOverNumbers {
      isHeader = wordsOverNumbers > numbersOverNumbers
    } else if numbers > 0 {
      isHeader = wordsOverNumbers > 0 && numbers < filled
    } else {
      // All words: a heading says something else in every column and is not repeated below.
      isHeader = repeated == 0 || (distinct && repeated * 2 < filled)
    }
    return Guess(subject: .header, value: "\(isHeader)", evidence: evidence)
  }

  /// "city, 2022, 2023, 2024": a word, then years in order.
  private func looksLikeYears(_ heading: [[UInt8]]) -> Bool {
    guard heading.count >= 3 else { return false }
    let first = heading[0]
    if AnyNumber.matches(first.span) { return false }
    let years = heading.dropFirst().map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    guard years.allSatisfy({ (1900...2100).contains($0) }) else { return false }
    return zip(years, years.dropFirst()).allSatisfy { $0 < $1 }
  }
}
