internal import CXlsxWriter
import Glibc

/// The workbook behind a chart, so that "Edit data" opens it: one sheet, a heading and rows. By libxlsxwriter; the same
/// rows give the same bytes.
struct EmbeddedBook: Sendable, Equatable {
  enum Cell: Sendable, Equatable {
    case text(String)
    case number(Double)
    case empty

    init(_ number: Double?) { self = number.flatMap { $0.isFinite ? .number($0) : nil } ?? .empty }
  }
  enum Failure: Error, Sendable, Equatable { case cannotWrite }

  let sheet: String
  let heading: [String]
  let rows: [[Cell]]

  /// A sheet's cells as charts refer to them: `'Data'!$B$2:$B$5`.
  func range(column: Int, rows: ClosedRange<Int>) -> String {
    let letters = Self.letters(column)
    let first = "'\(sheet)'!$\(letters)$\(rows.lowerBound + 1)"
    return rows.count == 1 ? first : first + ":$\(letters)$\(rows.upperBound + 1)"
  }

  /// 0 → A, 25 → Z, 26 → AA.
  static func letters(_ column: Int) -> String {
    var rest = column
    var out = ""
    repeat {
      out = String(UnicodeScalar(UInt8(65 + rest % 26))) + out
      rest = rest / 26 - 1
    } while rest >= 0
    return out
  }

  /// libxlsxwriter writes to files only: one is made aside and read back.
  func bytes() throws(Failure) -> [UInt8] {
    guard let folder = Self.makeFolder() else { throw .cannotWrite }
    let path = folder + "/book.xlsx"
    defer {
      unsafe unlink(path)
      unsafe rmdir(folder)
    }
    var settings = unsafe lxw_workbook_options()
    guard let book = unsafe workbook_new_opt(path, &settings) else { throw .cannotWrite }
    // Without it the file would carry the time of its making.
    var properties = unsafe lxw_doc_properties()
    unsafe properties.created = 315_532_800
    guard unsafe workbook_set_properties(book, &properties) == LXW_NO_ERROR,
      let page = unsafe workbook_add_worksheet(book, sheet)
    else { throw .cannotWrite }
    let bold = unsafe workbook_add_format(book)
    unsafe format_set_bold(bold)
    unsafe worksheet_set_column(page, 0, 0, 32, nil)
    if heading.count > 1 { unsafe worksheet_set_column(page, 1, lxw_col_t(heading.count - 1), 14, nil) }
    for (column, text) in heading.enumerated() {
      unsafe worksheet_write_string(page, 0, lxw_col_t(column), Self.said(text), bold)
    }
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        switch cell {
        case .text(let text):
          unsafe worksheet_write_string(page, lxw_row_t(row + 1), lxw_col_t(column), Self.said(text), nil)
        case .number(let number):
          unsafe worksheet_write_number(page, lxw_row_t(row + 1), lxw_col_t(column), number, nil)
        case .empty: break
        }
      }
    }
    guard unsafe workbook_close(book) == LXW_NO_ERROR, let bytes = Self.content(path) else {
      throw .cannotWrite
    }
    return bytes
  }

  /// A cell takes 32,767 characters at most, and no control characters.
  private static func said(_ text: String) -> String {
    String(Markup.allowed(text).prefix(1_000))
  }

  private static func makeFolder() -> String? {
    let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/ebb-book-XXXXXX").utf8CString)
    return unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe mkdtemp(buffer.baseAddress!).map { unsafe String(cString: $0) }
    }
  }

  private static func content(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size > 0, lseek(descriptor, 0, SEEK_SET) == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: size)
    let got = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, size) }
    return got == size ? bytes : nil
  }
}
