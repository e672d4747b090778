/// How many bytes are taken at a time; a table does not depend on it.
struct BlockSizes: Sendable {
  /// Depends on nothing but this: the same blocks on any machine.
  var block = 4 << 20
  /// How far a block's last record may reach at first.
  var slack = 64 << 10
  /// Bytes looked at together: small enough to stay in the nearest caches.
  var window = 64 << 10
}
