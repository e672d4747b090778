/// One column being read: values of the chunk at hand, chunks finished, and what they are kept as so far.
///
/// Numbers begin as the sample promised and widen when a row asks for it: more decimals are kept, and what no scaled
/// 64-bit integer holds turns the column into doubles. What a column ends as depends on its values, not on their order.
struct ColumnBuilder {
  /// A value as read, not yet part of the column: a row counts in every column or in none.
  enum Value {
    case missing
    case exact(Int64, scale: Int)
    case real(Double)
    case code(Int32)
    case text([UInt8])
  }
  private enum Kept {
    case scaled(chunks: [PackedIntegers], scale: Int)
    case real(chunks: [[Double]])
    case codes(chunks: [PackedIntegers])
  }

  let grammar: ColumnGrammar
  private let flag: FlagWords?
  private var kept: Kept
  private var integers: [Int64] = []
  private var reals: [Double] = []
  private var words: [UInt64] = []
  private var rows = 0
  private var masks: [BitMask?] = []
  private var codes: [[UInt8]: Int32] = [:]
  private var texts: [[UInt8]] = []
  private var presentCount = 0

  init(_ grammar: ColumnGrammar) {
    self.grammar = grammar
    flag = FlagWords(grammar)
    switch grammar.kind {
    case .integer, .decimal: kept = .scaled(chunks: [], scale: 0)
    case .real: kept = .real(chunks: [])
    case .flag, .category, .text, .empty: kept = .codes(chunks: [])
    }
  }

  var isNumber: Bool {
    switch grammar.kind {
    case .integer, .decimal, .real: true
    case .flag, .category, .text, .empty: false
    }
  }

  /// What the field says, or why the row is rejected.
  func read(
    _ field: Span<UInt8>, style: NumberStyle, missingTokens: MissingTokens
  ) -> Result<Value, RejectedRow.Problem> {
    if missingTokens.contains(field) {
      return grammar.required ? .failure(.init(.missingRequired)) : .success(.missing)
    }
    switch grammar.kind {
    case .integer, .decimal, .real:
      let number = NumberText(field, style: style)
      switch number.outcome {
      case .exact(let value, let scale):
        if grammar.kind == .real { return .success(.real(number.double ?? 0)) }
        return .success(.exact(value, scale: scale))
      case .real(let value): return .success(.real(value))
      case .outOfRange: return .failure(.init(.outOfRange))
      case .notANumber: return .failure(.init(.notANumber))
      }
    case .flag:
      guard let value = flag?.value(field) else { return .failure(.init(.notAFlag)) }
      return .success(.code(value ? 1 : 0))
    case .category, .text, .empty:
      let text = field.extracting(FieldText.trimmed(field))
      var bytes: [UInt8] = []
      bytes.reserveCapacity(text.count)
      for index in text.indices { bytes.append(text[index]) }
      return .success(.text(bytes))
    }
  }

  mutating func append(_ value: Value) {
    if rows & 63 == 0 { words.append(0) }
    switch value {
    case .missing:
      words[rows >> 6] |= 1 << UInt64(rows & 63)
      if case .real = kept { reals.append(0) } else { integers.append(0) }
    case .exact(let number, let decimals): append(number, decimals)
    case .real(let number):
      turnReal()
      reals.append(number)
    case .code(let code): integers.append(Int64(code))
    case .text(let text):
      if let code = codes[text] {
        integers.append(Int64(code))
      } else {
        let code = Int32(texts.count)
        codes[text] = code
        texts.append(text)
        integers.append(Int64(code))
      }
    }
    if case .missing = value {} else { presentCount += 1 }
    rows += 1
  }

  private mutating func append(_ number: Int64, _ decimals: Int) {
    guard case .scaled(_, let scale) = kept else {
      reals.append(Self.double(number, scale: decimals))
      return
    }
    if decimals > scale, !widen(to: decimals) {
      turnReal()
      reals.append(Self.double(number, scale: decimals))
      return
    }
    let scaleNow = max(scale, decimals)
    if let value = NumberText.multiply(number, byPowerOfTen: scaleNow - decimals) {
      integers.append(value)
    } else {
      turnReal()
      reals.append(Self.double(number, scale: decimals))
    }
  }

