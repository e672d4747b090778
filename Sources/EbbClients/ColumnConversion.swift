import EbbTable

/// Other forms of the same values.
extension Column {
  /// Decimals that are all whole ("42.0") as integers; everything else as it is.
  func asWholeNumbers() -> Column {
    guard case .scaled(let chunks, let scale) = storage, scale > 0 else { return self }
    let unit = PowersOfTen.value(scale)
    for (chunk, values) in chunks.enumerated() {
      let all = values.allPresent(missing[chunk]) { $0 % unit == 0 }
      if !all { return self }
    }
    let whole = chunks.map { values in PackedIntegers(packing: (0..<values.count).map { values[$0] / unit }) }
    return Column(name: name, kind: .integer, storage: .scaled(whole, scale: 0), missing: missing)
  }

  /// Integers with at most two different values as codes into their texts; `nil` for anything else.
  func smallNumbersAsCodes() -> Column? {
    guard case .scaled(let chunks, 0) = storage else { return nil }
    var found: [Int64] = []
    for (chunk, values) in chunks.enumerated() {
      let few = values.allPresent(missing[chunk]) { value in
        if !found.contains(value) { found.append(value) }
        return found.count <= 2
      }
      if !few { return nil }
    }
    let texts = found.map { (value: $0, text: "\($0)") }.sorted { utf8Order($0.text, $1.text) }
    guard let first = texts.first else { return nil }
    let codes = chunks.map { values in
      PackedIntegers.int8((0..<values.count).map { values[$0] == first.value || texts.count == 1 ? 0 : 1 })
    }
    // Slots of missing values hold 0.
    let clean = zip(codes, missing).map { codes, mask -> PackedIntegers in
      guard let mask, case .int8(var values) = codes else { return codes }
      for row in 0..<values.count where mask[row] { values[row] = 0 }
      return .int8(values)
    }
    return Column(
      name: name, kind: .flag, storage: .codes(clean, levels: Levels(texts: texts.map(\.text))),
      missing: missing)
  }

  /// Codes whose texts are all whole numbers ("0" and "1") as integers; `nil` for anything else.
  func codesAsNumbers() -> Column? {
    guard case .codes(let chunks, let levels) = storage else { return nil }
    let numbers = levels.texts.map { Int64($0) }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }) else { return nil }
    let table = numbers.map { $0 ?? 0 }
    let values = chunks.enumerated().map { chunk, codes in
      PackedIntegers(
        packing: (0..<codes.count).map { missing[chunk]?[$0] == true ? 0 : table[Int(codes[$0])] })
    }
    return Column(name: name, kind: .integer, storage: .scaled(values, scale: 0), missing: missing)
  }

  /// A flag, where every value means yes or no; `nil` for anything else.
  func asFlag(role: Role) -> Column? {
    let coded = asWholeNumbers().smallNumbersAsCodes() ?? self
    guard case .codes(_, let levels) = coded.storage, levels.texts.count <= 64 else { return nil }
    let counts = ColumnCensus.counts(coded)
    var meanings: [Int: Bool] = [:]
    for code in levels.texts.indices where counts[code] > 0 {
      switch FlagMeaning.of(levels.texts[code], role: role) {
      case .yes: meanings[code] = true
      case .no: meanings[code] = false
      default:
        guard kind == .flag, let yes = levels.positive else { return nil }
        meanings[code] = code == yes
      }
    }
    return coded.mergedToFlag(yes: meanings, counts: counts).column
  }

  /// Codes that mean the same become one, named by its most frequent text.
  func mergedToFlag(yes meanings: [Int: Bool], counts: [Int]) -> (column: Column, yes: String?, no: String?) {
    guard case .codes(_, let levels) = storage else { return (self, nil, nil) }
    func name(_ meaning: Bool) -> String? {
      meanings.filter { $0.value == meaning }.keys
        .min { (-counts[$0], levels.texts[$0]) < (-counts[$1], levels.texts[$1]) }
        .map { levels.texts[$0] }
    }
    let (yes, no) = (name(true), name(false))
    let texts = [yes, no].compactMap { $0 }.sorted(by: utf8Order)
    let codes = levels.texts.indices.map { code in
      meanings[code].flatMap { $0 ? yes : no }.flatMap { texts.firstIndex(of: $0) } ?? -1
    }
    let flag = Levels(texts: texts, positive: yes.flatMap { texts.firstIndex(of: $0) })
    if levels == flag, kind == .flag { return (self, yes, no) }
    return (recoded(codes, levels: flag, kind: .flag), yes, no)
  }
}

extension PackedIntegers {
  /// Whether `test` holds for every present value; stops at the first that fails.
  @inline(__always)
  func allPresent(_ missing: BitMask?, _ test: (Int64) -> Bool) -> Bool {
    switch self {
    case .int8(let values): Self.all(values, missing, test)
    case .int16(let values): Self.all(values, missing, test)
    case .int32(let values): Self.all(values, missing, test)
    case .int64(let values): Self.all(values, missing, test)
    }
  }

  @inline(__always)
  private static func all<Value: BinaryInteger>(
    _ values: [Value], _ missing: BitMask?, _ test: (Int64) -> Bool
  ) -> Bool {
    for row in 0..<values.count {
      if let missing, missing[row] { continue }
      if !test(Int64(truncatingIfNeeded: values[row])) { return false }
    }
    return true
  }
}
