import Foundation

/// The program `spark-submit`: in `SPARK_HOME`, or on the PATH.
enum SparkProgram {
  static func find(_ environment: [String: String]) throws(WarehouseError) -> String {
    let files = FileManager.default
    if let home = environment["SPARK_HOME"], !home.isEmpty {
      let program = home + "/bin/spark-submit"
      guard files.isExecutableFile(atPath: program) else { throw .noSpark(home: home) }
      return program
    }
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      let program = folder + "/spark-submit"
      if files.isExecutableFile(atPath: String(program)) { return String(program) }
    }
    throw .noSpark(home: nil)
  }

  /// Settings that the cluster's `spark-defaults.conf` has: what is said on the command line would overrule them.
  ///
  /// - Parameter program: in a folder beside which `conf` lies, unless `SPARK_CONF_DIR` says where.
  static func configured(_ environment: [String: String], program: String) -> Set<String> {
    let beside =
      URL(fileURLWithPath: program).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().path + "/conf"
    let folder = environment["SPARK_CONF_DIR"].flatMap { $0.isEmpty ? nil : $0 } ?? beside
    let text = (try? String(contentsOfFile: folder + "/spark-defaults.conf", encoding: .utf8)) ?? ""
    return Set(
      text.split(whereSeparator: \.isNewline).compactMap { line in
        line.split { $0 == " " || $0 == "\t" || $0 == "=" }.first.map(String.init)
      })
  }
}
