import EbbClients

/// Reads one line of an audience or of `when`.
struct ConditionReader {
  private let written: String
  private let line: Int
  private let name: String
  private let subject: String
  private let isQuoted: Bool
  private let comparison: AudienceCondition.Operator
  /// What stands after the operator.
  private let rest: String

  private typealias Operator = AudienceCondition.Operator

  /// Roles a client can be told by.
  static let roles: [Role] = [
    .products, .city, .gender, .age, .objects, .balance, .income, .score, .card, .activity,
  ]

  init(_ text: String, line: Int, name: String) throws(CatalogueError) {
    written = text
    self.line = line
    self.name = name
    func fail(_ problem: CatalogueError.Problem) -> CatalogueError {
      CatalogueError(name: name, line: line, problem: problem)
    }
    let known = Operator.allCases.map(\.rawValue)
    var tail: Substring
    if text.hasPrefix("\"") {
      let inside = text.dropFirst()
      guard let end = inside.firstIndex(of: "\""), end > inside.startIndex else {
        throw fail(.noOperator(text, known: known))
      }
      subject = String(inside[..<end])
      isQuoted = true
      tail = inside[inside.index(after: end)...]
    } else {
      isQuoted = false
      let signs: Set<Character> = ["<", ">", "=", "!", "≤", "≥", "≠"]
      if let sign = text.firstIndex(where: signs.contains) {
        subject = CatalogueMapping.trimmed(String(text[..<sign]))
        tail = text[sign...]
      } else {
        // The operator is a word: what stands before it names the subject.
        let words = text.split(separator: " ")
        let place =
          words.indices.dropFirst().first { ["in", "missing", "present"].contains(String(words[$0])) }
          ?? (words.count > 1 ? 1 : nil)
        guard let place else { throw fail(.noOperator(text, known: known)) }
        subject = words[..<place].joined(separator: " ")
        tail = text[words[place].startIndex...]
      }
    }
    guard !subject.isEmpty else { throw fail(.noOperator(text, known: known)) }
    while tail.first?.isWhitespace == true { tail.removeFirst() }
    let sign: Substring
    if let first = tail.first, first.isLetter {
      sign = tail.prefix { $0.isLetter }
    } else {
      sign = tail.prefix { "<>=!≤≥≠~".contains($0) }
    }
    guard !sign.isEmpty else { throw fail(.noOperator(text, known: known)) }
    let plain = ["≤": "<=", "≥": ">=", "≠": "!="][String(sign)] ?? String(sign)
    guard let found = Operator(rawValue: plain) else {
      let meant = ["=>": ">=", "=<": "<=", "==": "=", "<>": "!=", "is": "="][plain]
      throw fail(
        .unknownOperator(
          String(sign), nearest: meant ?? CatalogueMapping.nearest(plain, known), known: known))
    }
    comparison = found
    rest = CatalogueMapping.trimmed(String(tail.dropFirst(sign.count)))
  }

  private func fail(_ problem: CatalogueError.Problem) -> CatalogueError {
    CatalogueError(name: name, line: line, problem: problem)
  }

  private func unfit(_ wanted: CatalogueError.Wanted) -> CatalogueError {
    fail(.unfitValue(condition: written, wanted: wanted))
  }

  func figure() throws(CatalogueError) -> FigureCondition {
    guard let figure = CatalogueFigure(written: subject) else {
      let known = CatalogueFigure.allCases.map(\.words)
      throw fail(
        .unknownFigure(subject, nearest: CatalogueMapping.nearest(subject, known), known: known))
    }
    switch comparison {
    case .isIn, .missing, .present: throw unfit(.ordering)
    default: break
    }
    let isPercent = rest.hasSuffix("%")
    let digits = isPercent ? CatalogueMapping.trimmed(String(rest.dropLast())) : rest
    guard let value = CatalogueMapping.number(digits) else { throw unfit(.number) }
    return FigureCondition(
      figure: figure, comparison: comparison, value: isPercent ? value / 100 : value, written: written,
      line: line)
  }

