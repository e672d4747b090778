/// The fields of one column in rows that lie one after the other in the text.
struct TileFields {
  /// Index of the border before the first row's field.
  let first: Int
  let stride: Int
  let isLast: Bool
  /// What fields may be wrapped in; `nil` where none is.
  let quote: UInt8?

  /// Where the field of a row begins and ends.
  @inline(__always)
  func bounds(_ text: Span<UInt8>, _ borders: Span<Int32>, _ row: Int) -> (start: Int, end: Int) {
    let place = first &+ row &* stride
    let start = Int(borders[place]) &+ 1
    let border = Int(borders[place &+ 1])
    // A carriage return before the line feed belongs to the line's end.
    let end = isLast && border > start && text[border - 1] == 0x0D ? border - 1 : border
    if let quote, end - start > 1, text[start] == quote { return (start + 1, end - 1) }
    return (start, end)
  }
}
