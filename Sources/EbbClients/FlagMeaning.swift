/// Words of yes and no that need no heading to be understood.
public enum FlagWord {
  /// `nil` for a text that is none of them.
  public static func isYes(_ text: String) -> Bool? {
    switch FlagMeaning.of(text, role: .attribute) {
    case .yes: true
    case .no: false
    default: nil
    }
  }

  /// The words themselves, lowercase, for those who compare elsewhere.
  public static var yes: [String] { FlagMeaning.yesTexts + ["+"] }
  public static var no: [String] { FlagMeaning.noTexts }
}

/// What a text of a two-valued column means.
enum FlagMeaning: Sendable {
  case yes, no
  /// The client is gone, or still there, whatever the heading asks.
  case left, stayed

  /// `nil` where the text is none of the known words.
  static func of(_ text: String, role: Role) -> FlagMeaning? {
    let key = Heading(text).joined
    if role == .churn {
      if leftWords.contains(key) { return .left }
      if stayedWords.contains(key) { return .stayed }
    }
    let plain = text.trimmingSpaces.lowercased()
    if plain == "+" { return .yes }
    if yesWords.contains(key) { return .yes }
    if noWords.contains(key) { return .no }
    return nil
  }

  private static func keys(_ words: [String]) -> Set<String> { Set(words.map { Heading($0).joined }) }

  private static let yesWords = keys(yesTexts)
  private static let noWords = keys(noTexts)
  static let yesTexts = [
    "1", "yes", "y", "true", "t", "on", "да", "д", "истина", "есть", "имеется", "active", "active member",
    "активен", "активный", "активная", "активна", "лоялен", "лояльный", "loyal", "присутствует", "1.0", "1,0",
  ]
  static let noTexts = [
    "0", "no", "n", "false", "f", "off", "нет", "н", "ложь", "отсутствует", "не имеется", "none", "inactive",
    "not active", "неактивен", "неактивный", "неактивная", "неактивна", "не активен", "не лоялен",
    "нелояльный",
    "0.0", "0,0",
  ]
  private static let leftWords = keys([
    "left", "churn", "churned", "exited", "exit", "gone", "attrited", "attrited customer", "lost", "closed",
    "leaver", "ушел", "ушла", "ушли", "ушедший", "отток", "в оттоке", "покинул", "покинул банк", "потерян",
    "закрыл счет", "закрыт", "клиент ушел", "ушел из банка", "not retained", "не остался",
    "неактивный клиент",
  ])
  private static let stayedWords = keys([
    "stayed", "stay", "stays", "retained", "existing", "existing customer", "remained", "current",
    "current customer", "not churned", "no churn", "not exited", "active", "active customer", "loyal",
    "stayer",
    "остался", "осталась", "остались", "действующий", "действующий клиент", "не ушел", "не отток", "в банке",
    "клиент", "клиент остался", "удержан", "активный", "активный клиент", "лояльный",
  ])
}

extension String {
  var trimmingSpaces: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