  func audience() throws(CatalogueError) -> AudienceCondition {
    let subject = try audienceSubject()
    let pieces = try values()
    if comparison == .missing || comparison == .present {
      guard pieces.isEmpty else { throw unfit(.noValue) }
      if subject == .risk { throw unfit(.atLeastForRisk) }
    } else if comparison == .isIn {
      guard !pieces.isEmpty else { throw unfit(.someValues) }
    } else {
      guard pieces.count == 1 else { throw unfit(.oneValue) }
    }
    var values: [AudienceCondition.Value] = []
    for piece in pieces { values.append(try value(piece, of: subject)) }
    return AudienceCondition(
      subject: subject, comparison: comparison, values: values, written: written, line: line)
  }

  private func audienceSubject() throws(CatalogueError) -> AudienceCondition.Subject {
    if isQuoted { return .column(subject) }
    if subject == "risk" { return .risk }
    if let role = Role(rawValue: subject), Self.roles.contains(role) { return .role(role) }
    let known = Self.roles.map(\.rawValue) + ["risk"]
    throw fail(.unknownRole(subject, nearest: CatalogueMapping.nearest(subject, known), known: known))
  }

  private struct Piece {
    let text: String
    let isQuoted: Bool
  }

  /// What stands between commas; commas in double quotes do not count.
  private func values() throws(CatalogueError) -> [Piece] {
    if rest.isEmpty { return [] }
    var pieces: [Piece] = []
    var current = ""
    var inQuotes = false
    var wasQuoted = false
    func close() throws(CatalogueError) {
      let text = wasQuoted ? current : CatalogueMapping.trimmed(current)
      guard !text.isEmpty else { throw unfit(.someValues) }
      pieces.append(Piece(text: text, isQuoted: wasQuoted))
      (current, wasQuoted) = ("", false)
    }
    for letter in rest {
      if letter == "\"" {
        if !inQuotes {
          guard CatalogueMapping.trimmed(current).isEmpty, !wasQuoted else { throw unfit(.someValues) }
          current = ""
        }
        inQuotes.toggle()
        wasQuoted = true
      } else if letter == ",", !inQuotes {
        try close()
      } else if inQuotes || !wasQuoted || !letter.isWhitespace {
        // After a closing quote only blanks may stand.
        guard inQuotes || !wasQuoted else { throw unfit(.someValues) }
        current.append(letter)
      }
    }
    guard !inQuotes else { throw unfit(.someValues) }
    try close()
    return pieces
  }

  private func value(
    _ piece: Piece, of subject: AudienceCondition.Subject
  ) throws(CatalogueError) -> AudienceCondition.Value {
    let text = piece.text
    if comparison.isOrdering {
      if subject == .risk, comparison != .greaterOrEqual { throw unfit(.atLeastForRisk) }
      if piece.isQuoted { throw unfit(.numberOrQuantile) }
      if text.hasPrefix("quantile") {
        guard let q = CatalogueMapping.number(CatalogueMapping.trimmed(String(text.dropFirst(8)))),
          q > 0, q < 1
        else { throw unfit(.quantileShare) }
        return .quantile(q)
      }
      guard let number = CatalogueMapping.number(text) else { throw unfit(.numberOrQuantile) }
      return .number(number)
    }
    if subject == .risk { throw unfit(.atLeastForRisk) }
    if piece.isQuoted { return .text(text) }
    switch (text, subject) {
    case ("woman", .role(.gender)): return .woman
    case ("man", .role(.gender)): return .man
    case (_, .role(.gender)): throw unfit(.womanOrMan)
    case ("worst", .role(.city)):
      guard comparison == .equal else { throw unfit(.cityForWorst) }
      return .worst
    case ("worst", _): throw unfit(.cityForWorst)
    case ("yes", _): return .yes
    case ("no", _): return .no
    case (_, .role(.card)), (_, .role(.activity)):
      if let number = CatalogueMapping.number(text) { return .number(number) }
      throw unfit(.yesOrNo)
    case (_, .role(.age)), (_, .role(.balance)), (_, .role(.income)), (_, .role(.score)),
      (_, .role(.objects)):
      guard let number = CatalogueMapping.number(text) else { throw unfit(.number) }
      return .number(number)
    default: return CatalogueMapping.number(text).map { .number($0) } ?? .text(text)
    }
  }
}
