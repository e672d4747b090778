/// Fields of one column of a block, byte for byte: for what is passed on and not looked into.
public struct VerbatimTexts: Sendable, Equatable {
  private var bytes: [UInt8] = []
  private var ends: [Int32] = []

  public var count: Int { ends.count }

  public subscript(row: Int) -> ArraySlice<UInt8> {
    bytes[(row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row])]
  }

  mutating func append(_ text: Span<UInt8>, _ start: Int, _ end: Int) {
    for index in start..<end { bytes.append(text[index]) }
    ends.append(Int32(truncatingIfNeeded: bytes.count))
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
