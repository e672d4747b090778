import CXlsxWriter
import EbbTable

/// An .xlsx file written row by row: what is written is on the disk, not in memory. Rows of a sheet come in rising
/// order. The same cells give the same bytes.
@safe final class Spreadsheet {
  /// How a cell looks and how its number is written.
  enum Style: Int, CaseIterable {
    case plain, wrapped, title, heading, strong, note, integer, money, share, amount, control
  }
  enum Cell {
    case empty
    case text(String, Style = .plain)
    case number(Double, Style)
    case integer(Int)
  }

  /// Rows of a sheet at most.
  static let rowLimit = 1_048_576

  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private let styles: [UnsafeMutablePointer<lxw_format>?]
  private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = unsafe []
  private var isClosed = false

  /// - Parameter path: the file to be written; nothing of that name may matter.
  init?(path: String, title: String) {
    var options = unsafe lxw_workbook_options()
    unsafe options.constant_memory = 1
    unsafe options.use_zip64 = 1
    guard let made = unsafe workbook_new_opt(path, &options) else { return nil }
    unsafe self.workbook = made
    unsafe self.styles = Style.allCases.map { unsafe Self.format($0, made) }
    unsafe Self.name(made, title)
  }

  deinit { if !isClosed { _ = unsafe workbook_close(workbook) } }

