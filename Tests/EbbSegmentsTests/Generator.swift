/// Numbers at random that are the same on every machine and at every run.
struct Generator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var x = state
    x ^= x >> 33
    return x &* 0xFF51_AFD7_ED55_8CCD
  }
}
