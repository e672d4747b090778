/// Finds the two words of a column that has to be a flag though not all of its values are: the two most frequent ones,
/// if they make a flag and nine values of ten are among them. The other rows will be rejected one by one.
struct ForcedFlag {
  let no: String
  let yes: String

  static let share = 0.9

  init?(column: Int, records: SplitRecords, missingTokens: MissingTokens) {
    var counts: [[UInt8]: Int] = [:]
    var total = 0
    for record in records.records where record.problem == nil && column < record.fields.count {
      let text = records.text(of: records.fields[record.fields.lowerBound + column])
      if missingTokens.contains(text.span) { continue }
      total += 1
      counts[FieldText.folded(text.span.extracting(FieldText.trimmed(text.span))), default: 0] += 1
      if counts.count > 1_000 { return nil }
    }
    let frequent = counts.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
    }.prefix(2)
    guard frequent.count == 2, let words = FlagWords.recognise(Set(frequent.map(\.key))),
      Double(frequent.reduce(0) { $0 + $1.value }) >= Self.share * Double(total)
    else { return nil }
    no = words.no
    yes = words.yes
  }
}