  /// `false`: the numbers so far do not fit with that many decimals.
  private mutating func widen(to scale: Int) -> Bool {
    guard case .scaled(let chunks, let old) = kept, scale <= 18 else { return false }
    func scaled(_ values: [Int64]) -> [Int64]? {
      var out: [Int64] = []
      out.reserveCapacity(values.count)
      for value in values {
        guard let product = NumberText.multiply(value, byPowerOfTen: scale - old) else { return nil }
        out.append(product)
      }
      return out
    }
    guard let current = scaled(integers) else { return false }
    var wider: [PackedIntegers] = []
    for chunk in chunks {
      guard let values = scaled((0..<chunk.count).map { chunk[$0] }) else { return false }
      wider.append(PackedIntegers(packing: values))
    }
    integers = current
    kept = .scaled(chunks: wider, scale: scale)
    return true
  }

  private mutating func turnReal() {
    guard case .scaled(let chunks, let scale) = kept else { return }
    reals = integers.map { Self.double($0, scale: scale) }
    integers = []
    kept = .real(
      chunks: chunks.map { chunk in (0..<chunk.count).map { Self.double(chunk[$0], scale: scale) } })
  }

  private static func double(_ value: Int64, scale: Int) -> Double {
    if scale == 0 { return Double(value) }
    if value.magnitude <= 1 << 53, scale <= 22 { return Double(value) / NumberText.power(scale) }
    return Double("\(value)e-\(scale)") ?? 0
  }

  /// Ends the chunk at hand.
  mutating func finishChunk() {
    let mask = BitMask(words: words, rowCount: rows)
    masks.append(mask.count == 0 ? nil : mask)
    switch kept {
    case .scaled(var chunks, let scale):
      chunks.append(PackedIntegers(packing: integers))
      kept = .scaled(chunks: chunks, scale: scale)
    case .real(var chunks):
      chunks.append(reals)
      kept = .real(chunks: chunks)
    case .codes(var chunks):
      chunks.append(PackedIntegers(packing: integers))
      kept = .codes(chunks: chunks)
    }
    integers = []
    reals = []
    words = []
    rows = 0
  }

  /// The column, and the grammar it was read by in the end.
  func column(rowCount: Int) -> (Column, ColumnGrammar) {
    var grammar = grammar
    let storage: Column.Storage
    if presentCount == 0, grammar.kind != .flag || !grammar.required {
      grammar.kind = .empty
      grammar.scale = 0
      storage = .none
    } else {
      switch kept {
      case .scaled(let chunks, let scale):
        grammar.kind = scale == 0 ? .integer : .decimal
        grammar.scale = scale
        storage = .scaled(chunks, scale: scale)
      case .real(let chunks):
        grammar.kind = .real
        grammar.scale = 0
        storage = .real(chunks)
      case .codes(let chunks):
        if grammar.kind == .flag {
          let words = [grammar.flagNo ?? "0", grammar.flagYes ?? "1"]
          storage = .codes(chunks, levels: Levels(texts: words, positive: 1))
        } else {
          grammar.kind = texts.count > 1_000 && texts.count * 2 > presentCount ? .text : .category
          storage = Self.sorted(chunks, texts)
        }
      }
    }
    return (
      Column(name: grammar.name, kind: grammar.kind, storage: storage, missing: masks),
      grammar
    )
  }

  /// Codes renumbered so that levels stand in order of their bytes.
  private static func sorted(_ chunks: [PackedIntegers], _ texts: [[UInt8]]) -> Column.Storage {
    let order = texts.indices.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
    var newCode = [Int64](repeating: 0, count: texts.count)
    for (code, old) in order.enumerated() { newCode[old] = Int64(code) }
    let renumbered = chunks.map { chunk in
      // Slots of missing values hold 0 whatever the codes are.
      PackedIntegers(packing: (0..<chunk.count).map { texts.isEmpty ? 0 : newCode[Int(chunk[$0])] })
    }
    return .codes(renumbered, levels: Levels(texts: order.map { String(decoding: texts[$0], as: UTF8.self) }))
  }
}

extension RejectedRow {
  /// A reason that can be thrown about.
  struct Problem: Error {
    let reason: Reason
    init(_ reason: Reason) { self.reason = reason }
  }
}
