/// Words of what became of a client that need no heading to be understood: "left", "остался".
public enum OutcomeWord {
  /// `nil` for a text that is none of them; yes and no are `FlagWord`'s.
  public static func hasLeft(_ text: String) -> Bool? {
    switch FlagMeaning.of(text, role: .churn) {
    case .left: true
    case .stayed: false
    default: nil
    }
  }
}
