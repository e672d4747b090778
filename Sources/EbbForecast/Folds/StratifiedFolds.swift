/// Clients dealt into folds so that every fold has the same share of leavers.
///
/// Within each class the clients are shuffled by a seeded generator and dealt round-robin; `stayed` begins where `churned`
/// ended, so fold sizes differ by at most one. The same seed gives the same folds everywhere.
/// Python: `sklearn.model_selection.StratifiedKFold(k, shuffle=True, random_state=seed)` (another generator).
public struct StratifiedFolds: Sendable, Equatable {
  public let count: Int
  /// Fold of each client.
  public let assignment: [Int]

  /// - Parameter count: at least two.
  public init(churned: [Bool], count wanted: Int, seed: UInt64) {
    let count = max(2, wanted)
    var generator = SplitMix64(seed: seed)
    var assignment = [Int](repeating: 0, count: churned.count)
    var next = 0
    for label in [true, false] {
      var members = churned.indices.filter { churned[$0] == label }
      members.shuffle(using: &generator)
      for member in members {
        assignment[member] = next
        next = (next + 1) % count
      }
    }
    self.count = count
    self.assignment = assignment
  }

  public func test(_ fold: Int) -> [Int] { assignment.indices.filter { assignment[$0] == fold } }
  public func training(_ fold: Int) -> [Int] { assignment.indices.filter { assignment[$0] != fold } }
}

/// A small seeded generator. Source: G. L. Steele et al., OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64
  public init(seed: UInt64) { self.state = seed }
  public mutating func next() -> UInt64 {
    defer { state &+= Self.step }
    return Self.mix(state)
  }

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// What the generator gives in this state: a hash of it.
  package static func mix(_ state: UInt64) -> UInt64 {
    var z = state &+ step
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// `hash` and one more value of a client: all missing are alike, and so are both zeros.
  package static func mix(_ hash: UInt64, _ value: Double) -> UInt64 {
    mix(hash ^ (value.isNaN ? .max : value == 0 ? 0 : value.bitPattern))
  }
}
