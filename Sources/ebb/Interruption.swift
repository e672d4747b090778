import EbbTable
import Foundation
import Glibc

/// Ctrl-C and a polite kill: unfinished files are removed, so that nothing half-written stays behind.
///
/// The signals are blocked before any other thread begins and waited for by a thread of their own: one that comes at the
/// very start is kept, not lost.
enum Interruption {
  static func watch() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      // A shell starts background jobs with SIGINT ignored, and an ignored signal is never waited for.
      signal(number, SIG_DFL)
      unsafe sigaddset(&signals, number)
    }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let watched = signals
    let thread = Thread {
      var watched = watched
      var number: Int32 = 0
      while unsafe sigwait(&watched, &number) != 0 {}
      UnfinishedFiles.removeAll()
      _exit(128 + number)
    }
    thread.stackSize = 256 << 10
    thread.start()
  }
}
