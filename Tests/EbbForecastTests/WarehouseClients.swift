import EbbClients
import Foundation

@testable import EbbForecast

/// Made-up clients as a warehouse holds them, with names and texts that try to break out of their quotes, and values
/// that are hard to compare; beside it the matrix as a model sees them.
struct WarehouseClients {
  let features: [ModelFeature]
  let matrix: FeatureMatrix
  let churned: [Bool]
  /// The rows to learn from: those that look as the training table did.
  let training: [Int]
  /// By row, the texts of each feature's column; `nil` is NULL.
  let rows: [[String?]]

  static let hostile = "\"; drop table x; -- `'\\"
  static let levels = ["Ка\\'зань", "О'мск\\", "Тверь \"$\" {1}"]
  static let types = ["double precision", "numeric", "text", "integer", "varchar(20)", "text", "text"]

  init(_ n: Int) {
    let input = MadeUpClients.make(n)
    var columns = input.matrix.columns
    var random = SplitMix64(seed: 11)
    var rows: [[String?]] = []
    var flags: [Double] = []
    let yes = ["да", "ДА", "True", "t", "1", " yes ", "есть такое"]
    let no = ["нет", "НЕТ", "FALSE", "f", "0", "No", "нету"]
    for row in 0..<n {
      let said = random.next() % 4 == 0 ? !input.churned[row] : input.churned[row]
      let odd = random.next() % 20
      flags.append(odd == 0 ? .nan : said ? 1 : 0)
      let word = Int(random.next() % 7)
      let value = columns.map { $0[row] }
      rows.append([
        "\(value[0])", value[1].isNaN ? "0.00" : "\(value[1])", Self.levels[Int(value[2])],
        "\(Int(value[3]))",
        value[4] == 0 ? (row % 3 == 0 ? "ж" : "Ж") : (row % 3 == 0 ? "муж." : " М "), "\(value[5])",
        odd == 0 ? (row % 2 == 0 ? "не знаю" : nil) : said ? yes[word] : no[word],
      ])
    }
    columns.append(flags)
    let made = input.matrix.features
    features = [
      .init(feature: made[0], role: .age),
      .init(feature: .init(name: "Balance", kind: .number), role: .balance, zeroIsMissing: true),
      .init(feature: .init(name: "го`род\"", kind: .category, levels: Self.levels), role: .city),
      .init(feature: made[3], role: .products),
      .init(feature: made[4], role: .gender, spellings: ["муж.": "М"]),
      .init(feature: .init(name: Self.hostile, kind: .number), role: .attribute),
      .init(
        feature: .init(name: "active", kind: .number), role: .activity, yes: "есть такое", no: "нету"),
    ]
    training = Array(0..<n)
    churned = input.churned

    // Nothing known; levels nobody met; numbers at the ends of what can be held; texts without a number.
    func add(_ texts: [String?], _ values: [Double]) {
      rows.append(texts)
      for (index, value) in values.enumerated() { columns[index].append(value) }
    }
    add([String?](repeating: nil, count: 7), [Double](repeating: .nan, count: 7))
    add(["44", "1000", "Псков", "2", "другой", "0.5", "да"], [44, 1000, 3, 2, 2, 0.5, 1])
    add(["NaN", nil, "", "1", " ", " ", ""], [.nan, .nan, .nan, 1, .nan, .nan, .nan])
    add(["Infinity", "NaN", nil, nil, "М", "1e-60", "Да"], [.nan, .nan, .nan, .nan, 1, 1e-60, 1])
    add(["1e300", "1e200", Self.levels[0], "9", "м", "-1e300", "off"], [1e300, 1e200, 0, 9, 1, -1e300, 0])
    add(
      ["-5e-324", "-5", Self.levels[1], "-3", "Ж", "1e39", "-"],
      [-Double.leastNonzeroMagnitude, -5, 1, -3, 0, 1e39, .nan])
    matrix = FeatureMatrix(features: features.map(\.feature), columns: columns)
    self.rows = rows
  }

  /// More rows: the first client with a number at, just below and halfway below each threshold of the trees.
  init(_ clients: WarehouseClients, around trees: ParsedTrees) {
    var (rows, columns) = (clients.rows, clients.matrix.columns)
    func add(_ node: ParsedTrees.Node) {
      switch node {
      case .leaf: break
      case .level(_, _, _, let level, let other):
        add(level)
        add(other)
      case .presence(_, let present, let missing):
        add(present)
        add(missing)
      case .number(let feature, let limit, _, let left, let right):
        let middle = (Double(limit) + Double(limit.nextDown)) / 2
        for value in [Double(limit), Double(limit.nextDown), middle, middle.nextUp, middle.nextDown]
        where feature != 3 && feature != 6 {
          rows.append(rows[0])
          rows[rows.count - 1][feature] = "\(value)"
          for index in columns.indices { columns[index].append(index == feature ? value : columns[index][0]) }
        }
        add(left)
        add(right)
      }
    }
    trees.trees.forEach(add)
    self.rows = rows
    features = clients.features
    matrix = FeatureMatrix(features: features.map(\.feature), columns: columns)
    churned = clients.churned
    training = clients.training
  }

  /// A psql script that makes the table and fills it; `id` counts the rows.
  func script(table: String, columns: [String]) -> String {
    func cell(_ text: String?) -> String {
      text.map { $0.replacing("\\", with: "\\\\").replacing("\t", with: "\\t") } ?? "\\N"
    }
    let definitions = zip(columns, Self.types).map { "\($0) \($1)" }.joined(separator: ", ")
    var text = "CREATE TABLE \(table) (\"i\"\"d\" integer, \(definitions));\nCOPY \(table) FROM STDIN;\n"
    for (index, row) in rows.enumerated() {
      text += "\(index)\t" + row.map(cell).joined(separator: "\t") + "\n"
    }
    return text + "\\.\n"
  }
}
