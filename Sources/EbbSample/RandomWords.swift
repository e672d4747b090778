/// Random words by place instead of by turn: the word of a row and a field is a pure function of the seed.
///
/// Any row can be made without the rows before it, on any core, and always comes out the same.
/// Each field has a SplitMix64 stream of its own (Steele, Lea, Flood: Fast splittable pseudorandom number generators,
/// OOPSLA 2014); row `i` takes its `i`-th word. In Java: `java.util.SplittableRandom`.
struct RandomWords: Sendable {
  let seed: UInt64

  /// What a row draws. The numbers are part of the format: renumbering changes every sample.
  enum Field: UInt64, CaseIterable, Sendable {
    case city = 1
    case gender
    case age
    case score
    case objects
    case products
    case hasBalance
    case balance
    case card
    case activity
    case salary
    case churn
    case surname
  }

  /// The words of one field, one for each row.
  func stream(_ field: Field) -> Stream {
    Stream(start: Self.start(seed: seed, number: field.rawValue))
  }

  /// SplitMix64 from a given state, read at any place.
  struct Stream: Sendable {
    let start: UInt64

    /// Word `place`, counted from 0.
    subscript(place: Int) -> UInt64 {
      RandomWords.mix(start &+ (UInt64(truncatingIfNeeded: place) &+ 1) &* RandomWords.golden)
    }
  }

  /// Where stream `number` of a seed begins: both are mixed, so that neighbouring seeds share nothing.
  static func start(seed: UInt64, number: UInt64) -> UInt64 {
    mix(mix(seed &+ golden) ^ mix(number &* golden))
  }

  static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The finishing steps of SplitMix64.
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
