import EbbClients
import Foundation
import Testing

@testable import EbbForecast

struct SQLExportTests {
  static let clients = WarehouseClients(1500)

  static func models(_ clients: WarehouseClients = clients) throws -> [(name: String, fitted: FittedMethod)] {
    var settings = MadeUpClients.quick
    settings.interactions = 3
    settings.scorecard.minimumIV = 0
    var found: [(String, FittedMethod)] = []
    for method in ForecastMethod.allCases {
      let fitted = try method.fit(
        clients.matrix, churned: clients.churned, rows: clients.training, products: 3, settings: settings,
        trees: method == .trees ? settings.trees[0] : nil, seed: 1)
      found.append((method.rawValue, try #require(fitted)))
    }
    return found
  }

  static func calibrations(_ margins: [Double]) -> [Calibration] {
    let order = margins.sorted()
    // A jump between two clients next to each other: what differs in the last digit is seen.
    let middle = order.count / 2
    let high = order[middle...].first { $0 > order[middle] } ?? order[middle] + 1
    return Calibration.Method.allCases.map {
      Calibration($0, margins: Array(margins.prefix(clients.churned.count)), churned: clients.churned)
    } + [.isotonic(IsotonicCalibration(scores: [order[middle], high], probabilities: [0.1, 0.9]))]
  }

  // MARK: The same probabilities

  /// Skipped where there is no PostgreSQL: see `PrivatePostgres.isHere`.
  @Test(.enabled(if: PrivatePostgres.isHere, "PostgreSQL is not installed: apt-get install postgresql"))
  func sameProbabilitiesInPostgres() throws {
    let models = try Self.models()
    guard case .trees(let trees)? = models.last?.fitted else {
      Issue.record("no trees")
      return
    }
    let clients = WarehouseClients(Self.clients, around: try ParsedTrees(trees))
    let all = Array(clients.rows.indices)
    let (schema, table) = ("odd; \"schema", "Clients'")
    let columns = Dictionary(uniqueKeysWithValues: [("age", "Возраст, лет"), ("active", "АКТИВЕН")])
    let names = try clients.features.map {
      try SQLDialect.postgresql.identifier(columns[$0.name] ?? $0.name)
    }
    let place = try SQLDialect.postgresql.table(schema + "." + table)
    var longer = MadeUpClients.quick.trees[0]
    longer.rounds = 700
    longer.learningRate = 0.02
    longer.maximumDepth = 4
    let many = FittedMethod.trees(
      try longer.fit(clients.matrix, churned: clients.churned, rows: clients.training))
    try PrivatePostgres.use { psql in
      _ = try psql("CREATE SCHEMA \(try SQLDialect.postgresql.identifier(schema));\n")
      _ = try psql(clients.script(table: place, columns: names))
      for (name, fitted) in models + [("700 trees", many)] {
        let margins = try fitted.margins(clients.matrix, rows: all)
        for calibration in Self.calibrations(margins) {
          let model = CalibratedModel(fitted: fitted, calibration: calibration)
          let statement = try SQLExport(model, features: clients.features, dialect: .postgresql)
            .statement(table: schema + "." + table, id: "i\"d", columns: columns)
          var found: [Int: Double] = [:]
          for line in try psql(statement + ";\n").split(separator: "\n") {
            let cells = line.split(separator: "|")
            found[Int(cells[0])!] = Double(cells[1])
          }
          #expect(found.count == all.count)
          let expected = try model.probabilities(clients.matrix, rows: all)
          let worst = all.map { (abs((found[$0] ?? .infinity) - expected[$0]), $0) }.max { $0.0 < $1.0 }!
          #expect(worst.0 < 1e-12, "\(name), \(calibration.method): row \(clients.rows[worst.1])")
          if ProcessInfo.processInfo.environment["EBB_SHOW"] != nil {
            print(
              name, calibration.method, "rows", all.count, "worst", worst.0, "bytes", statement.utf8.count)
          }
        }
      }
    }
  }

  // MARK: The text

  @Test(arguments: SQLDialect.allCases) func sameTextEveryTime(dialect: SQLDialect) throws {
    for (name, fitted) in try Self.models() {
      let model = CalibratedModel(fitted: fitted, calibration: .none)
      let export = SQLExport(model, features: Self.clients.features, dialect: dialect)
      let text = try export.statement(table: "t", id: "id")
      #expect(try export.statement(table: "t", id: "id") == text)
      #expect(text.hasPrefix("WITH source AS (") && !text.contains("nan") && !text.contains("inf"), "\(name)")
      let withoutID = try export.statement(table: "t", id: nil)
      #expect(text.contains("SELECT id, LEAST(") && withoutID.contains("SELECT LEAST("))
    }
    #expect(try Self.models().map(\.fitted) == Self.models().map(\.fitted))
  }

  /// Outside quotes nothing is left of what names and texts held, and every quote is closed.
  @Test(arguments: SQLDialect.allCases) func hostileTextsStayInTheirQuotes(dialect: SQLDialect) throws {
    for (name, fitted) in try Self.models() {
      let model = CalibratedModel(fitted: fitted, calibration: .none)
      let text = try SQLExport(model, features: Self.clients.features, dialect: dialect)
        .statement(table: "a." + WarehouseClients.hostile, id: WarehouseClients.hostile)
      let bare = try #require(Self.withoutQuoted(text, dialect), "\(name): a quote is open")
      for word in ["drop table", "--", ";", "$", "\\", "зань", "{"] {
        #expect(!bare.contains(word), "\(name): \(word)")
      }
      #expect(bare.contains("FROM ?.?"))
    }
  }

  /// The statement with `?` for each quoted thing, as each dialect's scanner takes them; `nil` where one is not closed.
  static func withoutQuoted(_ text: String, _ dialect: SQLDialect) -> String? {
    var out = ""
    var quote: Character?
    var escapes = false
    var characters = Array(text)[...]
    while let next = characters.popFirst() {
      guard let open = quote else {
        let opens: Set<Character> = dialect == .spark ? ["'", "\"", "`"] : ["'", "\""]
        if opens.contains(next) {
          quote = next
          escapes = next != "`" && (dialect == .spark || (next == "'" && out.hasSuffix(" E")))
          out += "?"
        } else {
          out.append(next)
        }
        continue
      }
      if next == "\\", escapes {
        _ = characters.popFirst()
      } else if next == open {
        let doubles = dialect == .postgresql || open == "`"
        if doubles, characters.first == open { characters.removeFirst() } else { quote = nil }
      }
    }
    return quote == nil ? out : nil
  }

  @Test func quoting() throws {
    #expect(try SQLDialect.postgresql.table("clients.Snap\"shot") == "\"clients\".\"Snap\"\"shot\"")
    #expect(try SQLDialect.spark.table("spark_catalog.clients.a`b") == "`spark_catalog`.`clients`.`a``b`")
    #expect(try SQLDialect.postgresql.text("О'Нил") == "'О''Нил'")
    #expect(try SQLDialect.postgresql.text("\\' or 1=1") == " E'\\\\'' or 1=1'")
    #expect(try SQLDialect.spark.text("\\' or ${x}\n") == "'\\\\\\' or \\u0024{x}\\n'")
    #expect(SQLDialect.spark.double(-1e-7) == "-1e-07D" && SQLDialect.postgresql.double(3) == "float8 '3'")
    #expect(SQLDialect.spark.single(0.1) == "float('0.1')" && SQLDialect.postgresql.single(-2) == "real '-2'")
    for dialect in SQLDialect.allCases {
      for name in ["", "a.", ".a", "a..b"] {
        #expect(throws: SQLExportError.emptyName(name)) { try dialect.table(name) }
      }
      #expect(throws: SQLExportError.unusableText("a\0")) { try dialect.identifier("a\0") }
      #expect(throws: SQLExportError.unusableText("\0")) { try dialect.text("\0") }
    }
    #expect(throws: SQLExportError.unusableText("a${b")) { try SQLDialect.spark.identifier("a${b") }
    #expect(try SQLDialect.postgresql.identifier("a${b") == "\"a${b\"")
  }

  /// Only what the model asks is read.
  @Test func readsNoMoreThanItNeeds() throws {
    let features = Self.clients.features
    let rate = CalibratedModel(fitted: .rate(margin: -1), calibration: .none)
    let plain = try SQLExport(rate, features: [], dialect: .spark).statement(table: "t", id: nil)
    #expect(plain.contains("FROM `t`") && !plain.contains("CAST(`"))
    #expect(!plain.contains("SELECT\n    \n"), "nothing to select")
    let groups = CalibratedModel(
      fitted: .groups(feature: 3, margins: [1: 0.5, 2: -0.5], other: 0), calibration: .none)
    let text = try SQLExport(groups, features: features, dialect: .postgresql).statement(
      table: "t", id: nil, columns: ["products": "Число продуктов"])
    #expect(
      text.contains("\"Число продуктов\"") && !text.contains("\"age\"") && !text.contains("\"products\""))
    #expect(throws: SQLExportError.foreignFeatures) {
      try SQLExport(groups, features: [features[0]], dialect: .spark).statement(table: "t", id: nil)
    }
  }

