/// From random words to values, in whole numbers or with the four operations only: those give the same bits on every
/// machine, which logarithms and exponents do not.
enum Draw {
  /// A number below `count`, all equally likely (bias below `count` / 2⁶⁴).
  static func below(_ count: UInt64, _ word: UInt64) -> UInt64 {
    word.multipliedFullWidth(by: count).high
  }

  /// A number from 0 to 1, 1 excluded.
  static func unit(_ word: UInt64) -> Double { Double(word >> 11) * 0x1p-53 }

  static func happens(_ probability: Double, _ word: UInt64) -> Bool { unit(word) < probability }

  /// A bell-shaped whole number: the sum of six uniform ones (Irwin and Hall), excess kurtosis −0.2, none beyond
  /// 4.24 standard deviations.
  ///
  /// The three words hold six numbers of 32 bits; their sum has a standard deviation of 2³² · √(6/12).
  static func bell(mean: Int, standardDeviation: Double, _ words: (UInt64, UInt64, UInt64)) -> Int {
    let half = { (word: UInt64) in Int(word >> 32) + Int(word & 0xFFFF_FFFF) }
    let centred = half(words.0) + half(words.1) + half(words.2) - 6 << 31
    let scaled = Double(centred) * (standardDeviation * 0x1p-32) / 0.707_106_781_186_547_5
    return mean + Int(scaled.rounded())
  }

  /// Which share a word falls into; `upTo` holds the running totals of the shares, the last one left out.
  static func choice(_ upTo: [Double], _ word: UInt64) -> Int {
    let unit = unit(word)
    var index = 0
    while index < upTo.count, unit >= upTo[index] { index += 1 }
    return index
  }

  /// Running totals of `weights` as shares of their sum, the last one (1) left out.
  static func runningShares(_ weights: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    var sum = 0.0
    return weights.dropLast().map { weight in
      sum += weight
      return sum / total
    }
  }
}
