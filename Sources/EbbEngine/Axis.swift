import EbbTable

/// One axis of cells, ready to be read: how an x becomes a small code, and what the codes mean.
package struct Axis: Sendable {
  /// What makes two axes the same.
  package enum Key: Hashable, Sendable {
    case grouping(Grouping)
    case edges(column: String, [Double])
    /// Each x its own code: the axis of a measure in a table of values by cells.
    case value(column: String, asNumber: Bool)
  }

  package enum Coding: Sendable {
    /// The code is x.
    case identity
    /// The code is looked up by x.
    case table([UInt32])
    case thresholds(Thresholds)
    /// 0 missing, 1 present.
    case presence
  }

  package let key: Key
  package let source: Int
  package let coding: Coding
  /// Codes 0..<size; with a missing level, the last.
  package let size: Int
  package let levels: [Level]
  /// The last code is the missing level of a column with missing values (not of `presence`).
  package let hasMissingLevel: Bool
}

/// Codes by cut points in x: the number of cuts at or below x, found through a table of the leading bits.
package struct Thresholds: Sendable {
  package let cuts: [UInt64]
  let shift: UInt64
  /// Cuts at or below the first x of each bin.
  let codeOfBin: [UInt32]
  private static let bins = 4096

  init(cuts: [UInt64], upTo highest: UInt64) {
    self.cuts = cuts
    let bits = 64 - highest.leadingZeroBitCount
    let shift = UInt64(max(0, bits - Self.bins.trailingZeroBitCount))
    self.shift = shift
    codeOfBin = (0...Int(highest >> shift)).map { bin in
      UInt32(cuts.count { $0 <= UInt64(bin) << shift })
    }
  }

  @inline(__always)
  func code(_ x: UInt64) -> UInt32 {
    var code = Int(codeOfBin[Int(x >> shift)])
    while code < cuts.count, x >= cuts[code] { code += 1 }
    return UInt32(truncatingIfNeeded: code)
  }
}
