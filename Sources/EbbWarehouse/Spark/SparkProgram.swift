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
}
