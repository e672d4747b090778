/// Where Spark finds rows, or is to put them: a table of its catalogs, or files.
enum SparkPlace: Equatable {
  /// The parts of its name.
  case table([String])
  /// - Parameter format: where the name says one.
  case files(path: String, format: String?)

  private static let formats = ["parquet", "orc", "csv", "json", "avro", "delta", "iceberg", "hudi"]

  /// `db.clients`, `/data/clients.parquet`, `s3a://bank/clients`, ``delta.`/data/clients` ``.
  init(_ name: String) {
    for format in Self.formats where name.lowercased().hasPrefix(format + ".") {
      var rest = name.dropFirst(format.count + 1)
      if rest.hasPrefix("`"), rest.hasSuffix("`"), rest.count > 2 { rest = rest.dropFirst().dropLast() }
      if rest.contains("/") {
        self = .files(path: String(rest), format: format)
        return
      }
    }
    let isQuoted = name.hasPrefix("`") || name.hasPrefix("\"")
    if name.contains("/"), !isQuoted {
      self = .files(path: name, format: Self.format(of: name))
    } else {
      self = .table(WarehouseSQL.parts(name, quotes: ["`", "\""]))
    }
  }

  /// By the ending of a file's or folder's name.
  static func format(of path: String) -> String? {
    var name = Substring(path.split(separator: "/").last ?? "").lowercased()
    for ending in [".gz", ".bz2", ".zst", ".snappy", ".zlib"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    if name.hasSuffix(".tsv") || name.hasSuffix(".txt") { return "csv" }
    return formats.first { name.hasSuffix("." + $0) }
  }

  /// A name of Spark's, whatever it holds.
  static func quoted(_ name: String) -> String { "`" + name.replacing("`", with: "``") + "`" }
}
