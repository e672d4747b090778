/// Which room may import which, as `docs/architecture.md` draws it.
enum RoomMap {
  /// In the order of the data's way: a room names only rooms above it.
  static let arrows: [(room: String, imports: Set<String>)] = [
    ("CBytes", []),
    ("CMalloc", []),
    ("CZlib", []),
    ("CBoostMath", []),
    ("CXGBoost", []),
    ("CYaml", []),
    ("CXlsxWriter", []),
    ("CZip", []),
    ("CPostgres", []),
    ("CWebAssets", []),
    ("EbbTable", ["CBytes", "CZlib"]),
    ("EbbClients", ["EbbTable"]),
    ("EbbSample", ["EbbTable"]),
    ("EbbStatistics", ["CBoostMath"]),
    ("EbbEngine", ["EbbClients", "EbbTable", "EbbStatistics"]),
    ("EbbSegments", ["EbbEngine", "EbbClients", "EbbTable", "EbbStatistics"]),
    ("EbbForecast", ["EbbEngine", "EbbClients", "EbbTable", "EbbStatistics", "CXGBoost"]),
    (
      "EbbWarehouse",
      ["EbbForecast", "EbbEngine", "EbbClients", "EbbTable", "EbbStatistics", "CPostgres"]
    ),
    (
      "EbbRetention",
      ["EbbForecast", "EbbSegments", "EbbEngine", "EbbClients", "EbbTable", "EbbStatistics", "CYaml"]
    ),
    (
      "EbbStudy",
      [
        "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine", "EbbClients", "EbbTable", "EbbStatistics",
        "EbbSample",
      ]
    ),
    (
      "EbbWords",
      [
        "EbbStudy", "EbbWarehouse", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine", "EbbClients",
        "EbbTable",
        "EbbStatistics",
      ]
    ),
    (
      "EbbCharts",
      [
        "EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine", "EbbClients",
        "EbbTable", "EbbStatistics",
      ]
    ),
    (
      "EbbWorkbook",
      ["EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbTable", "CXlsxWriter"]
    ),
    (
      "EbbDeck",
      [
        "EbbCharts", "EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine",
        "EbbClients", "EbbTable", "EbbStatistics", "CZip", "CXlsxWriter",
      ]
    ),
    (
      "EbbDashboard",
      [
        "EbbCharts", "EbbWords", "EbbStudy", "EbbRetention", "EbbForecast", "EbbSegments", "EbbEngine",
        "EbbClients", "EbbTable", "EbbStatistics", "CWebAssets",
      ]
    ),
    (
      "ebb",
      [
        "EbbDashboard", "EbbDeck", "EbbWorkbook", "EbbCharts", "EbbWords", "EbbStudy", "EbbRetention",
        "EbbWarehouse", "EbbForecast", "EbbSegments",
        "EbbEngine", "EbbClients",
        "EbbTable",
        "EbbSample", "EbbStatistics", "CMalloc",
      ]
    ),
  ]

  /// What comes with Swift on Linux; every room may use it.
  static let system: Set<String> = [
    "Swift", "Foundation", "FoundationXML", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization",
  ]

  static func imports(of room: String) -> Set<String>? { arrows.first { $0.room == room }?.imports }
}
