import Synchronization

/// Statements that run now, to be stopped by an interruption.
public enum RunningStatements {
  private struct Running {
    var next = 0
    var cancels: [Int: @Sendable () -> Void] = [:]
    var isCancelled = false
  }
  private static let running = Mutex(Running())

  /// - Parameter cancel: asks for the stop of what runs; from any thread.
  static func add(_ cancel: @escaping @Sendable () -> Void) -> Int {
    running.withLock { running in
      running.next += 1
      running.cancels[running.next] = cancel
      return running.next
    }
  }

  /// After this nothing is asked.
  static func remove(_ number: Int) { _ = running.withLock { $0.cancels.removeValue(forKey: number) } }

  static var isCancelled: Bool { running.withLock { $0.isCancelled } }

  /// Asks the servers to stop what they do for us; comes back when they have been asked.
  public static func cancelAll() {
    running.withLock { running in
      running.isCancelled = true
      for cancel in running.cancels.values { cancel() }
    }
  }
}
