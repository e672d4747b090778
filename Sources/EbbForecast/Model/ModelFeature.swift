public import EbbClients
import EbbTable

/// A feature as a model on disk knows it: what it is, how its column's texts are taken, and what was seen in training.
public struct ModelFeature: Sendable, Codable, Equatable {
  /// Its name is the column's name in the training table.
  public let feature: FeatureMatrix.Feature
  public let role: Role
  /// Of a column of yes and no: the texts. Such a feature is a number, 1 for yes.
  public let yes: String?
  public let no: String?
  /// Zero means that there is none: a balance without an account.
  public let zeroIsMissing: Bool
  /// Smallest and largest number seen; `nil` for categories and where none was.
  public let low: Double?
  public let high: Double?
  /// Whether some clients of the training table missed it.
  public let hadMissing: Bool
  /// Other spellings of levels, by the level they stand for: "г. Омск" → "Омск".
  public let spellings: [String: String]

  public var name: String { feature.name }

  public init(
    feature: FeatureMatrix.Feature, role: Role, yes: String? = nil, no: String? = nil,
    zeroIsMissing: Bool = false,
    low: Double? = nil, high: Double? = nil, hadMissing: Bool = false, spellings: [String: String] = [:]
  ) {
    self.feature = feature
    self.role = role
    self.yes = yes
    self.no = no
    self.zeroIsMissing = zeroIsMissing
    self.low = low
    self.high = high
    self.hadMissing = hadMissing
    self.spellings = spellings
  }
}

extension ModelFeature {
  /// The features of a fitted model, with what their columns held.
  public static func describing(
    _ features: [FeatureMatrix.Feature], in clients: ClientTable, quality: DataQuality
  ) -> [ModelFeature] {
    features.map { feature in
      let entry = clients.schema.entries.first { $0.column == feature.name }
      let column = clients.table.column(named: feature.name)
      let isNumber = feature.kind == .number
      // Of every client, also where the model learnt from some.
      let present =
        isNumber
        ? column.map { FeatureMatrix.values($0, rowCount: clients.table.rowCount).filter { !$0.isNaN } } ?? []
        : []
      var words: (yes: String, no: String)?
      if entry?.kind == .flag, let column,
        case .codes(_, let levels) = column.storage, levels.texts.count == 2
      {
        let positive = levels.positive ?? 1
        words = (levels.texts[positive], levels.texts[1 - positive])
      }
      var spellings: [String: String] = [:]
      for merge in quality.spellingMerges where merge.column == feature.name {
        for other in merge.merged { spellings[other.text] = merge.kept }
      }
      return ModelFeature(
        feature: feature, role: entry?.role ?? .attribute, yes: words?.yes, no: words?.no,
        zeroIsMissing: quality.zeroBalance.map { $0.column == feature.name && $0.madeMissing } ?? false,
        low: present.min(), high: present.max(),
        hadMissing: column.map { $0.missingCount > 0 } ?? false, spellings: spellings)
    }
  }
}
