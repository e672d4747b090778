/// Which cells are shown one by one: those of at least `threshold` clients. The others are put together; if they are
/// still fewer than that, the smallest shown cells join them, so that no difference gives them away.
public struct PrivacyPooling: Sendable {
  /// Places in `n`.
  public let shown: [Int]
  public let pooled: [Int]

  public init(_ n: [Int], threshold: Int) {
    var shown = n.indices.filter { n[$0] >= threshold }
    var pooled = n.indices.filter { n[$0] > 0 && n[$0] < threshold }
    var size = pooled.reduce(0) { $0 + n[$1] }
    while size > 0, size < threshold, let smallest = shown.min(by: { (n[$0], $0) < (n[$1], $1) }) {
      shown.removeAll { $0 == smallest }
      pooled.append(smallest)
      size += n[smallest]
    }
    self.shown = shown
    self.pooled = pooled.sorted()
  }

  /// At most `limit` are shown, the largest; they keep their order.
  init(_ n: [Int], threshold: Int, limit: Int) {
    let pooling = PrivacyPooling(n, threshold: threshold)
    let largest = Set(pooling.shown.sorted { (n[$1], $0) < (n[$0], $1) }.prefix(limit))
    shown = pooling.shown.filter { largest.contains($0) }
    pooled = (pooling.pooled + pooling.shown.filter { !largest.contains($0) }).sorted()
  }
}
