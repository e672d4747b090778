/// One column of one block of the file, value by value.
///
/// Numbers begin as the sample promised and widen when a row asks for it: more decimals are kept, and what no scaled
/// 64-bit integer holds turns the block's column into doubles. What it ends as depends on the values, not on their order.
struct BlockColumn {
  enum Mode: Sendable { case scaled, real, codes, skipped, verbatim }

  let grammar: ColumnGrammar
  private let index: Int
  private let flag: FlagWords?
  private let style: NumberStyle
  private let missingTokens: MissingTokens
  private let emptyIsMissing: Bool
  private(set) var mode: Mode
  private(set) var scale = 0
  private var integers: [Int64] = []
  /// Every bit that any of `integers` uses, those of negative ones turned over: tells how wide they are.
  private var magnitude: Int64 = 0
  /// Values of a run, before they are appended.
  private var scratch: [Int64] = []
  private var reals: [Double] = []
  /// The largest of the whole numbers removed: which kind of numbers a column holds, all rows have a say in.
  private var removed: Int64 = 0
  private var verbatim = VerbatimTexts()
  private var words: [UInt64] = []
  private var rows = 0
  private var spellings = SpellingTable()
  private var texts: [[UInt8]] = []
  private var levels: [[UInt8]: Int32] = [:]

  init(
    _ grammar: ColumnGrammar, index: Int, dialect: Dialect, isSkipped: Bool = false, isVerbatim: Bool = false
  ) {
    self.grammar = grammar
    self.index = index
    flag = FlagWords(grammar)
    style = NumberStyle(dialect)
    missingTokens = MissingTokens(dialect)
    emptyIsMissing = missingTokens.contains([UInt8]().span)
    switch grammar.kind {
    case _ where isSkipped: mode = .skipped
    case _ where isVerbatim: mode = .verbatim
    case .integer, .decimal: mode = .scaled
    case .real: mode = .real
    case .flag, .category, .text, .empty: mode = .codes
    }
  }

  // MARK: Many rows at once

  /// Parses the column's fields of `count` rows: the field of row `r` lies between `borders[first + r · stride]` and
  /// `borders[first + r · stride + 1]`; the last one of a row may end with a carriage return that is not its own.
  mutating func parse(
    _ text: Span<UInt8>, _ borders: Span<Int32>, first: Int, stride: Int, count: Int, isLast: Bool,
    quote: UInt8?,
    _ issues: inout [Int: BlockIssue]
  ) {
    if mode == .skipped {
      rows += count
      return
    }
    growMask(count)
    if scratch.count < count { scratch = [Int64](repeating: 0, count: count) }
    var row = 0
    var border = first
    while row < count {
      // Whole runs at once; what stops a run is read alone.
      let run = TileFields(first: border, stride: stride, isLast: isLast, quote: quote)
      let taken: Int
      switch mode {
      case .scaled: taken = takeNumbers(text, borders, run, count - row)
      case .codes: taken = takeCodes(text, borders, run, count - row)
      case .verbatim: taken = takeTexts(text, borders, run, count - row)
      case .real, .skipped: taken = 0
      }
      row += taken
      border += taken * stride
      if row == count { break }
      let (start, end) = run.bounds(text, borders, taken)
      takeSlowly(text, start, end, row: row, &issues)
      row += 1
      border += stride
    }
  }

  /// Takes numbers of plain digits with at most a minus and one decimal sign, and empty fields. Returns how many rows
  /// were taken: the one after them is something else.
  private mutating func takeNumbers(
    _ text: Span<UInt8>, _ borders: Span<Int32>, _ fields: TileFields, _ count: Int
  ) -> Int {
    let scale = self.scale
    let decimal = style.decimal
    let power = NumberText.multiply(1, byPowerOfTen: scale) ?? 1
    let mayBeEmpty = emptyIsMissing && !grammar.required
    // Taken out of `self` so that both spans can be open at once.
    var (values, mask) = (scratch, words)
    (scratch, words) = ([], [])
    var places = values.mutableSpan
    var missing = mask.mutableSpan
    let rows = self.rows
    // Where eight bytes can be looked at, and where a decimal sign can be expected.
    let lastStart = text.count - 8
    let hasSign = scale > 0 && scale <= 8
    var magnitude = self.magnitude
    var taken = 0
    while taken < count {
      let (start, end) = fields.bounds(text, borders, taken)
      let length = end &- start
      if length == 0 {
        guard mayBeEmpty else { break }
        missing[(rows &+ taken) >> 6] |= 1 &<< UInt64(truncatingIfNeeded: rows &+ taken)
        places[taken] = 0
        taken &+= 1
        continue
      }
      var value: Int64 = -1
      if end <= lastStart {
        if scale == 0 {
          if length <= 8 { value = EightBytes.number(EightBytes.loadKnown(text, start), count: length) }
        } else if hasSign, length > scale &+ 1, length <= scale &+ 9, text[end &- 1 &- scale] == decimal {
          let whole = EightBytes.number(EightBytes.loadKnown(text, start), count: length &- 1 &- scale)
          let part = EightBytes.number(EightBytes.loadKnown(text, end &- scale), count: scale)
          if whole | part >= 0 { value = whole &* power &+ part }
        }
      }
      if value < 0 {
        guard let odd = PlainNumber.steps(text, start, end, decimal: decimal, scale: scale) else { break }
        value = odd
      }
      magnitude |= value ^ (value >> 63)
      places[taken] = value
      taken &+= 1
    }
    self.magnitude = magnitude
    integers.append(contentsOf: values[..<taken])
    (scratch, words) = (values, mask)
    self.rows += taken
    return taken
  }

