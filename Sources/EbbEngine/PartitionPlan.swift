/// A measure's range cut into partitions of about equal size, and these put together into segments.
struct PartitionPlan: Sendable {
  /// Rows of a partition: its keys stay in the nearest cache while they are sorted.
  static let rows = 8192
  /// Rows of a segment, at least.
  private static let segmentRows = 1 << 18
  private static let maximumSegments = 16

  let shift: UInt64
  /// Bits of a key that hold the cell; the rest is x from the partition's first.
  let cellBits: Int
  let partitionOfBin: [UInt32]
  /// First x of each partition.
  let base: [UInt64]
  /// Bits of x within each partition.
  let bits: [Int]
  /// Rows of each partition, by part of the rows.
  let counts: [[Int]]
  /// Partitions of each segment.
  let segments: [Range<Int>]

  /// - Parameter keyBits: 32 or 64; a partition is narrow enough for x and cell to fit.
  init(bins: ValueBins, cells: Int, keyBits: Int) {
    shift = bins.shift
    cellBits = Int.bitWidth - (max(cells, 1) - 1).leadingZeroBitCount
    let total = bins.total.reduce(0, +)
    let segmentCount = max(1, min(Self.maximumSegments, total / Self.segmentRows))
    var partitionOfBin: [UInt32] = []
    partitionOfBin.reserveCapacity(bins.total.count)
    var firstBins: [Int] = []
    var segmentStarts: [Int] = []
    var rows = 0
    var below = 0
    for (bin, count) in bins.total.enumerated() {
      let startsSegment =
        segmentStarts.isEmpty
        || (segmentStarts.count < segmentCount && below * segmentCount >= segmentStarts.count * total)
      let width = firstBins.last.map { bin - $0 + 1 } ?? 1
      let fits = Self.bits(width, shift) + cellBits <= keyBits
      if firstBins.isEmpty || startsSegment || !fits || rows + count > Self.rows {
        if startsSegment { segmentStarts.append(firstBins.count) }
        firstBins.append(bin)
        rows = 0
      }
      rows += count
      below += count
      partitionOfBin.append(UInt32(firstBins.count - 1))
    }
    self.partitionOfBin = partitionOfBin
    base = firstBins.map { UInt64($0) << bins.shift }
    let ends = Array(firstBins.dropFirst()) + [bins.total.count]
    bits = zip(firstBins, ends).map { Self.bits($1 - $0, bins.shift) }
    counts = bins.counts.map { part in
      zip(firstBins, ends).map { first, end in part[first..<end].reduce(0) { $0 + Int($1) } }
    }
    let segmentEnds = Array(segmentStarts.dropFirst()) + [firstBins.count]
    segments = zip(segmentStarts, segmentEnds).map { $0..<$1 }
  }

  private static func bits(_ bins: Int, _ shift: UInt64) -> Int {
    Int.bitWidth - (bins - 1).leadingZeroBitCount + Int(shift)
  }

  var partitionCount: Int { base.count }
}
