/// One column's values in one block.
struct ColumnPart: Sendable {
  let mode: BlockColumn.Mode
  let scale: Int
  let integers: PackedIntegers?
  let reals: [Double]
  /// The texts of the codes.
  let texts: [[UInt8]]
  let mask: BitMask?
  let rows: Int
  /// The largest of the whole numbers in rows that were rejected, at this part's scale.
  var removed: Int64 = 0
  var verbatim = VerbatimTexts()
}