  /// Takes fields as they are.
  private mutating func takeTexts(
    _ text: Span<UInt8>, _ borders: Span<Int32>, _ fields: TileFields, _ count: Int
  ) -> Int {
    for row in 0..<count {
      let (start, end) = fields.bounds(text, borders, row)
      verbatim.append(text, start, end)
    }
    rows += count
    return count
  }

  /// Takes spellings seen before that stand for a level or for *missing*. Returns how many rows were taken.
  private mutating func takeCodes(
    _ text: Span<UInt8>, _ borders: Span<Int32>, _ fields: TileFields, _ count: Int
  ) -> Int {
    // Taken out of `self` so that both spans can be open at once.
    var (values, mask) = (scratch, words)
    (scratch, words) = ([], [])
    var places = values.mutableSpan
    var missing = mask.mutableSpan
    let rows = self.rows
    var magnitude = self.magnitude
    var taken = 0
    while taken < count {
      let (start, end) = fields.bounds(text, borders, taken)
      let code = spellings.code(text, start, end)
      if code < SpellingTable.missing { break }
      if code == SpellingTable.missing {
        missing[(rows + taken) >> 6] |= 1 << UInt64((rows + taken) & 63)
        places[taken] = 0
      } else {
        places[taken] = Int64(code)
        magnitude |= Int64(code)
      }
      taken += 1
    }
    self.magnitude = magnitude
    integers.append(contentsOf: values[..<taken])
    (scratch, words) = (values, mask)
    self.rows += taken
    return taken
  }

  private mutating func meaning(_ field: Span<UInt8>) -> Int32 {
    if missingTokens.contains(field) {
      return grammar.required ? SpellingTable.required : SpellingTable.missing
    }
    if grammar.kind == .flag {
      return flag?.value(field).map { $0 ? 1 : 0 } ?? SpellingTable.notAFlag
    }
    let text = field.extracting(FieldText.trimmed(field))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for index in text.indices { bytes.append(text[index]) }
    if let code = levels[bytes] { return code }
    let code = Int32(texts.count)
    levels[bytes] = code
    texts.append(bytes)
    return code
  }

  @inline(never)
  private mutating func takeSlowly(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, row: Int, _ issues: inout [Int: BlockIssue]
  ) {
    let known = mode == .codes ? knownOrNew(text, start, end) : nil
    if let reason = take(text.extracting(start..<end), code: known), issues[row] == nil {
      issues[row] = BlockIssue(column: index, reason: reason, start: start, end: end)
    }
  }

