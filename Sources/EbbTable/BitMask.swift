/// A bit for each row of a chunk.
public struct BitMask: Sendable, Equatable {
  /// Bit `row & 63` of word `row >> 6`; bits past the last row are zero.
  public let words: [UInt64]
  public let rowCount: Int
  /// How many bits are set.
  public let count: Int

  public init(words: [UInt64], rowCount: Int) {
    self.words = words
    self.rowCount = rowCount
    self.count = words.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  public subscript(row: Int) -> Bool {
    words[row >> 6] >> UInt64(row & 63) & 1 == 1
  }
}
