import Dispatch
import EbbTable
import Glibc

/// Ctrl-C and a polite kill: unfinished files are removed, so that nothing half-written stays behind.
enum Interruption {
  static func watch() -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        UnfinishedFiles.removeAll()
        _exit(128 + number)
      }
      source.resume()
      return source
    }
  }
}
