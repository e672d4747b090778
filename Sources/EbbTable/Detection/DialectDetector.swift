/// How text is cut into records and fields: delimiter, quote, line ends, lines before the heading, heading or not.
struct DialectDetector {
  struct Finding {
    var delimiter: UInt8
    var quote: UInt8?
    var lineEnding: Dialect.LineEnding
    var hasHeader: Bool
    var skippedLines: Int
    /// Fields of most records.
    var columnCount: Int
    var guesses: [Guess]
    /// The records of the head from the heading on.
    var records: SplitRecords
    /// Texts of the lines left out before the heading.
    var titles: [String]
  }

  private static let candidates: [UInt8] = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
  private static let sampleRecords = 400

  let head: [UInt8]
  let isWhole: Bool
  let options: ReadOptions

  /// `nil` when there is no record at all.
  func detect() -> Finding? {
    var guesses: [Guess] = []
    let sep = options.skippedLines.map(forcedSkip) ?? separatorLine()
    let (quote, quoteGuess) = chooseQuote(from: sep.end)
    guesses.append(quoteGuess)

    let choice: (delimiter: UInt8, guess: Guess)
    if let forced = options.delimiter {
      choice = (forced, Guess(subject: .delimiter, value: Self.name(forced), overridden: true))
    } else if let said = sep.delimiter {
      choice = (said, Guess(subject: .delimiter, value: Self.name(said), evidence: ["sepLine": 1]))
    } else {
      choice = chooseDelimiter(quote: quote, from: sep.end)
    }
    guesses.append(choice.guess)

    let splitter = ReferenceSplitter(delimiter: choice.delimiter, quote: quote)
    var all = splitter.split(head, from: sep.end, firstLine: sep.lines + 1, isWhole: isWhole)
    if all.records.isEmpty {
      // One line longer than the sample.
      all = splitter.split(head, from: sep.end, firstLine: sep.lines + 1, limit: 1, isWhole: true)
    }
    guard !all.records.isEmpty else { return nil }
    var columnCount = Self.mostCommonCount(all)
    var endings = lineEndings(all)
    if let lone = endings[.cr], endings.count > 1 {
      // Some CR among LF: line ends, or letters of the text?
      let other = ReferenceSplitter(delimiter: choice.delimiter, quote: quote, carriageReturnEnds: false)
        .split(head, from: sep.end, firstLine: sep.lines + 1, isWhole: isWhole)
      let otherCount = Self.mostCommonCount(other)
      if Self.agreeing(other, otherCount) > Self.agreeing(all, columnCount), lone * 2 < all.records.count {
        all = other
        columnCount = otherCount
        endings = lineEndings(all)
      }
    }
    let lineEnding = Self.kind(endings)
    guesses.append(
      Guess(
        subject: .lineEnding, value: lineEnding.rawValue,
        evidence: Dictionary(uniqueKeysWithValues: endings.map { ($0.key.rawValue, Double($0.value)) })))
    let titleCount = options.skippedLines == nil ? titleRows(all, columnCount: columnCount) : 0
    let titles = all.records.prefix(titleCount).map {
      String(decoding: all.bytes[$0.start..<$0.end], as: UTF8.self)
    }
    all.records.removeFirst(titleCount)
    let firstLine = all.records[0].line
    let skipped = firstLine - 1
    if skipped > 0 {
      guesses.append(
        Guess(
          subject: .skippedLines, value: "\(skipped)",
          evidence: [
            "sepLine": sep.delimiter == nil ? 0 : 1, "titleRows": Double(titleCount),
            "columns": Double(columnCount),
          ], overridden: options.skippedLines != nil))
    }
    let header = HeaderDetector(all, columnCount: columnCount, forced: options.hasHeader).detect()
    guesses.append(header)
    return Finding(
      delimiter: choice.delimiter, quote: quote, lineEnding: lineEnding, hasHeader: header.value == "true",
      skippedLines: skipped, columnCount: columnCount, guesses: guesses, records: all, titles: titles)
  }

  static func name(_ byte: UInt8) -> String { String(decoding: [byte], as: UTF8.self) }

  /// The place after as many lines as the user says.
  private func forcedSkip(_ count: Int) -> (delimiter: UInt8?, end: Int, lines: Int) {
    var position = 0
    for line in 0..<count {
      while position < head.count, head[position] != 0x0A, head[position] != 0x0D { position += 1 }
      if position == head.count { return (nil, position, line) }
      let isPair = head[position] == 0x0D && position + 1 < head.count && head[position + 1] == 0x0A
      position += isPair ? 2 : 1
    }
    return (nil, position, count)
  }

