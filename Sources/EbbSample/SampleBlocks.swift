/// A sample's bytes in order. A few blocks are in the making at a time, so memory does not grow with the sample.
public struct SampleBlocks {
  private let sample: Sample
  private let window: Int
  private var inTheMaking: [Task<[UInt8], Never>] = []
  private var nextRow = 0
  private var headingIsOut = false
  /// Clients handed out so far.
  public private(set) var clientsOut = 0

  /// Rows in a block: about a megabyte.
  static let rowsPerBlock = 1 << 14

  init(_ sample: Sample, cores: Int) {
    self.sample = sample
    // One more than there are cores keeps them busy while a block is being written.
    window = cores < 2 ? 1 : cores + 1
  }

  /// The next piece; `nil` after the last.
  public mutating func next() async -> [UInt8]? {
    guard headingIsOut else {
      headingIsOut = true
      return sample.heading
    }
    while inTheMaking.count < window, nextRow < sample.clients {
      let rows = nextRow..<min(sample.clients, nextRow + Self.rowsPerBlock)
      nextRow = rows.upperBound
      inTheMaking.append(Task.detached { [sample] in sample.block(rows) })
    }
    guard !inTheMaking.isEmpty else { return nil }
    let block = await inTheMaking.removeFirst().value
    clientsOut = min(sample.clients, clientsOut + Self.rowsPerBlock)
    return block
  }
}