  /// Adds a sheet and makes it the one that is written.
  ///
  /// - Parameters:
  ///   - widths: of its columns, in characters.
  ///   - frozenRows: rows that stay in sight.
  func addSheet(_ name: String, widths: [Double], frozenRows: Int = 0, frozenColumns: Int = 0) {
    guard let sheet = unsafe workbook_add_worksheet(workbook, name) else { return }
    unsafe sheets.append(sheet)
    for (column, width) in widths.enumerated() {
      unsafe worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil)
    }
    if frozenRows > 0 || frozenColumns > 0 {
      unsafe worksheet_freeze_panes(sheet, UInt32(frozenRows), UInt16(frozenColumns))
    }
    unsafe worksheet_gridlines(
      sheet, UInt8(frozenRows > 0 ? LXW_SHOW_ALL_GRIDLINES.rawValue : LXW_HIDE_ALL_GRIDLINES.rawValue))
    unsafe worksheet_set_landscape(sheet)
    unsafe worksheet_fit_to_pages(sheet, 1, 0)
    if frozenRows > 0 { _ = unsafe worksheet_repeat_rows(sheet, 0, UInt32(frozenRows - 1)) }
  }

  /// Filters over the first row of `rows` rows.
  func addFilter(rows: Int, columns: Int) {
    guard let sheet = unsafe sheets.last, rows > 0, columns > 0 else { return }
    _ = unsafe worksheet_autofilter(sheet, 0, 0, UInt32(rows - 1), UInt16(columns - 1))
  }

  /// Ids made of digits are texts on purpose: no green triangles.
  func allowNumbersAsText(rows: Int, column: Int) {
    guard let sheet = unsafe sheets.last, rows > 1 else { return }
    let letter = Character(UnicodeScalar(UInt8(ascii: "A") + UInt8(clamping: min(25, column))))
    let range = "\(letter)2:\(letter)\(rows)"
    _ = unsafe worksheet_ignore_errors(sheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), range)
  }

  /// A bar in each cell of a column, as long as its number is large.
  func addBars(rows: Int, column: Int) {
    guard let sheet = unsafe sheets.last, rows > 1 else { return }
    var bars = unsafe lxw_conditional_format()
    unsafe bars.type = UInt8(LXW_CONDITIONAL_DATA_BAR.rawValue)
    unsafe bars.bar_color = 0x9CC3E6
    _ = unsafe worksheet_conditional_format_range(
      sheet, 1, UInt16(column), UInt32(rows - 1), UInt16(column), &bars)
  }

  func write(_ cells: [Cell], row: Int, height: Double? = nil) {
    guard let sheet = unsafe sheets.last else { return }
    if let height { _ = unsafe worksheet_set_row(sheet, UInt32(row), height, nil) }
    for (column, cell) in cells.enumerated() {
      let (row, column) = (UInt32(row), UInt16(column))
      switch cell {
      case .empty: break
      case .text(let text, let style):
        _ = unsafe worksheet_write_string(sheet, row, column, Self.harmless(text), styles[style.rawValue])
      case .number(let number, let style):
        _ = unsafe worksheet_write_number(sheet, row, column, number, styles[style.rawValue])
      case .integer(let number):
        _ = unsafe worksheet_write_number(
          sheet, row, column, Double(number), styles[Style.integer.rawValue])
      }
    }
  }

  /// Puts the file together.
  /// - Returns: what went wrong, if anything did.
  func close() -> String? {
    isClosed = true
    let code = unsafe workbook_close(workbook)
    return code == LXW_NO_ERROR ? nil : unsafe String(cString: lxw_strerror(code))
  }

  /// A text that no program takes for a formula, without characters that XML cannot carry, and no longer than a cell.
  static func harmless(_ text: String) -> String {
    // Nearly every text: it begins with a letter or a digit, and has no byte of a control or of U+FFFE, U+FFFF.
    let bytes = text.utf8
    if let first = bytes.first,
      first > UInt8(ascii: "@") || (first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9")),
      bytes.count <= 16_000, bytes.allSatisfy({ $0 >= 0x20 && $0 < 0xEF })
    {
      return text
    }
    var scalars = String.UnicodeScalarView()
    if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) {
      scalars.append("'")
    }
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 && scalar != "\t" && scalar != "\n" && scalar != "\r"
      let isNoCharacter = scalar.value & 0xFFFE == 0xFFFE
      scalars.append(isControl || isNoCharacter ? "\u{FFFD}" : scalar)
    }
    let whole = String(scalars)
    return whole.utf16.count <= 32_767 ? whole : String(whole.prefix(16_000))
  }

  private static func name(_ workbook: UnsafeMutablePointer<lxw_workbook>, _ title: String) {
    // Copied by the library. A fixed date: the file depends on the data alone.
    var properties = unsafe lxw_doc_properties()
    unsafe properties.created = 946_684_800
    let text = Array(harmless(title).utf8CString)
    var copy = text
    unsafe copy.withUnsafeMutableBufferPointer { buffer in
      unsafe properties.title = buffer.baseAddress
      _ = unsafe workbook_set_properties(workbook, &properties)
    }
  }

  private static func format(_ style: Style, _ workbook: UnsafeMutablePointer<lxw_workbook>)
    -> UnsafeMutablePointer<lxw_format>?
  {
    guard style != .plain, let format = unsafe workbook_add_format(workbook) else { return nil }
    let ink: lxw_color_t = 0x1F3044
    switch style {
    case .plain: break
    case .wrapped:
      unsafe format_set_text_wrap(format)
      unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    case .title:
      unsafe format_set_bold(format)
      unsafe format_set_font_size(format, 15)
      unsafe format_set_font_color(format, ink)
    case .heading:
      unsafe format_set_bold(format)
      unsafe format_set_font_color(format, 0xFFFFFF)
      unsafe format_set_bg_color(format, ink)
      unsafe format_set_text_wrap(format)
      unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    case .strong: unsafe format_set_bold(format)
    case .note:
      unsafe format_set_font_color(format, 0x5A6B7B)
      unsafe format_set_text_wrap(format)
      unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    case .integer: unsafe format_set_num_format(format, "#,##0")
    case .money: unsafe format_set_num_format(format, "#,##0")
    case .share: unsafe format_set_num_format(format, "0.0%")
    case .amount: unsafe format_set_num_format(format, "#,##0.00##")
    case .control:
      unsafe format_set_italic(format)
      unsafe format_set_font_color(format, 0x8A5A00)
    }
    return unsafe format
  }
}
