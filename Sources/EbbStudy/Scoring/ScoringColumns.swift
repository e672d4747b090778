public import EbbClients
public import EbbForecast
public import EbbTable

/// The table lacks columns without which a model's forecast means little.
public struct MissingColumns: Error, Sendable, Equatable {
  public let missing: [String]
  /// The missing features' share of all features' importance.
  public let share: Double
  public let headings: [String]
}

/// Which columns of a table a saved model needs, found by what they are called and mean.
public struct ScoringColumns: Sendable {
  /// Missing features may carry this share of the importance at most.
  public static let largestMissingShare = 0.5

  public let reading: Reading
  public let features: FeatureReading
  /// The column that names clients.
  public let id: Int?
  /// Features without a column, in the model's order.
  public let missing: [ModelFeature]

  /// - Throws: `MissingColumns` where no feature is there, or, unless `allowsMissing`, too little of what matters;
  ///   `ClientError` for a wrong mapping.
  public init(
    _ reading: Reading, _ manifest: SavedModel.Manifest, mapping: RoleMapping = RoleMapping(),
    allowsMissing: Bool = false
  ) throws {
    self.reading = reading
    let headings = reading.columns.map(\.name)
    let wanted = manifest.features.map { (name: $0.name, role: $0.role) }
    let found = try ColumnFinder.find(
      wanted + [(name: manifest.id ?? "", role: Role.id)], in: headings, mapping: mapping)
    id = found.last ?? nil
    features = FeatureReading(manifest.features, columns: Array(found.dropLast()))
    missing = zip(manifest.features, found).filter { $0.1 == nil }.map(\.0)
    let share = missing.reduce(0) { $0 + (manifest.importance[$1.name] ?? 0) }
    if missing.count == manifest.features.count || share > Self.largestMissingShare && !allowsMissing {
      throw MissingColumns(missing: missing.map(\.name), share: share, headings: headings)
    }
  }

  /// How columns have to be read, by name.
  public var kinds: [String: Column.Kind] { features.kinds(reading) }

  /// The id is passed on as the text it is.
  public var verbatim: Set<String> { id.map { [reading.columns[$0].name] } ?? [] }

  /// Columns nobody asks for.
  public var skipped: Set<String> {
    let used = Set(features.columns.compactMap(\.self) + (id.map { [$0] } ?? []))
    return Set(reading.columns.indices.filter { !used.contains($0) }.map { reading.columns[$0].name })
  }

  /// Headings are in Cyrillic: the reader most likely is too.
  public var isCyrillic: Bool {
    reading.headings.contains(where: Cyrillic.isIn)
  }
}
