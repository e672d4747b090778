import Dispatch
import Foundation
import Synchronization

/// Independent pieces of work on all cores, the results in the order of the pieces: nothing depends on how many cores
/// there are. A failure is that of the first piece that failed.
package enum Jobs {
  package static func run<Piece: Sendable, Failure: Error>(
    _ count: Int, cores: Int?, _ work: @escaping @Sendable (Int) throws(Failure) -> Piece
  ) throws(Failure) -> [Piece] {
    let results = Mutex([Result<Piece, Failure>?](repeating: nil, count: count))
    let next = Atomic(0)
    @Sendable func worker() {
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result: Result<Piece, Failure>
        do throws(Failure) { result = .success(try work(index)) } catch { result = .failure(error) }
        results.withLock { $0[index] = result }
      }
    }
    let workers = min(count, max(1, cores ?? ProcessInfo.processInfo.activeProcessorCount))
    // Threads of its own: a shared pool would leave work within work to one of them.
    let others = max(0, workers - 1)
    let done = DispatchSemaphore(value: 0)
    for _ in 0..<others {
      Thread.detachNewThread {
        worker()
        done.signal()
      }
    }
    worker()
    for _ in 0..<others { done.wait() }
    var pieces: [Piece] = []
    for case let result? in results.withLock({ $0 }) { pieces.append(try result.get()) }
    return pieces
  }
}
