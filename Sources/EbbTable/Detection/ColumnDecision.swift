/// From evidence to a grammar: the kind of one column and everything told about it.
struct ColumnDecision {
  private(set) var grammar: ColumnGrammar
  private(set) var guesses: [Guess] = []

  init(name: String, evidence: ColumnEvidence, forced: Column.Kind?, required: Bool) {
    grammar = ColumnGrammar(name: name, kind: .empty, required: required)
    let flag = Self.flag(evidence)
    let numeric = evidence.numericKind
    let kind = forced ?? Self.kind(evidence, flag: flag)
    switch kind {
    case .integer, .decimal, .real:
      // A user who says "number" gets the exact kind the digits allow; who says "real" gets doubles.
      grammar.kind = forced == .real ? .real : numeric.kind
      grammar.scale = grammar.kind == .decimal ? numeric.scale : 0
      grammar.plain = evidence.plain == evidence.numbers
      addUnit(evidence)
    case .flag:
      if let flag {
        grammar.kind = .flag
        grammar.flagNo = flag.no
        grammar.flagYes = flag.yes
        guesses.append(
          Guess(
            subject: .flag, column: name, value: "\(flag.no)/\(flag.yes)",
            evidence: ["rowsSeen": Double(evidence.values)]))
      } else if evidence.values == 0 {
        grammar.kind = .empty
      } else {
        // Two unknown words: nothing says which is yes.
        grammar.kind = evidence.isNumeric ? numeric.kind : .category
        grammar.scale = grammar.kind == .decimal ? numeric.scale : 0
      }
    case .category, .text, .empty:
      grammar.kind = kind
    }
    let numbers = Double(evidence.numbers)
    guesses.insert(
      Guess(
        subject: .kind, column: name, value: grammar.kind.rawValue,
        evidence: [
          "rowsSeen": Double(evidence.cells), "missing": Double(evidence.missing), "numbers": numbers,
          "decimals": Double(evidence.decimals), "exponents": Double(evidence.exponents),
          "leadingZeros": Double(evidence.leadingZeros), "longDigits": Double(evidence.longDigits),
          "distinct": Double(evidence.distinct.count),
        ], overridden: forced != nil), at: 0)
    if evidence.padded > 0 {
      guesses.append(
        Guess(
          subject: .padding, column: name, value: "trimmed",
          evidence: ["padded": Double(evidence.padded), "rowsSeen": Double(evidence.cells)]))
    }
  }

  private static func kind(_ evidence: ColumnEvidence, flag: (no: String, yes: String)?) -> Column.Kind {
    if evidence.values == 0 { return .empty }
    // A column of nothing but 0 is a number; 0 and 1 together are a flag.
    if let flag, flag.yes != "1" || evidence.sawZero && evidence.sawOne { return .flag }
    if evidence.isNumeric, !evidence.isIdentifier { return evidence.numericKind.kind }
    return evidence.isFreeText ? .text : .category
  }

  /// The two words of a flag, where the values are such words.
  private static func flag(_ evidence: ColumnEvidence) -> (no: String, yes: String)? {
    if evidence.numbers > 0 {
      return evidence.zerosAndOnes == evidence.values ? ("0", "1") : nil
    }
    guard evidence.distinct.count <= 12 else { return nil }
    var folded: Set<[UInt8]> = []
    for text in evidence.distinct { folded.insert(FieldText.folded(text.span)) }
    return FlagWords.recognise(folded)
  }

  private mutating func addUnit(_ evidence: ColumnEvidence) {
    // The most frequent; of equally frequent ones always the same.
    guard
      let (unit, count) = evidence.units.max(by: { ($0.value, $1.key.text) < ($1.value, $0.key.text) })
    else { return }
    grammar.unit = unit.text
    grammar.multiplier = unit.multiplier
    guesses.append(
      Guess(
        subject: .unit, column: grammar.name, value: unit.text,
        evidence: [
          "withUnit": Double(count), "multiplier": Double(unit.multiplier),
          "rowsSeen": Double(evidence.values),
          "differentUnits": Double(evidence.units.count),
        ]))
  }
}
