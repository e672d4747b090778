import EbbTable

/// Whole numbers that name rows or clients instead of measuring anything.
enum RowNumbers {
  /// Does the content agree with a name such as `RowNumber` or `№`?
  static func confirms(_ column: Column, _ assignment: RoleAssignment, rowCount: Int) -> Bool {
    let whole = column.asWholeNumbers()
    guard case .scaled(let chunks, 0) = whole.storage, whole.missingCount == 0 else { return false }
    if case .alias(let name, rank: 0) = assignment.match, !name.isEmpty { return true }
    let (low, high) = ColumnCensus.range(chunks, whole.missing)
    guard let low, let high else { return false }
    return allDifferent(chunks, low: low, high: high, rowCount: rowCount)
  }

  /// Why a plain column is taken for an identifier; `nil` for a measure.
  ///
  /// Whole numbers, none missing, all different, and either consecutive (ten or more), or so dense that as many
  /// numbers drawn at random from their range would be expected to repeat at least twenty times. Also numbers that
  /// all have the same nine or more digits: telephones, passports, accounts.
  static func identifier(_ column: Column, _ census: ColumnCensus, rowCount: Int) -> ClientSchema.Reason? {
    guard case .scaled(let chunks, 0) = column.storage, let low = census.low, let high = census.high else {
      return nil
    }
    let many = census.distinct.map { $0 > ClientSchema.fewLevels } ?? true
    if low >= 100_000_000, many, "\(low)".count == "\(high)".count { return .identifierLike }
    guard column.missingCount == 0, rowCount >= 10 else { return nil }
    let (span, overflow) = high.subtractingReportingOverflow(low)
    guard !overflow else { return nil }
    let rows = Double(rowCount)
    let consecutive = Int(span) == rowCount - 1
    guard consecutive || rows * (rows - 1) / (2 * (Double(span) + 1)) >= 20 else { return nil }
    guard allDifferent(chunks, low: low, high: high, rowCount: rowCount) else { return nil }
    return consecutive && (low == 0 || low == 1) ? .rowNumber : .identifierLike
  }

  /// Stops at the first repetition. Ranges of more than 64 numbers a row are not looked at.
  private static func allDifferent(_ chunks: [PackedIntegers], low: Int64, high: Int64, rowCount: Int) -> Bool
  {
    let (span, overflow) = high.subtractingReportingOverflow(low)
    guard !overflow, span >= rowCount - 1 else { return false }
    guard span < 64 * max(rowCount, 1024) else { return allDifferentBySorting(chunks) }
    var seen = [UInt64](repeating: 0, count: Int(span) / 64 + 1)
    for values in chunks {
      let fresh = values.allPresent(nil) { value in
        let bit = UInt64(bitPattern: value &- low)
        let word = Int(bit >> 6)
        let flag: UInt64 = 1 << (bit & 63)
        if seen[word] & flag != 0 { return false }
        seen[word] |= flag
        return true
      }
      if !fresh { return false }
    }
    return true
  }

  private static func allDifferentBySorting(_ chunks: [PackedIntegers]) -> Bool {
    var values: [Int64] = []
    for chunk in chunks { for row in 0..<chunk.count { values.append(chunk[row]) } }
    values.sort()
    return zip(values, values.dropFirst()).allSatisfy { $0 != $1 }
  }
}
