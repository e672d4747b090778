/// The SQL of a warehouse: how it quotes, what it calls its types.
public enum SQLDialect: String, CaseIterable, Sendable {
  /// PostgreSQL 9.4 and newer, and what grew from it (Greenplum, Citus).
  case postgresql
  /// Spark 3.2 and newer.
  case spark
}

extension SQLDialect {
  // MARK: Names

  /// A quoted name: whatever it holds, it stays a name.
  package func identifier(_ name: String) throws(SQLExportError) -> String {
    guard !name.isEmpty else { throw .emptyName(name) }
    guard !name.unicodeScalars.contains("\0") else { throw .unusableText(name) }
    switch self {
    case .postgresql: return "\"" + name.doubling("\"") + "\""
    case .spark:
      var before: Unicode.Scalar = " "
      for scalar in name.unicodeScalars {
        if before == "$", scalar == "{" { throw .unusableText(name) }
        before = scalar
      }
      return "`" + name.doubling("`") + "`"
    }
  }

  /// A table's name, each part between dots quoted.
  package func table(_ name: String) throws(SQLExportError) -> String {
    var parts: [String] = []
    for part in name.split(separator: ".", omittingEmptySubsequences: false) {
      guard !part.isEmpty else { throw .emptyName(name) }
      parts.append(try identifier(String(part)))
    }
    return parts.joined(separator: ".")
  }

  // MARK: Literals

  /// A text, right whatever the server's setting of `standard_conforming_strings`; for Spark's own parser
  /// (`spark.sql.parser.escapedStringLiterals` off, as it is unless someone turned it on).
  package func text(_ text: String) throws(SQLExportError) -> String {
    var out = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      switch (scalar, self) {
      case ("\0", _): throw .unusableText(text)
      case ("'", .postgresql): out += "''"
      case ("'", .spark): out += "\\'"
      case ("\\", _):
        isEscaped = true
        out += "\\\\"
      // Spark would take ${…} for a setting's name.
      case ("$", .spark): out += "\\u0024"
      case ("\n", .spark): out += "\\n"
      case ("\r", .spark): out += "\\r"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return (isEscaped && self == .postgresql ? " E'" : "'") + out + "'"
  }

  /// The same double when it is read back.
  package func double(_ value: Double) -> String {
    switch self {
    case .postgresql: "float8 '\(Self.short("\(value)"))'"
    case .spark: "\(value)D"
    }
  }

  /// The same single-precision number when it is read back.
  func single(_ value: Float) -> String {
    switch self {
    case .postgresql: "real '\(Self.short("\(value)"))'"
    case .spark: "float('\(Self.short("\(value)"))')"
    }
  }

  private static func short(_ number: String) -> String {
    number.hasSuffix(".0") ? String(number.dropLast(2)) : number
  }

  // MARK: Values

  /// A column as text, blanks around it dropped; NULL where nothing is left.
  func readText(_ column: String) -> String {
    "NULLIF(TRIM(CAST(\(column) AS \(self == .postgresql ? "text" : "STRING"))), '')"
  }

  /// A column as a finite double, NULL where it is none.
  func readNumber(_ column: String) -> String {
    let value =
      switch self {
      case .postgresql: "CAST(\(readText(column)) AS double precision)"
      case .spark: "TRY_CAST(\(column) AS DOUBLE)"
      }
    return ["NaN", "Infinity", "-Infinity"].reduce(value) { inner, word in
      "NULLIF(\(inner), \(self == .postgresql ? "float8 '\(word)'" : "double('\(word)')"))"
    }
  }

  func asDouble(_ expression: String) -> String {
    "CAST(\(expression) AS \(self == .postgresql ? "double precision" : "DOUBLE"))"
  }

  /// A double in single precision as XGBoost takes it: beyond the range its end, too near zero zero (PostgreSQL would
  /// refuse both).
  func asSingle(_ column: String) -> String {
    let limit = Double(Float.greatestFiniteMagnitude)
    // Half the smallest number that single precision holds.
    let tiny = Double(Float.leastNonzeroMagnitude) / 2
    return "CAST(CASE WHEN \(column) > \(double(limit)) THEN \(double(limit))"
      + " WHEN \(column) < \(double(-limit)) THEN \(double(-limit))"
      + " WHEN ABS(\(column)) <= \(double(tiny)) THEN \(double(0))"
      + " ELSE \(column) END AS \(self == .postgresql ? "real" : "FLOAT"))"
  }

  /// Ends a subquery that the planner must not merge into its reader, which would copy what it calculates to every
  /// place that uses it. Spark sees to that itself.
  var fence: String? { self == .postgresql ? "OFFSET 0" : nil }
}

extension String {
  fileprivate func doubling(_ quote: Unicode.Scalar) -> String {
    var out = ""
    for scalar in unicodeScalars {
      out.unicodeScalars.append(scalar)
      if scalar == quote { out.unicodeScalars.append(scalar) }
    }
    return out
  }
}
