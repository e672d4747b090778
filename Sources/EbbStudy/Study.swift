public import EbbClients
public import EbbForecast
public import EbbRetention
public import EbbSegments
import EbbTable

/// The finished study: the one contract between analysis and everything that shows it. Renderers read it and
/// calculate nothing. It holds figures and names of levels; no sentence, no client's row.
///
/// A chapter that was not asked for is `nil`. Written as `study.json`; every key is explained in `docs/study.md`.
public struct Study: Sendable, Codable, Equatable {
  public let schema: StudySchema
  public let provenance: Provenance
  public let quality: QualityChapter?
  public let profile: Profile?
  public let churn: Churn?
  public let segments: Segments?
  public let portraits: Portraits?
  public let hypotheses: Hypotheses?
  public let forecast: Forecast?
  public let riskGroups: RiskGroups?
  public let recommendations: Recommendations?
  public let plan: RetentionPlan?
  /// One for each recommendation that contacts clients.
  public let experiments: [ExperimentDesign]?
  /// What is worth saying first, in order.
  public let findings: [Finding]

  /// Headings or values are in Cyrillic: the reader most likely is too.
  public var isCyrillic: Bool {
    provenance.headings.contains(where: Cyrillic.isIn)
      || (churn?.by ?? []).contains { by in by.levels.contains { Cyrillic.isIn($0.value) } }
  }
}

/// The version of this file's form, and what the table's columns were taken for.
public struct StudySchema: Sendable, Codable, Equatable {
  /// Readers refuse a newer form than they know.
  public static let currentVersion = 1

  public let version: Int
  /// Clients studied.
  public let clients: Int
  /// In canonical order, whatever the order in the file.
  public let columns: [ClientSchema.Entry]

  public init(_ clients: ClientTable) {
    version = Self.currentVersion
    self.clients = clients.table.rowCount
    columns = clients.schema.entries
  }
}