  /// A first line `sep=;`, as Excel writes and reads it.
  private func separatorLine() -> (delimiter: UInt8?, end: Int, lines: Int) {
    var position = 0
    let quoted = head.first == UInt8(ascii: "\"")
    if quoted { position = 1 }
    guard head.count >= position + 5,
      FieldText.equals(head.span.extracting(position..<position + 4), folded: Array("sep=".utf8).span)
    else { return (nil, 0, 0) }
    let delimiter = head[position + 4]
    position += 5
    if quoted {
      guard position < head.count, head[position] == UInt8(ascii: "\"") else { return (nil, 0, 0) }
      position += 1
    }
    guard delimiter < 0x80, delimiter != 0x0A, delimiter != 0x0D, delimiter != 0x22 else {
      return (nil, 0, 0)
    }
    guard position < head.count else { return (nil, 0, 0) }
    if head[position] == 0x0D {
      position += 1
      if position < head.count, head[position] == 0x0A { position += 1 }
      return (delimiter, position, 1)
    }
    return head[position] == 0x0A ? (delimiter, position + 1, 1) : (nil, 0, 0)
  }

  // MARK: Quote

  /// `"` unless fields are wrapped in `'` instead, or `"` stands in the text without ever wrapping a field.
  private func chooseQuote(from start: Int) -> (UInt8?, Guess) {
    if let forced = options.quote {
      return (forced, Guess(subject: .quote, value: forced.map(Self.name) ?? "", overridden: true))
    }
    let double = quoteUse(UInt8(ascii: "\""), from: start)
    let single = quoteUse(UInt8(ascii: "'"), from: start)
    let evidence = [
      "wrapped": Double(double.wrapped), "broken": Double(double.broken),
      "apostropheWrapped": Double(single.wrapped),
    ]
    // A few words in apostrophes are words; a field in every row, or delimiters inside, make them quotes.
    if double.wrapped == 0, double.broken == 0, single.wrapped >= 2, single.broken * 10 <= single.wrapped,
      single.wrapped >= single.lines || single.holding * 2 >= single.wrapped
    {
      return (UInt8(ascii: "'"), Guess(subject: .quote, value: "'", evidence: evidence))
    }
    if double.broken >= 3, double.broken > double.wrapped {
      return (nil, Guess(subject: .quote, value: "", evidence: evidence))
    }
    return (UInt8(ascii: "\""), Guess(subject: .quote, value: "\"", evidence: evidence))
  }

  private struct QuoteUse {
    /// Fields a quote begins and ends.
    var wrapped = 0
    /// Quotes that begin a field and do not end it.
    var broken = 0
    /// Wrapped fields that hold what else would end a field.
    var holding = 0
    /// Line ends outside them.
    var lines = 0
  }

  private func quoteUse(_ quote: UInt8, from start: Int) -> QuoteUse {
    var use = QuoteUse()
    var position = start
    let stop = min(head.count, start + 1 << 18)
    func isBorder(_ byte: UInt8) -> Bool {
      byte == 0x0A || byte == 0x0D
        || (options.delimiter.map { $0 == byte } ?? Self.candidates.contains(byte))
    }
    while position < stop {
      guard head[position] == quote, position == start || isBorder(head[position - 1]) else {
        if head[position] == 0x0A
          || head[position] == 0x0D && position + 1 < stop && head[position + 1] != 0x0A
        {
          use.lines += 1
        }
        position += 1
        continue
      }
      var end = position + 1
      var closed = false
      var holds = false
      while end < stop {
        if head[end] == quote {
          if end + 1 < stop, head[end + 1] == quote {
            end += 2
            continue
          }
          closed = true
          break
        }
        if isBorder(head[end]) { holds = true }
        end += 1
      }
      if closed, end + 1 >= head.count || isBorder(head[end + 1]) || head[end + 1] == 0x20 {
        use.wrapped += 1
        if holds { use.holding += 1 }
        position = end + 1
      } else if closed || isWhole && stop == head.count {
        use.broken += 1
        position += 1
      } else {
        break
      }
    }
    return use
  }

  // MARK: Delimiter

  /// Consistency of field counts × share of cells that look like one value × (1 − 1/fields).
  private func chooseDelimiter(quote: UInt8?, from start: Int) -> (UInt8, Guess) {
    var best: (delimiter: UInt8, score: Double, fields: Int, agreeing: Double, records: Int)?
    for delimiter in Self.candidates {
      let split = split(delimiter: delimiter, quote: quote, from: start)
      let fields = Self.mostCommonCount(split)
      guard fields >= 2 else { continue }
      let agreeing = split.records.count { $0.fields.count == fields && $0.problem == nil }
      let share = Double(agreeing) / Double(split.records.count)
      guard share >= 0.5 || split.records.first?.fields.count == fields && split.records.count <= 4 else {
        continue
      }
      let score = share * clearShare(split, fields: fields, delimiter: delimiter) * (1 - 1 / Double(fields))
      if score > best?.score ?? 0 {
        best = (delimiter, score, fields, Double(agreeing), split.records.count)
      }
    }
    if let best, !isReallyOneColumn(delimiter: best.delimiter, fields: best.fields, quote: quote, from: start)
    {
      return (
        best.delimiter,
        Guess(
          subject: .delimiter, value: Self.name(best.delimiter),
          evidence: [
            "fieldsPerRow": Double(best.fields), "rowsAgreeing": best.agreeing,
            "rowsSeen": Double(best.records),
          ])
      )
    }
    // One column: any delimiter that does not occur will do.
    let unused = (Self.candidates + [0x1F]).first { candidate in !head.contains(candidate) }
    let delimiter = unused ?? UInt8(ascii: ",")
    return (delimiter, Guess(subject: .delimiter, value: Self.name(delimiter), evidence: ["fieldsPerRow": 1]))
  }

