/// A table for the terminal: columns aligned by display width, numbers to the right, control characters made visible.
public struct TextTable: Sendable {
  public enum Alignment: Sendable { case left, right }
  public struct Column: Sendable {
    public let title: String
    public let alignment: Alignment
    public let maximumWidth: Int
    public init(_ title: String, _ alignment: Alignment = .left, maximumWidth: Int = 40) {
      self.title = title
      self.alignment = alignment
      self.maximumWidth = maximumWidth
    }
  }

  public let columns: [Column]
  public private(set) var rows: [[String]] = []

  public init(_ columns: [Column]) { self.columns = columns }

  public mutating func add(_ cells: [String]) {
    rows.append((0..<columns.count).map { $0 < cells.count ? Self.visible(cells[$0]) : "" })
  }

  /// Lines without trailing spaces; the heading is underlined. `indent` spaces go before each line.
  public func render(indent: Int = 0, style: TextStyle = .plain) -> String {
    let widths = columns.indices.map { index in
      min(
        columns[index].maximumWidth,
        ([columns[index].title] + rows.map { $0[index] }).map(DisplayWidth.of).max() ?? 0)
    }
    let margin = String(repeating: " ", count: indent)
    func line(_ cells: [String]) -> String {
      var out = margin
      for index in columns.indices {
        let cell = DisplayWidth.truncate(cells[index], to: widths[index])
        let padding = String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(cell)))
        out += columns[index].alignment == .left ? cell + padding : padding + cell
        if index < columns.count - 1 { out += "  " }
      }
      while out.last == " " { out.removeLast() }
      return out
    }
    var lines: [String] = []
    if columns.contains(where: { !$0.title.isEmpty }) {
      lines.append(style.dim(line(columns.map(\.title))))
    }
    lines += rows.map(line)
    return lines.joined(separator: "\n")
  }

  /// Data are hostile: control characters (escape sequences, newlines) must not reach the terminal as they are.
  public static func visible(_ text: String) -> String {
    guard
      text.unicodeScalars.contains(where: {
        $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
      })
    else { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": out += "↵"
      case "\t": out += "⇥"
      case _ where scalar.properties.generalCategory == .control: out += "�"
      case _
      where scalar.properties.generalCategory == .format && scalar != "\u{200D}" && scalar != "\u{00AD}":
        continue
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
