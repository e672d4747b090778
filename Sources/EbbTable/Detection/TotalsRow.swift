/// Recognises a row of totals ("Итого", "Всего", "Total"): it is no client.
public enum TotalsRow {
  private static let words = ["итого", "всего", "итог", "общий итог", "total", "totals", "grand total"]
    .map { Array($0.utf8) }
  /// Words that may go on ("Итого по банку"); the English one may not ("Total Bank" is a name).
  private static let openWords = ["итого ", "всего "].map { Array($0.utf8) }

  /// Whether a record whose first field with any text is `field` is a row of totals.
  public static func isTotals(firstCell field: Span<UInt8>) -> Bool {
    var text = field.extracting(FieldText.trimmed(field))
    guard text.count >= 5, text.count <= 80 else { return false }
    let lead = text[0]
    // И и В в О о all begin with 0xD0; T t G g.
    guard lead == 0xD0 || lead | 0x20 == 0x74 || lead | 0x20 == 0x67 else { return false }
    while text.count > 0, text[text.count - 1] == 0x3A || text[text.count - 1] == 0x2E {
      let shorter = text.extracting(0..<text.count - 1)
      text = shorter.extracting(FieldText.trimmed(shorter))
    }
    for word in words where FieldText.equals(text, folded: word.span) { return true }
    for word in openWords where text.count > word.count {
      if FieldText.equals(text.extracting(0..<word.count), folded: word.span) { return true }
    }
    return false
  }

  /// The same for a whole record.
  public static func isTotals(_ fields: [[UInt8]]) -> Bool {
    for field in fields where !FieldText.trimmed(field.span).isEmpty {
      return isTotals(firstCell: field.span)
    }
    return false
  }
}
