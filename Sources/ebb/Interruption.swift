import Dispatch
import EbbTable
import EbbWarehouse
import Foundation
import Glibc

/// Ctrl-C and a polite kill: unfinished files are removed, so that nothing half-written stays behind.
///
/// The signal's handler only writes a byte into a pipe, which is all a handler may do whatever it interrupts; a thread at
/// the other end cleans up. One that comes at the very start waits in the pipe and is not lost.
enum Interruption {
  /// The pipe's end that the handler writes to; set once, before the handler is installed.
  private nonisolated(unsafe) static var pipeEnd: Int32 = -1

  static func watch() {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return }
    let readEnd = ends[0]
    unsafe pipeEnd = ends[1]
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        _ = unsafe write(Interruption.pipeEnd, &byte, 1)
      }
    }
    let thread = Thread {
      var byte: UInt8 = 0
      while unsafe read(readEnd, &byte, 1) != 1 {}
      // A server that cannot be reached must not keep anybody waiting.
      let asked = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        RunningStatements.cancelAll()
        asked.signal()
      }
      _ = asked.wait(timeout: .now() + 2)
      UnfinishedFiles.removeAll(exiting: 128 + Int32(byte))
    }
    thread.stackSize = 256 << 10
    thread.start()
  }
}
