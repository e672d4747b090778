/// What can go wrong before there is a table. Words for people live in `EbbWords`.
public enum TableError: Error, Equatable, Sendable {
  case noSuchFile(path: String)
  case notAFile(path: String)
  case noPermission(path: String)
  case readFailed(path: String, reason: String)
  case emptyFile(path: String)
  /// A heading and no rows.
  case noRows(path: String)
  /// Binary content: NUL bytes, an image, an archive that is not gzip.
  case notText(path: String, byteOffset: Int, found: String)
  /// gzip data that end or break in the middle.
  case brokenArchive(path: String, byteOffset: Int)
  case invalidEncoding(path: String, line: Int, byteOffset: Int, expected: Dialect.Encoding)
  case unclosedQuote(path: String, line: Int)
  /// The first line does not end within `limit` bytes: no table begins like that.
  case lineTooLong(path: String, line: Int, limit: Int)
  case tooManyColumns(path: String, found: Int, limit: Int)
  /// Rejected rows above the limit, with the first causes.
  case tooManyRejected(rejected: Int, read: Int, limitShare: Double, first: [RejectedRow])
  case unknownColumn(name: String, known: [String])
  /// Two columns with the same heading where one had to be found by it.
  case ambiguousColumn(name: String)
}
