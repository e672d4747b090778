import Foundation
import Testing

@testable import EbbWarehouse

@Suite struct SparkLaunchTests {
  @Test func whatIsSaidElsewhereIsNotOverruled() throws {
    let launch = SparkLaunch(
      master: "yarn", settings: ["spark.driver.memory=9g", "a.b=c=d"], environment: [:])
    let arguments = launch.arguments(driver: "/d.py", folder: "/f", configured: ["spark.ui.enabled"])
    #expect(arguments.starts(with: ["--name", "ebb", "--deploy-mode", "client", "--master", "yarn"]))
    #expect(arguments.suffix(6) == ["--conf", "spark.driver.memory=9g", "--conf", "a.b=c=d", "/d.py", "/f"])
    #expect(!arguments.contains { $0.hasPrefix("spark.driver.memory=2") || $0.hasPrefix("spark.ui.enabled") })
    #expect(arguments.contains("spark.ui.showConsoleProgress=false"))
  }

  @Test func theClustersConfigurationIsRead() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/ebb-conf-\(UUID())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "# spark.x 1\nspark.driver.memory  8g\n\nspark.ui.enabled=true\n".write(
      toFile: folder + "/spark-defaults.conf", atomically: true, encoding: .utf8)
    let found = SparkProgram.configured(["SPARK_CONF_DIR": folder], program: "/nowhere/bin/spark-submit")
    #expect(found.isSuperset(of: ["spark.driver.memory", "spark.ui.enabled"]) && !found.contains("spark.x"))
    #expect(SparkProgram.configured([:], program: "/nowhere/bin/spark-submit").isEmpty)
  }
}
