import EbbTable

/// Makes the churn column a flag whose *yes* means *left*, and says how that is known.
///
/// Values that speak for themselves decide whatever the heading says ("ушёл", "Existing Customer"). Yes and no are
/// read under the heading: "Churn", "отток" ask who left, "retained", "остался" ask who stayed. Everything else is
/// refused until the user names the value that means *left* (`ClientOptions.churnedText`).
enum ChurnReading {
  static func read(
    _ column: Column, rowCount: Int, headingMeansStayed: Bool, churnedText: String?
  ) throws(ClientError) -> (Column, ChurnCoding) {
    if column.kind == .empty || column.missingCount == rowCount {
      throw .emptyColumn(role: .churn, column: column.name)
    }
    if column.missingCount > 0 { throw .churnMissing(column: column.name, rows: column.missingCount) }
    let flag = column.asWholeNumbers().smallNumbersAsCodes() ?? column
    guard case .codes(_, let levels) = flag.storage else {
      throw .churnNotFlag(column: column.name, kind: column.kind, values: [])
    }
    let counts = ColumnCensus(flag, rowCount: rowCount).codeCounts
    let used = levels.texts.indices.filter { counts[$0] > 0 }
    let texts = used.map { levels.texts[$0] }
    if used.count == 1 { throw .churnOneValue(column: column.name, value: texts[0], rows: rowCount) }

    var meanings: [Int: Bool] = [:]
    var basis = ChurnCoding.Basis.words
    if let churnedText {
      let wanted = Heading(churnedText).joined
      for code in used {
        let text = levels.texts[code]
        meanings[code] = text == churnedText || (!wanted.isEmpty && Heading(text).joined == wanted)
      }
      basis = .byUser
      if !meanings.values.contains(true) {
        throw .churnMeaningUnknown(column: column.name, values: Array(texts.prefix(5)))
      }
    } else {
      let found = used.map { FlagMeaning.of(levels.texts[$0], role: .churn) }
      if found.contains(where: { $0 == .left || $0 == .stayed }) {
        // One word that says it is enough for two values: "left" and "ok".
        for (code, meaning) in zip(used, found) {
          switch meaning {
          case .left: meanings[code] = true
          case .stayed: meanings[code] = false
          default: break
          }
        }
        if used.count == 2, meanings.count == 1, let (known, left) = meanings.first {
          meanings[used[0] == known ? used[1] : used[0]] = !left
        }
      } else {
        basis = headingMeansStayed ? .yesMeansStayed : .yesMeansLeft
        for (code, meaning) in zip(used, found) {
          if meaning == .yes { meanings[code] = !headingMeansStayed }
          if meaning == .no { meanings[code] = headingMeansStayed }
        }
        if meanings.isEmpty, used.count == 2, let yes = levels.positive {
          // Two words only the reader was told about.
          for code in used { meanings[code] = (code == yes) != headingMeansStayed }
        }
      }
    }
    guard meanings.count == used.count else {
      if used.count == 2 { throw .churnMeaningUnknown(column: column.name, values: texts) }
      throw .churnNotFlag(column: column.name, kind: column.kind, values: Array(texts.prefix(5)))
    }
    let (result, left, stayed) = flag.mergedToFlag(yes: meanings, counts: counts)
    guard let left, let stayed else {
      throw used.count == 2
        ? .churnMeaningUnknown(column: column.name, values: texts)
        : .churnOneValue(column: column.name, value: left ?? stayed ?? "", rows: rowCount)
    }
    return (result, ChurnCoding(column: column.name, leftText: left, stayedText: stayed, basis: basis))
  }
}
