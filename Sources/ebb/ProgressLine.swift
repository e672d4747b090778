import EbbStudy
import EbbTable
import EbbWords
import Glibc
import Synchronization

/// One line on standard error that says what is being done and how far it is; nothing where that is not a terminal.
final class ProgressLine: Sendable {
  private struct State {
    var text = ""
    var drawn = ""
    var lastDraw = ContinuousClock.now - .seconds(1)
  }
  private let state = Mutex(State())
  private let console: Console
  private let isShown: Bool

  init(_ console: Console) {
    self.console = console
    self.isShown = !console.isQuiet && console.errorIsTerminal
  }

  /// Shows what a study is at.
  func following(_ language: Language) -> @Sendable (StudyProgress) -> Void {
    { progress in
      self.show(StudyProgressWords.text(progress)[language], share: StudyProgressWords.share(progress))
    }
  }

  /// `share` between 0 and 1, where it is known.
  func show(_ text: String, share: Double? = nil) {
    guard isShown else { return }
    state.withLock { state in
      var line = text
      if let share { line += " \(Int((min(1, max(0, share)) * 100).rounded(.down))) %" }
      let now = ContinuousClock.now
      guard state.text != text || now - state.lastDraw > .milliseconds(50), line != state.drawn else {
        return
      }
      state.text = text
      state.drawn = line
      state.lastDraw = now
      console.errorText("\r\u{1B}[K" + line)
    }
  }

  /// Wipes the line, before other output.
  func clear() {
    guard isShown else { return }
    state.withLock { state in
      if !state.drawn.isEmpty { console.errorText("\r\u{1B}[K") }
      state = State()
    }
  }
}