  /// The code of a spelling, remembered for the next time it is met.
  private mutating func knownOrNew(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int32 {
    let known = spellings.code(text, start, end)
    if known != SpellingTable.unknown { return known }
    let code = meaning(text.extracting(start..<end))
    spellings.add(text, start, end, code: code)
    return code
  }

  // MARK: One row

  /// Takes one field's content; in a row to be rejected it counts as missing until the row is removed.
  mutating func takeField(_ field: Span<UInt8>) -> RejectedRow.Reason? {
    growMask(1)
    return take(field)
  }

  private mutating func take(_ field: Span<UInt8>, code known: Int32? = nil) -> RejectedRow.Reason? {
    if mode == .skipped || mode == .verbatim {
      if mode == .verbatim { verbatim.append(field, 0, field.count) }
      rows += 1
      return nil
    }
    if mode == .codes {
      let code = known ?? meaning(field)
      if code >= 0 {
        append(Int64(code))
        return nil
      }
      appendMissing()
      return code == SpellingTable.missing
        ? nil : code == SpellingTable.notAFlag ? .notAFlag : .missingRequired
    }
    if missingTokens.contains(field) {
      appendMissing()
      return grammar.required ? .missingRequired : nil
    }
    let number = NumberText(field, style: style)
    switch number.outcome {
    case .exact(let value, let decimals):
      if mode == .real { appendReal(number.double ?? 0) } else { appendExact(value, decimals) }
      return nil
    case .real(let value):
      turnReal()
      appendReal(value)
      return nil
    case .outOfRange:
      appendMissing()
      return .outOfRange
    case .notANumber:
      appendMissing()
      return .notANumber
    }
  }

  // MARK: Values

  private mutating func growMask(_ count: Int) {
    let needed = (rows + count + 63) >> 6
    if words.count < needed { words.append(contentsOf: repeatElement(0, count: needed - words.count)) }
  }

  @inline(__always)
  private mutating func appendMissing() {
    words[rows >> 6] |= 1 << UInt64(rows & 63)
    if mode == .real { reals.append(0) } else { integers.append(0) }
    rows += 1
  }

  private mutating func append(_ value: Int64) {
    integers.append(value)
    magnitude |= value ^ (value >> 63)
    rows += 1
  }

  private mutating func appendReal(_ value: Double) {
    reals.append(value)
    rows += 1
  }

  @inline(__always)
  private mutating func appendExact(_ number: Int64, _ decimals: Int) {
    if mode == .scaled, decimals == scale { return append(number) }
    appendRescaled(number, decimals)
  }

  @inline(never)
  private mutating func appendRescaled(_ number: Int64, _ decimals: Int) {
    if mode == .scaled, decimals > scale, !widen(to: decimals) { turnReal() }
    if mode == .scaled {
      if let value = NumberText.multiply(number, byPowerOfTen: scale - decimals) {
        return append(value)
      }
      turnReal()
    }
    appendReal(Self.double(number, scale: decimals))
  }

  /// `false`: the numbers so far do not fit with that many decimals.
  private mutating func widen(to wider: Int) -> Bool {
    guard wider <= 18 else { return false }
    guard let values = Self.rescaled(integers, by: wider - scale),
      let removed = NumberText.multiply(removed, byPowerOfTen: wider - scale)
    else { return false }
    self.removed = removed
    integers = values
    magnitude = values.reduce(0) { $0 | ($1 ^ ($1 >> 63)) }
    scale = wider
    return true
  }

  private mutating func turnReal() {
    guard mode == .scaled else { return }
    reals = integers.map { Self.double($0, scale: scale) }
    integers = []
    mode = .real
  }

  /// Takes the rows out again that turned out unreadable: `places` are rows of the block, ascending.
  mutating func remove(_ places: [Int]) {
    guard !places.isEmpty else { return }
    if mode == .skipped {
      rows -= places.count
      return
    }
    var next = 0
    var kept = 0
    for row in 0..<rows {
      if next < places.count, places[next] == row {
        next += 1
        if mode == .scaled { removed = max(removed, Int64(clamping: integers[row].magnitude)) }
        continue
      }
      let isMissing = words[row >> 6] >> UInt64(row & 63) & 1
      if mode == .real { reals[kept] = reals[row] } else { integers[kept] = integers[row] }
      words[kept >> 6] = words[kept >> 6] & ~(1 << UInt64(kept & 63)) | isMissing << UInt64(kept & 63)
      kept += 1
    }
    if mode == .real { reals.removeLast(rows - kept) } else { integers.removeLast(rows - kept) }
    rows = kept
    words.removeLast(words.count - (rows + 63) >> 6)
    if rows & 63 != 0 { words[rows >> 6] &= 1 << UInt64(rows & 63) - 1 }
  }

  /// The block's values, packed; the column is then ready for the next block.
  mutating func finish() -> ColumnPart {
    if mode == .skipped || mode == .verbatim {
      defer {
        rows = 0
        verbatim.removeAll()
      }
      return ColumnPart(
        mode: mode, scale: 0, integers: nil, reals: [], texts: [], mask: nil, rows: rows, verbatim: verbatim)
    }
    let count = (rows + 63) >> 6
    if words.count > count { words.removeLast(words.count - count) }
    let mask = BitMask(words: words, rowCount: rows)
    let part = ColumnPart(
      mode: mode, scale: scale,
      integers: mode == .real ? nil : PackedIntegers(packing: integers, magnitude: magnitude),
      reals: mode == .real ? reals : [], texts: texts, mask: mask.count == 0 ? nil : mask, rows: rows,
      removed: removed)
    integers.removeAll(keepingCapacity: true)
    reals.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    rows = 0
    scale = 0
    magnitude = 0
    removed = 0
    if mode == .real, grammar.kind != .real { mode = .scaled }
    if texts.count > 4096 {
      // A dictionary that only grows would be searched for nothing by the blocks to come.
      spellings = SpellingTable()
      texts = []
      levels = [:]
    }
    return part
  }
}
