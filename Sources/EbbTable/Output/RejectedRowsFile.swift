/// `rejected.csv`: every row that could not be read, for the people who can mend it.
///
/// Columns: line, column, text, reason. A cell that a spreadsheet would take for a formula gets an apostrophe first.
public enum RejectedRowsFile {
  public static func write(
    _ rows: [RejectedRow], to path: String, reason: (RejectedRow.Reason) -> String
  ) throws(OutputError) {
    var file = try OutputFile(path: path)
    // The mark makes spreadsheets read UTF-8.
    try file.write(Array("\u{FEFF}line,column,text,reason\r\n".utf8))
    var block: [UInt8] = []
    for row in rows {
      let cells = [String(row.line), row.column ?? "", row.text, reason(row.reason)]
      block += Array(cells.map(DelimitedCell.text).joined(separator: ",").utf8)
      block += [0x0D, 0x0A]
      if block.count > 1 << 16 {
        try file.write(block)
        block.removeAll(keepingCapacity: true)
      }
    }
    try file.write(block)
    try file.finish()
  }
}
