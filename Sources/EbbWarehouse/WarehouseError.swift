/// Why a warehouse could not be studied. `server` is what the server said, in its own words.
public enum WarehouseError: Error, Sendable, Equatable {
  /// The address is not one: no `postgresql://…` that libpq understands.
  case badAddress(String)
  /// No server there, or it does not let this machine in.
  case cannotConnect(source: String, server: String)
  /// A password is wanted and none was given, or the one given is wrong.
  case password(source: String, given: Bool, server: String)
  case noTable(String)
  case emptyTable(String)
  /// Scores go into a new table; this one is there already.
  case tableExists(String)
  /// The user may not read the table.
  case noRights(table: String, server: String)
  /// The condition of `--where` is none.
  case badCondition(String, server: String)
  case timeout(seconds: Int)
  case lostConnection(server: String)
  case cancelled
  /// There is no `spark-submit`: neither in SPARK_HOME, where that is set, nor on the PATH.
  case noSpark(home: String?)
  /// Spark did not start.
  case sparkFailed(said: String)
  /// Nothing at a path, and files of no format that is known there.
  case noPath(String)
  case unknownFormat(String)
  /// A text file whose head cannot be read.
  case unreadableFile(String)
  /// The table changed while it was read.
  case changed
  /// Anything else the server refused.
  case refused(server: String, state: String)
  /// More rows than the forecast learns from, and chapters asked for that need every row: their names.
  case tooManyRows(table: String, rows: Int, limit: Int, chapters: [String])
  /// A column that cannot be read in the database as it is read from a file.
  case unreadableColumn(column: String, reason: UnreadableReason)
  /// What the database says of a column differs from what its rows said.
  case disagreement(column: String)
  /// Not offered for a warehouse.
  case unsupported(Unsupported)

  public enum UnreadableReason: String, Sendable, Equatable {
    /// More spellings of numbers than can be told to the database one by one.
    case spellings
    /// Numbers that neither PostgreSQL nor a scaled whole number holds alike.
    case numbers
  }

  public enum Unsupported: String, Sendable, Equatable {
    /// Rows in a database have no order: neither the first nor the last of several can be kept.
    case orderOfRows
    /// Rows that stand twice are only counted where all rows are read.
    case duplicatesOfSample
    /// Spark reads a text file's heading from its first line.
    case linesBeforeHeading
  }
}
