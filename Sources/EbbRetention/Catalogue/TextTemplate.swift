/// A text with `{places}`.
public struct TextTemplate: Sendable, Equatable {
  public enum Part: Sendable, Equatable {
    case text(String)
    case place(String)
  }
  public let parts: [Part]

  /// `nil` where braces do not match.
  public init?(_ text: String) {
    var parts: [Part] = []
    var current = ""
    var isPlace = false
    for letter in text {
      switch letter {
      case "{":
        if isPlace { return nil }
        if !current.isEmpty { parts.append(.text(current)) }
        current = ""
        isPlace = true
      case "}":
        guard isPlace else { return nil }
        parts.append(.place(current))
        current = ""
        isPlace = false
      default: current.append(letter)
      }
    }
    if isPlace { return nil }
    if !current.isEmpty { parts.append(.text(current)) }
    self.parts = parts
  }

  public var places: [String] {
    parts.compactMap { part in
      if case .place(let name) = part { name } else { nil }
    }
  }
}
