/// How a Spark application is started: by the cluster's own `spark-submit`.
public struct SparkLaunch: Sendable, Equatable {
  /// `--master`; `nil` for what the cluster's configuration says.
  public var master: String?
  /// `--conf`, each `key=value`.
  public var settings: [String]
  /// Where `spark-submit` is looked for: `SPARK_HOME`, `PATH`.
  public var environment: [String: String]

  public init(master: String? = nil, settings: [String] = [], environment: [String: String]) {
    self.master = master
    self.settings = settings
    self.environment = environment
  }

  /// What Ebb sets where the user says nothing.
  private static let defaults = [
    "spark.ui.enabled=false", "spark.ui.showConsoleProgress=false", "spark.driver.memory=2g",
    "spark.sql.adaptive.enabled=true",
  ]

  /// Everything after the program's name.
  ///
  /// - Parameter configured: settings that the cluster's configuration has.
  func arguments(driver: String, folder: String, configured: Set<String>) -> [String] {
    let said = configured.union(settings.map { String($0.prefix { $0 != "=" }) })
    let own = Self.defaults.filter { !said.contains(String($0.prefix { $0 != "=" })) }
    var arguments = ["--name", "ebb", "--deploy-mode", "client"]
    if let master { arguments += ["--master", master] }
    for setting in own + settings { arguments += ["--conf", setting] }
    return arguments + [driver, folder]
  }

  /// Parts that rows are shuffled into where the cluster's configuration says nothing: a small table's answers are not
  /// worth hundreds of tasks, and of too many parts Spark joins small ones.
  static func partitions(rows: Int) -> Int { min(2000, max(4, rows / 100_000)) }

  /// What a session must have for figures to be right, whatever the cluster's configuration says.
  static let session = [
    // What overflows or is no number is an error, never a wrong figure.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.csv.parser.columnPruning.enabled": "false",
    // Texts and names are quoted for these.
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.parser.quotedRegexColumnNames": "false",
    "spark.sql.variable.substitute": "false",
  ]
}
