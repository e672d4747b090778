package import EbbForecast

/// What one warehouse says in its own words.
package protocol SQLWords: Sendable {
  var dialect: SQLDialect { get }
  /// Whole numbers of 64 bits; wider ones; texts; doubles.
  var wholeType: String { get }
  var exactType: String { get }
  var textType: String { get }
  var doubleType: String { get }

  // MARK: Rows

  /// Which of the columns a row of grouping sets is grouped by: a bit for each that it is not, the last lowest.
  func grouping(_ names: String) -> String
  /// Whether rows are counted by value before they are put in order: where a window without a partition is one worker's
  /// task, it had better be of different values than of rows.
  var countsBeforeOrder: Bool { get }
  /// What ROW_NUMBER needs in its window where any order does.
  func anyOrder(_ value: String) -> String

  // MARK: Texts

  /// A column as text: as the reader of files is given it.
  func text(_ place: String, _ family: WarehouseTable.Family) -> String
  /// Whether a text as a whole is of a pattern.
  func matches(_ text: String, _ pattern: String) throws(WarehouseError) -> String
  func trimmed(_ text: String) -> String

  // MARK: Numbers

  /// A text of digits, as value × 10^scale.
  func scaled(text: String, scale: Int) -> String
  /// A decimal, as value × 10^scale; NULL where it is no number.
  func scaled(decimal place: String, scale: Int) -> String
  /// A finite double, as value × 10^scale: a whole number in the end.
  ///
  /// - Parameter isNear: the double times 10^scale is within half of the whole number it stands for.
  func scaled(double value: String, scale: Int, isNear: Bool) -> String
  /// Whether there are more digits than `scale` keeps.
  func loses(text: String, scale: Int) -> String
  func loses(decimal place: String, scale: Int) -> String
  func loses(double value: String, scale: Int) -> String
  /// A decimal, or a finite double as it is written, as a double.
  func double(_ value: String, _ family: WarehouseTable.Family) -> String
  /// A double's bits as a whole number in the order of the doubles; both zeros are one.
  func orderKey(_ double: String) -> String
  /// The nearest whole number, as an exact one.
  func rounded(_ double: String, wide isWide: Bool) -> String

  // MARK: Sums

  /// The sum of whole numbers of 64 bits, whatever it comes to.
  func sum(_ whole: String) -> String
  /// What to add up for the sum of a product of whole numbers.
  ///
  /// - Parameter rows: how many there are at most.
  func products(_ factors: [WholeFactor], rows: Int) -> [SummedPiece]
  /// A double in a form whose sums do not depend on the order, and a constant of that form.
  func real(_ double: String) -> String
  func real(_ constant: Double) -> String
  /// What to add up for the sum of such values.
  ///
  /// - Parameter bound: none is larger.
  func realPieces(_ value: String, bound: Double) -> [RealPiece]
}
