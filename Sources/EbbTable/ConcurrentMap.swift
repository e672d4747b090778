import Dispatch
import Synchronization

/// What `work` makes of each of `0..<count`, in this order whatever the number of cores (`nil`: all there are).
package func concurrentMap<Made: Sendable>(
  _ count: Int, cores: Int?, _ work: @Sendable (Int) -> Made
) -> [Made] {
  if cores == 1 || count <= 1 { return (0..<count).map(work) }
  let found = Mutex([Made?](repeating: nil, count: count))
  withoutActuallyEscaping(work) { work in
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let made = work(index)
      found.withLock { $0[index] = made }
    }
  }
  return found.withLock { $0 }.compactMap(\.self)
}