  private func split(delimiter: UInt8, quote: UInt8?, from start: Int) -> SplitRecords {
    let splitter = ReferenceSplitter(delimiter: delimiter, quote: quote)
    let part = splitter.split(head, from: start, limit: Self.sampleRecords, isWhole: isWhole)
    return part.records.isEmpty ? splitter.split(head, from: start, limit: 1, isWhole: true) : part
  }

  static func mostCommonCount(_ split: SplitRecords) -> Int {
    var counts: [Int: Int] = [:]
    for record in split.records where record.problem == nil { counts[record.fields.count, default: 0] += 1 }
    // Of equally common counts the larger one.
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
  }

  /// Share of cells without another candidate inside.
  private func clearShare(_ split: SplitRecords, fields: Int, delimiter: UInt8) -> Double {
    var cells = 0
    var clear = 0.0
    for record in split.records.prefix(100) where record.fields.count == fields {
      for field in split.fields[record.fields] {
        cells += 1
        if field.isQuoted {
          clear += 1
          continue
        }
        var value = 1.0
        for position in field.start..<field.end {
          let byte = split.bytes[position]
          guard byte != delimiter, Self.candidates.contains(byte) else { continue }
          if byte == UInt8(ascii: ",") {
            // "1,5" and "Moscow, Russia" are values; "a,b" is doubtful.
            let next = position + 1 < field.end ? split.bytes[position + 1] : 0
            if next != 0x20, next &- 0x30 >= 10 { value = min(value, 0.5) }
          } else {
            value = 0
            break
          }
        }
        clear += value
      }
    }
    return cells == 0 ? 0 : clear / Double(cells)
  }

  /// Two fields a row may be one column of decimal commas or of "Surname, Name": then the heading has one field.
  private func isReallyOneColumn(delimiter: UInt8, fields: Int, quote: UInt8?, from start: Int) -> Bool {
    guard fields == 2, delimiter == UInt8(ascii: ",") else { return false }
    let split = split(delimiter: delimiter, quote: quote, from: start)
    guard split.records.count >= 2, split.records[0].fields.count == 1, split.records[0].problem == nil else {
      return false
    }
    return !split.records.dropFirst().contains { $0.fields.count == 1 } || split.records[1].fields.count == 2
  }

  // MARK: Lines

  private func lineEndings(_ split: SplitRecords) -> [Dialect.LineEnding: Int] {
    var counts: [Dialect.LineEnding: Int] = [:]
    for record in split.records where record.end < split.bytes.count {
      if split.bytes[record.end] == 0x0A {
        counts[.lf, default: 0] += 1
      } else if record.end + 1 < split.bytes.count, split.bytes[record.end + 1] == 0x0A {
        counts[.crlf, default: 0] += 1
      } else {
        counts[.cr, default: 0] += 1
      }
    }
    return counts
  }

  private static func kind(_ endings: [Dialect.LineEnding: Int]) -> Dialect.LineEnding {
    endings.count > 1 ? .mixed : endings.keys.first ?? .none
  }

  /// Share of records with this many fields.
  private static func agreeing(_ split: SplitRecords, _ fields: Int) -> Double {
    Double(split.records.count { $0.fields.count == fields && $0.problem == nil })
      / Double(max(1, split.records.count))
  }

  /// How many records at the start are titles: few cells, the first of them words, above a much wider table.
  private func titleRows(_ split: SplitRecords, columnCount: Int) -> Int {
    guard columnCount >= 2 else { return 0 }
    var titles = 0
    for record in split.records.prefix(20) {
      let filled = split.fields[record.fields].filter {
        !FieldText.trimmed(split.bytes.span.extracting($0.start..<$0.end)).isEmpty
      }
      guard let first = filled.first else {
        titles += 1
        continue
      }
      let isWide = columnCount == 2 ? record.fields.count != 1 : filled.count > columnCount / 3
      if isWide || AnyNumber.matches(split.bytes.span.extracting(first.start..<first.end)) { break }
      titles += 1
    }
    guard titles < split.records.count else { return 0 }
    // A file of narrow rows has no titles: the table must begin right below.
    let next = split.records[titles]
    guard next.fields.count >= max(2, columnCount - 1) else { return 0 }
    // Blank rows alone are kept out, but a heading of empty cells is a heading.
    return titles
  }
}

/// Whether text is a number in any style, before the style is known.
enum AnyNumber {
  private static let point = NumberStyle(decimal: UInt8(ascii: "."), group: UInt8(ascii: ","))
  private static let comma = NumberStyle(decimal: UInt8(ascii: ","), group: UInt8(ascii: "."))

  static func matches(_ field: Span<UInt8>) -> Bool {
    NumberText(field, style: point).outcome != .notANumber
      || NumberText(field, style: comma).outcome != .notANumber
  }
}
