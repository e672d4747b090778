/// A statement made of steps (`WITH … AS (…)`), each a SELECT from the one before; the first reads the table. What
/// several later places use is worked out once, in a column of an earlier step.
struct SQLStages {
  struct Column: Equatable {
    let name: String
    let expression: String

    /// Carried on from the step before.
    init(_ name: String) { self.init(name, name) }

    init(_ name: String, _ expression: String) {
      self.name = name
      self.expression = expression
    }

    var text: String { name == expression ? name : "\(expression) AS \(name)" }
  }

  /// Terms of a sum in one step: the parsers' and planners' stacks stay shallow however many there are.
  static let termsAStep = 64

  let dialect: SQLDialect
  private let table: String
  private let hasID: Bool
  private var steps: [(name: String, text: String)] = []

  /// - Parameters:
  ///   - table: quoted.
  ///   - id: quoted; a column of the table that every step hands on as `id`.
  init(_ dialect: SQLDialect, table: String, id: String?, reading columns: [Column]) {
    self.dialect = dialect
    self.table = table
    hasID = id != nil
    let first = (id.map { [Column("id", $0)] } ?? []) + columns
    add("source", first.isEmpty ? [Column("client", "1")] : first, carrying: false)
  }

  /// None where there is nothing to select.
  mutating func step(_ name: String, _ columns: [Column]) {
    if !columns.isEmpty { add(name, columns, carrying: true) }
  }

  /// Steps that leave `start + terms[0] + terms[1] + …`, added in this order, in a column `total`.
  mutating func sum(_ terms: [String], from start: String, carrying columns: [Column]) {
    var start = start
    var first = 0
    var number = 1
    repeat {
      let end = min(terms.count, first + Self.termsAStep)
      let total = ([start] + terms[first..<end]).joined(separator: "\n      + ")
      step(
        end == terms.count && number == 1 ? "total" : "total_\(number)",
        (end < terms.count ? columns : []) + [Column("total", total)])
      (start, first, number) = ("total", end, number + 1)
    } while first < terms.count
  }

  /// The whole statement.
  func select(_ name: String, _ expression: String) -> String {
    let with = steps.map { "\($0.name) AS (\n\($0.text)\n)" }.joined(separator: ",\n")
    return
      "WITH \(with)\nSELECT \(hasID ? "id, " : "")\(expression) AS \(name)\nFROM \(steps[steps.count - 1].name)"
  }

  private mutating func add(_ name: String, _ columns: [Column], carrying: Bool) {
    let all = (carrying && hasID ? [Column("id")] : []) + columns
    var text = "  SELECT\n    " + all.map(\.text).joined(separator: ",\n    ")
    text += "\n  FROM \(steps.last?.name ?? table)"
    if let fence = dialect.fence { text += "\n  \(fence)" }
    steps.append((name, text))
  }
}
