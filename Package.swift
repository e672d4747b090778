// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A room: a library target, its README kept out of the build.
func room(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: ["README.md"], resources: resources,
    swiftSettings: strict)
}

/// A room's tests; `also` names what the tests need beyond the room itself.
func tests(
  _ name: String, also: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.init(stringLiteral: name)] + also, exclude: exclude,
    resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "ebb",
  products: [.executable(name: "ebb", targets: ["ebb"])],
  targets: [
    // Doors to C and C++ libraries
    .target(
      name: "CBoostMath", exclude: ["README.md"], cxxSettings: [.unsafeFlags(["-O2"])],
      linkerSettings: [.linkedLibrary("m"), .linkedLibrary("stdc++")]),
    .target(
      name: "CWebAssets", exclude: ["README.md"],
      linkerSettings: [.linkedLibrary("crypto"), .linkedLibrary("z")]),
    .systemLibrary(name: "CBytes"),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CXGBoost", providers: [.apt(["libxgboost-dev"])]),
    .systemLibrary(name: "CYaml", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CXlsxWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),

    // Rooms, in the order of the data's way
    room("EbbTable", ["CBytes", "CZlib"]),
    room("EbbClients", ["EbbTable"]),
    room("EbbSample", ["EbbTable"]),
    room("EbbStatistics", ["CBoostMath"]),
    room("EbbEngine", ["EbbClients", "EbbTable", "EbbStatistics"]),
    room("EbbSegments", ["EbbEngine", "EbbClients", "EbbTable", "EbbStatistics"]),
    room("EbbForecast", ["EbbEngine", "EbbClients", "EbbTable", "EbbStatistics", "CXGBoost"]),
    room(
      "EbbWarehouse",
      ["EbbForecast", "EbbEngine", "EbbClients", "EbbTable", "EbbStatistics", "CPostgres"],
      resources: [.embedInCode("Spark/driver.py")]),
    room(
      "EbbRetention",
      [
        "EbbForecast", "EbbSegments", "EbbEngine", "EbbClients", "EbbTable", "EbbStatistics", "CYaml",
      ], resources: [.embedInCode("Catalogue/catalogue.yaml")]),
    room(
      "EbbStudy",
      [
        "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine", "EbbClients", "EbbTable", "EbbStatistics",
        "EbbSample",
      ]),
    room(
      "EbbWords",
      [
        "EbbStudy", "EbbWarehouse", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine", "EbbClients",
        "EbbTable",
        "EbbStatistics",
      ]),
    room(
      "EbbCharts",
      [
        "EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine", "EbbClients",
        "EbbTable", "EbbStatistics",
      ]),
    .target(
      name: "EbbDashboard",
      dependencies: [
        "EbbCharts", "EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine",
        "EbbClients", "EbbTable", "EbbStatistics", "CWebAssets",
      ], exclude: ["README.md", "Page"], swiftSettings: strict),
    room(
      "EbbWorkbook",
      [
        "EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbTable", "CXlsxWriter",
      ]),
    room(
      "EbbDeck",
      [
        "EbbCharts", "EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine",
        "EbbClients", "EbbTable", "EbbStatistics", "CZip", "CXlsxWriter",
      ]),
    .executableTarget(
      name: "ebb",
      dependencies: [
        "EbbDashboard", "EbbDeck", "EbbWorkbook", "EbbCharts", "EbbWords", "EbbStudy", "EbbRetention",
        "EbbWarehouse", "EbbForecast", "EbbSegments",
        "EbbEngine",
        "EbbClients", "EbbTable", "EbbSample", "EbbStatistics", "CMalloc",
      ],
      exclude: ["README.md"], swiftSettings: strict),

    // Tests
    tests("EbbTable", exclude: ["FuzzFindings"]),
    tests("EbbClients", also: ["EbbTable"]),
    tests("EbbSample", also: ["EbbTable"]),
    tests("EbbStatistics", exclude: ["Golden"]),
    tests("EbbEngine", also: ["EbbClients", "EbbTable", "EbbStatistics"]),
    tests("EbbSegments", also: ["EbbEngine", "EbbClients", "EbbTable", "EbbStatistics"]),
    tests("EbbForecast", also: ["EbbEngine", "EbbClients", "EbbTable", "EbbStatistics"]),
    tests("EbbWarehouse", also: ["EbbForecast", "EbbEngine", "EbbClients", "EbbTable", "EbbStatistics"]),
    tests(
      "EbbRetention",
      also: ["EbbForecast", "EbbSegments", "EbbEngine", "EbbClients", "EbbTable", "EbbStatistics"]),
    tests(
      "EbbStudy",
      also: [
        "EbbSample", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine", "EbbClients", "EbbTable",
        "EbbStatistics",
      ]),
    tests(
      "EbbWords",
      also: [
        "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbClients", "EbbTable", "EbbStatistics",
      ]),
    tests(
      "EbbCharts",
      also: ["EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbClients", "EbbTable"]),
    tests("EbbWorkbook", also: ["EbbTable"]),
    tests(
      "EbbDeck",
      also: [
        "EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine", "EbbClients",
        "EbbTable",
        "EbbStatistics",
      ]),
    tests(
      "EbbDashboard",
      also: [
        "EbbCharts", "EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine",
        "EbbClients", "EbbTable", "EbbSample", "EbbStatistics",
      ]),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    // Tests/Python runs the built `ebb` as its users do.
    .testTarget(name: "ebbTests", dependencies: ["ebb", "EbbWords", "EbbTable"], swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
