/// How the values of every column are written, from sampled records.
struct GrammarDetector {
  struct Finding {
    var columns: [ColumnGrammar]
    var headings: [String]
    var decimal: UInt8
    var group: String?
    var guesses: [Guess]
  }

  let dialect: DialectDetector.Finding
  /// Records from elsewhere in the file; they may begin inside a quoted field, so only well-formed ones count.
  let slices: [SplitRecords]
  let options: ReadOptions

  func detect() -> Finding {
    var guesses: [Guess] = []
    let (headings, count) = headingTexts(&guesses)
    let names = dialect.hasHeader ? HeadingNames(headings) : HeadingNames(count: count)
    for change in names.changes {
      guesses.append(
        Guess(
          subject: .heading, column: names.names[change.column], value: names.names[change.column],
          evidence: [change.cause.rawValue: Double(change.count), "column": Double(change.column + 1)]))
    }

    let parts = sampleParts(count: count)
    let missingTokens = MissingTokens(options.missingTokens ?? Dialect.defaultMissingTokens)
    var votes = DecimalVotes()
    forEachField(parts, count: count) { _, field in votes.add(field) }
    let (decimal, group) = votes.decide(
      delimiter: dialect.delimiter, forced: options.decimalSeparator,
      forcedGroup: options.groupSeparator)
    guesses.append(
      Guess(
        subject: .decimalSeparator, value: DialectDetector.name(decimal), evidence: votes.evidence,
        overridden: options.decimalSeparator != nil))
    if let group {
      guesses.append(
        Guess(
          subject: .groupSeparator, value: group, evidence: ["grouped": Double(votes.groupCount)],
          overridden: options.groupSeparator != nil))
    }
    let groupByte = group == "," || group == "." ? group?.utf8.first : nil
    let style = NumberStyle(decimal: decimal, group: groupByte)

    var evidence = [ColumnEvidence](repeating: ColumnEvidence(), count: count)
    forEachField(parts, count: count) { column, field in
      evidence[column].add(field, style: style, missingTokens: missingTokens)
    }
    var columns: [ColumnGrammar] = []
    for (index, name) in names.names.enumerated() {
      let heading = index < headings.count ? headings[index] : name
      let column = ColumnDecision(
        name: name, evidence: evidence[index], forced: options.kinds[name] ?? options.kinds[heading],
        required: options.required.contains(name) || options.required.contains(heading))
      columns.append(column.grammar)
      guesses += column.guesses
    }
    if let totals = totalsGuess(parts) { guesses.append(totals) }
    return Finding(
      columns: columns, headings: headings, decimal: decimal, group: group, guesses: guesses)
  }

  // MARK: Headings

  /// Headings as the file has them (none without a heading) and how many columns there are.
  private func headingTexts(_ guesses: inout [Guess]) -> ([String], Int) {
    guard dialect.hasHeader, let first = dialect.records.records.first else {
      return ([], dialect.columnCount)
    }
    var headings = dialect.records.texts(of: first).map { String(decoding: $0, as: UTF8.self) }
    let body = dialect.records.records.dropFirst()
    let width = body.isEmpty ? headings.count : Self.mostCommonCount(body)
    let agreeing = body.count { $0.fields.count == width }
    guard width == headings.count + 1, agreeing * 10 >= body.count * 9 else {
      return (headings, headings.count)
    }
    // One field more than headings: a delimiter at every row's end, or row names without a heading (as R writes).
    let endsEmpty = body.allSatisfy { record in
      record.fields.count < width
        || record.fields.last.map { dialect.records.fields[$0].start == dialect.records.fields[$0].end }
          == true
    }
    if endsEmpty { return (headings, headings.count) }
    headings.insert("", at: 0)
    return (headings, width)
  }

  private static func mostCommonCount(_ records: ArraySlice<SplitRecords.Record>) -> Int {
    var counts: [Int: Int] = [:]
    for record in records where record.problem == nil { counts[record.fields.count, default: 0] += 1 }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
  }

  // MARK: Sample

  private typealias Part = (split: SplitRecords, records: [SplitRecords.Record])

  /// Well-formed records that are no totals rows.
  private func sampleParts(count: Int) -> [Part] {
    var parts: [Part] = []
    for (index, split) in ([dialect.records] + slices).enumerated() {
      let body = index == 0 && dialect.hasHeader ? split.records.dropFirst() : split.records[...]
      let fitting = body.filter {
        $0.problem == nil && isFitting($0, split, count: count) && !isTotals($0, split)
      }
      parts.append((split, fitting))
    }
    return parts
  }

  /// As many fields as columns; a delimiter at the end of the line is none.
  private func isFitting(_ record: SplitRecords.Record, _ split: SplitRecords, count: Int) -> Bool {
    if record.fields.count == count { return true }
    guard record.fields.count == count + 1, let last = record.fields.last else { return false }
    return split.fields[last].start == split.fields[last].end
  }

  private func isTotals(_ record: SplitRecords.Record, _ split: SplitRecords) -> Bool {
    for field in split.fields[record.fields] {
      let span = split.bytes.span.extracting(field.start..<field.end)
      if FieldText.trimmed(span).isEmpty { continue }
      return TotalsRow.isTotals(firstCell: span)
    }
    return false
  }

  private func totalsGuess(_ parts: [Part]) -> Guess? {
    var lines: [Int] = []
    for record in dialect.records.records.dropFirst(dialect.hasHeader ? 1 : 0)
    where isTotals(record, dialect.records) {
      lines.append(record.line)
    }
    guard let first = lines.first else { return nil }
    return Guess(subject: .totals, value: "\(lines.count)", evidence: ["firstLine": Double(first)])
  }

  private func forEachField(_ parts: [Part], count: Int, _ body: (Int, Span<UInt8>) -> Void) {
    for (split, records) in parts {
      for record in records {
        for (column, index) in record.fields.enumerated() where column < count {
          let field = split.fields[index]
          if field.hasDoubledQuotes {
            let text = split.text(of: field)
            body(column, text.span)
          } else {
            body(column, split.bytes.span.extracting(field.start..<field.end))
          }
        }
      }
    }
  }
}
