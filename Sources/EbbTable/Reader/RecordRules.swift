/// What becomes of a record before its values are read: taken, left out, or rejected.
struct RecordRules: Sendable {
  enum Fate: Equatable {
    /// Places in `SplitRecords.fields`, one for each column; a last column without a heading may lack its field.
    case fields(Range<Int>)
    case blank
    case totals(Range<Int>)
    case rejected(RejectedRow.Reason)
  }
  let columnCount: Int
  let mayLackLast: Bool

  init(_ reading: Reading) {
    columnCount = reading.columns.count
    mayLackLast = columnCount > 1 && reading.headings.last?.isEmpty == true
  }

  func fate(_ record: SplitRecords.Record, _ batch: SplitRecords) -> Fate {
    if let problem = record.problem { return .rejected(problem) }
    let text = batch.bytes.span.extracting(record.start..<record.end)
    guard UTF8Check.isValid(text) else { return .rejected(.invalidEncoding) }
    guard let fields = fitted(record, batch) else {
      let isBlank = record.fields.count == 1 && FieldText.trimmed(text).isEmpty
      return isBlank ? .blank : .rejected(.fieldCount(expected: columnCount, found: record.fields.count))
    }
    return isTotals(fields, batch) ? .totals(fields) : .fields(fields)
  }

  /// The record's fields, one for each column: a delimiter at the line's end is none, and a last column without a
  /// heading may be absent.
  private func fitted(_ record: SplitRecords.Record, _ batch: SplitRecords) -> Range<Int>? {
    let fields = record.fields
    if fields.count == columnCount { return fields }
    if fields.count == columnCount + 1 {
      let last = batch.fields[fields.upperBound - 1]
      return last.start == last.end && !last.isQuoted ? fields.dropLast() : nil
    }
    return fields.count == columnCount - 1 && mayLackLast ? fields : nil
  }

  private func isTotals(_ fields: Range<Int>, _ batch: SplitRecords) -> Bool {
    for index in fields {
      let span = batch.bytes.span.extracting(batch.fields[index].start..<batch.fields[index].end)
      if !FieldText.trimmed(span).isEmpty { return TotalsRow.isTotals(firstCell: span) }
    }
    return false
  }

  /// The record's beginning, at most 200 characters.
  static func excerpt(_ bytes: ArraySlice<UInt8>) -> String {
    String(String(decoding: bytes.prefix(1024), as: UTF8.self).prefix(200))
  }
}
