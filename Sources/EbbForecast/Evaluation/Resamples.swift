/// Bootstrap draws of clients with replacement: how often each client is in each draw. The same for everything that is
/// measured on these clients, so that it is made once.
struct Resamples: Sendable {
  let count: Int
  /// Clients of the table.
  let n: Int
  private let seed: UInt64

  /// A large table needs fewer resamples for the same cost, and has narrow intervals anyway.
  init(_ wanted: Int, n: Int, seed: UInt64) {
    count = wanted > 0 ? max(50, min(wanted, 20_000_000 / max(1, n))) : 0
    self.n = n
    self.seed = seed
  }

  /// Times each client was drawn, at most 255. Draws do not depend on each other.
  func weights(_ draw: Int) -> [UInt8] {
    var generator = SplitMix64(seed: SplitMix64.mix(seed &+ UInt64(draw)))
    var weights = [UInt8](repeating: 0, count: n)
    for _ in 0..<n {
      let index = Int(generator.next().multipliedFullWidth(by: UInt64(n)).high)
      if weights[index] < .max { weights[index] += 1 }
    }
    return weights
  }
}