  @Test func treesThatCannotBeRead() throws {
    guard case .trees(let trees)? = try Self.models().last?.fitted else {
      Issue.record("no trees")
      return
    }
    let text = String(decoding: trees.json, as: UTF8.self)
    let circle = text.replacing(#"left_children":[1"#, with: #"left_children":[0"#)
    let narrow = text.replacing("binary:logistic", with: "reg:squarederror")
    #expect(circle != text && narrow != text)
    for json in ["", "{}", String(text.dropLast(9)), circle, narrow] {
      let damaged = FittedXGBoost(
        encoding: trees.encoding, json: Array(json.utf8), rounds: 1, classifier: trees.classifier)
      let model = CalibratedModel(fitted: .trees(damaged), calibration: .none)
      #expect(throws: SQLExportError.self) {
        try SQLExport(model, features: Self.clients.features, dialect: .spark).statement(table: "t", id: nil)
      }
    }
  }

  @Test func spellingsOfALevel() {
    func spellings(_ levels: [String], _ role: Role, _ known: [String: String] = [:]) -> [[String]] {
      SQLFeatures.spellings(
        ModelFeature(
          feature: .init(name: "x", kind: .category, levels: levels),
          role: role,
          spellings: known))
    }
    #expect(spellings(["A", "a"], .city) == [["A"], ["a"]])
    #expect(
      spellings(["Омск"], .city, ["г. Омск": "Омск", "Тверь": "?"]) == [["Омск", "г. Омск", "омск", "ОМСК"]])
    #expect(spellings(["Омск"], .attribute) == [["Омск"]])
    #expect(spellings(["1", "2"], .attribute) == [["1", "1.0"], ["2", "2.0"]])
  }
}
