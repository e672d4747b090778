/// Whether a text has a Cyrillic letter: its reader most likely reads Russian.
public enum Cyrillic {
  public static func isIn(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x0400...0x04FF).contains($0.value) }
  }
}
