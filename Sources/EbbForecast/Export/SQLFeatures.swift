import EbbClients

/// A model's features as columns of a statement: read from the table, then made what the model knows, as
/// `FeatureReading` does it for files.
struct SQLFeatures {
  /// How precisely numbers are compared, and what a level is that training never met.
  enum Use {
    /// Double precision; a code of its own.
    case scorecard
    /// Single precision; missing.
    case trees
  }

  let features: [ModelFeature]
  /// Those that the model asks, ascending.
  let used: [Int]
  let use: Use
  let dialect: SQLDialect

  /// A plain name for a feature's column, with what its own name has of ASCII: `f1_age`.
  func name(_ feature: Int) -> String { Self.name("f", feature, features[feature].name) }

  static func name(_ letter: String, _ index: Int, _ text: String) -> String {
    var plain = ""
    for scalar in text.unicodeScalars where scalar.isASCII && plain.count < 20 {
      if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        plain += String(scalar).lowercased()
      } else if !plain.isEmpty, plain.last != "_" {
        plain += "_"
      }
    }
    return "\(letter)\(index + 1)" + (plain.isEmpty ? "" : "_" + plain)
  }

  private func isNumber(_ feature: ModelFeature) -> Bool {
    feature.feature.kind == .number && feature.yes == nil
  }

  /// Columns as the table holds them: numbers and texts.
  ///
  /// - Parameter columns: the table's name of a feature's column, where it is not the feature's own.
  func reading(_ columns: [String: String]) throws(SQLExportError) -> [SQLStages.Column] {
    var out: [SQLStages.Column] = []
    for index in used {
      let feature = features[index]
      let column = try dialect.identifier(columns[feature.name] ?? feature.name)
      var value = isNumber(feature) ? dialect.readNumber(column) : dialect.readText(column)
      if isNumber(feature), feature.zeroIsMissing { value = "NULLIF(\(value), \(dialect.double(0)))" }
      out.append(.init(name(index), value))
    }
    return out
  }

  /// The same columns as the model takes them: numbers in its precision, 1 and 0 for yes and no, codes of levels.
  func meaning() throws(SQLExportError) -> [SQLStages.Column] {
    var out: [SQLStages.Column] = []
    for index in used {
      let (feature, column) = (features[index], name(index))
      if isNumber(feature) {
        out.append(.init(column, use == .trees ? dialect.asSingle(column) : column))
      } else if feature.feature.kind == .number {
        out.append(.init(column, try flag(feature, column)))
      } else {
        out.append(.init(column, try codes(feature, column)))
      }
    }
    return out
  }

  /// Carried on by later steps.
  var carried: [SQLStages.Column] { used.map { .init(name($0)) } }

  private func list(_ texts: [String]) throws(SQLExportError) -> String {
    var quoted: [String] = []
    for text in texts { quoted.append(try dialect.text(text)) }
    return quoted.joined(separator: ", ")
  }

  private func flag(_ feature: ModelFeature, _ column: String) throws(SQLExportError) -> String {
    let yes = use == .trees ? dialect.single(1) : dialect.double(1)
    let no = use == .trees ? dialect.single(0) : dialect.double(0)
    var text = "CASE"
    if let word = feature.yes { text += " WHEN \(column) = \(try dialect.text(word)) THEN \(yes)" }
    if let word = feature.no { text += " WHEN \(column) = \(try dialect.text(word)) THEN \(no)" }
    text += " WHEN LOWER(\(column)) IN (\(try list(Self.anyCase(FlagWord.yes + ["+"])))) THEN \(yes)"
    text += " WHEN LOWER(\(column)) IN (\(try list(Self.anyCase(FlagWord.no)))) THEN \(no)"
    return text + " END"
  }

  /// Some servers' LOWER leaves all but Latin letters as they are.
  private static func anyCase(_ words: [String]) -> [String] {
    words.flatMap { word -> [String] in
      word.utf8.allSatisfy { $0 < 128 }
        ? [word] : [word, word.prefix(1).uppercased() + word.dropFirst(), word.uppercased()]
    }
  }

  private func codes(_ feature: ModelFeature, _ column: String) throws(SQLExportError) -> String {
    let spellings = Self.spellings(feature)
    var text = "CASE"
    if use == .scorecard { text += " WHEN \(column) IS NULL THEN NULL" }
    for (code, texts) in spellings.enumerated() where !texts.isEmpty {
      text += " WHEN \(column) IN (\(try list(texts))) THEN \(code)"
    }
    if spellings.allSatisfy(\.isEmpty) { text += " WHEN \(column) IS NULL THEN CAST(NULL AS integer)" }
    return text + (use == .scorecard ? " ELSE \(spellings.count)" : "") + " END"
  }

  /// By code, every text that stands for the level: its own, the spellings the training table had, and for cities and
  /// genders the level in small and in capital letters; for levels that are whole numbers also `3.0`.
  static func spellings(_ feature: ModelFeature) -> [[String]] {
    let levels = feature.feature.levels
    var out = levels.map { _ in [String]() }
    var taken: Set<String> = []
    func add(_ text: String, _ code: Int) {
      // As the table's texts are read.
      var text = text[...]
      while text.first == " " { text.removeFirst() }
      while text.last == " " { text.removeLast() }
      if !text.isEmpty, taken.insert(String(text)).inserted { out[code].append(String(text)) }
    }
    for (code, level) in levels.enumerated() { add(level, code) }
    for (spelling, level) in feature.spellings.sorted(by: { $0.key < $1.key }) {
      if let code = levels.firstIndex(of: level) { add(spelling, code) }
    }
    if feature.role == .city || feature.role == .gender {
      for (code, level) in levels.enumerated() {
        for text in [level.lowercased(), level.uppercased()] { add(text, code) }
      }
    }
    if levels.allSatisfy({ Int($0) != nil }) {
      for (code, level) in levels.enumerated() { add(level + ".0", code) }
    }
    return out
  }
}
