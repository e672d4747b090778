public import EbbClients
import EbbTable

extension RiskRule {
  /// Who falls under the rule: one entry a row, in the table's order.
  ///
  /// Texts and flags are compared as the table has them, numbers by value; a missing value satisfies `missing` alone,
  /// and nobody satisfies a condition on a column that the table lacks. A pass of the rule's columns, chunk by chunk.
  public func holds(in clients: ClientTable) -> [Bool] {
    let table = clients.table
    var mask = [Bool](repeating: true, count: table.rowCount)
    for condition in conditions {
      guard let column = table.column(named: condition.column) else {
        return [Bool](repeating: false, count: table.rowCount)
      }
      let reading = ConditionReading(condition, column)
      var start = 0
      for (chunk, count) in table.chunkRowCounts.enumerated() {
        reading.narrow(&mask, from: start, count: count, chunk: chunk)
        start += count
      }
    }
    return mask
  }
}

/// A condition in the terms a column is stored in.
private struct ConditionReading {
  private enum Asked {
    case nobody
    /// Present, whatever the value.
    case present
    case missing
    /// Codes that satisfy.
    case codes([Bool])
    /// Stored whole numbers that satisfy, in closed ranges.
    case ranges([ClosedRange<Int64>])
    /// Doubles that satisfy.
    case reals((Double) -> Bool)
  }
  private let column: Column
  private let asked: Asked

  init(_ condition: RiskCondition, _ column: Column) {
    self.column = column
    switch condition.kind {
    case .missing: asked = .missing
    case .present: asked = .present
    case .values:
      switch column.storage {
      case .codes(_, let levels):
        let wanted = Set(condition.values)
        // One more for the slots of missing values in a column without any text.
        asked = .codes(levels.texts.map(wanted.contains) + [false])
      case .scaled(_, let scale):
        asked = .ranges(
          condition.values.compactMap(Double.init).compactMap {
            Self.stored(from: $0, open: false, to: $0, closed: true, scale: scale)
          })
      case .real:
        let wanted = condition.values.compactMap(Double.init)
        asked = .reals { wanted.contains($0) }
      case .none: asked = .nobody
      }
    case .band:
      switch column.storage {
      case .scaled(_, let scale):
        asked = .ranges(
          Self.stored(
            from: condition.low, open: condition.isLowOpen, to: condition.high,
            closed: condition.isHighClosed, scale: scale
          ).map { [$0] } ?? [])
      case .real:
        let (low, high) = (condition.low ?? -.infinity, condition.high ?? .infinity)
        let (open, closed) = (condition.isLowOpen, condition.isHighClosed || condition.high == nil)
        asked = .reals { (open ? $0 > low : $0 >= low) && (closed ? $0 <= high : $0 < high) }
      case .codes, .none: asked = .nobody
      }
    }
  }

  /// The stored numbers whose values lie between two borders.
  private static func stored(
    from low: Double?, open: Bool, to high: Double?, closed: Bool, scale: Int
  ) -> ClosedRange<Int64>? {
    let unit = (0..<scale).reduce(1.0) { power, _ in power * 10 }
    /// The first stored number whose value reaches (or passes) a border; `nil` where there is none.
    func first(_ border: Double, passing: Bool) -> Int64? {
      func reaches(_ stored: Int64) -> Bool {
        passing ? Double(stored) / unit > border : Double(stored) / unit >= border
      }
      guard reaches(.max) else { return nil }
      var (below, at) = (Int64.min, Int64.max)
      if reaches(below) { return below }
      while at &- below != 1 {
        let middle = Int64((Int128(below) + Int128(at)) >> 1)
        if reaches(middle) { at = middle } else { below = middle }
      }
      return at
    }
    var (from, to) = (Int64.min, Int64.max)
    if let low {
      guard let found = first(low, passing: open) else { return nil }
      from = found
    }
    if let high, let found = first(high, passing: closed) {
      guard found > .min else { return nil }
      to = found - 1
    }
    return from <= to ? from...to : nil
  }

  /// Takes out of `mask` the rows of a chunk that do not satisfy.
  func narrow(_ mask: inout [Bool], from start: Int, count: Int, chunk: Int) {
    var rows = mask.mutableSpan
    if case .none = column.storage {
      if case .missing = asked { return }
      for row in start..<start + count { rows[row] = false }
      return
    }
    switch asked {
    case .missing:
      let missing = column.missing[chunk]
      for row in 0..<count where !(missing?[row] ?? false) { rows[start + row] = false }
      return
    case .nobody: for row in start..<start + count { rows[row] = false }
    case .present: break
    case .codes(let wanted):
      guard case .codes(let chunks, _) = column.storage else { break }
      let wanted = wanted.span
      switch chunks[chunk] {
      case .int8(let values): Self.keep(&rows, start, values.span) { wanted[Int($0)] }
      case .int16(let values): Self.keep(&rows, start, values.span) { wanted[Int($0)] }
      case .int32(let values): Self.keep(&rows, start, values.span) { wanted[Int($0)] }
      case .int64(let values): Self.keep(&rows, start, values.span) { wanted[Int($0)] }
      }
    case .ranges(let ranges):
      guard case .scaled(let chunks, _) = column.storage else { break }
      switch chunks[chunk] {
      case .int8(let values): Self.keep(&rows, start, values.span, ranges)
      case .int16(let values): Self.keep(&rows, start, values.span, ranges)
      case .int32(let values): Self.keep(&rows, start, values.span, ranges)
      case .int64(let values): Self.keep(&rows, start, values.span, ranges)
      }
    case .reals(let satisfies):
      guard case .real(let chunks) = column.storage else { break }
      let values = chunks[chunk]
      Self.keep(&rows, start, values.span, satisfies)
    }
    if let missing = column.missing[chunk] {
      for (index, word) in missing.words.enumerated() where word != 0 {
        for bit in 0..<64 where word >> UInt64(bit) & 1 == 1 { rows[start + index << 6 + bit] = false }
      }
    }
  }

  @inline(__always)
  private static func keep<Stored>(
    _ rows: inout MutableSpan<Bool>, _ start: Int, _ values: Span<Stored>, _ satisfies: (Stored) -> Bool
  ) {
    for row in 0..<values.count where !satisfies(values[row]) { rows[start + row] = false }
  }

  @inline(__always)
  private static func keep<Stored: FixedWidthInteger & SignedInteger>(
    _ rows: inout MutableSpan<Bool>, _ start: Int, _ values: Span<Stored>, _ ranges: [ClosedRange<Int64>]
  ) {
    if ranges.count == 1 {
      let (low, high) = (ranges[0].lowerBound, ranges[0].upperBound)
      keep(&rows, start, values) { Int64($0) >= low && Int64($0) <= high }
    } else {
      keep(&rows, start, values) { value in ranges.contains { $0.contains(Int64(value)) } }
    }
  }
}
