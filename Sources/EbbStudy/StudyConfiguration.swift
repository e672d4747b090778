public import EbbClients
public import EbbForecast
public import EbbRetention
public import EbbTable

/// Everything a user can say about a study. It is written into the study's provenance.
public struct StudyConfiguration: Sendable, Equatable {
  /// Confidence level of every interval.
  public var level: Double
  /// Significance level of every test, after correction.
  public var alpha: Double
  /// Equivalence bound of TOST and border of a negligible effect, in Cohen's d.
  public var equivalenceBound: Double
  /// Cells with fewer clients are pooled in everything that is shared.
  public var privacyThreshold: Int
  /// Which column means what, where names do not say it.
  public var mapping: RoleMapping
  public var clients: ClientOptions
  public var reading: ReadOptions
  public var forecast: ForecastOptions
  public var retention: RetentionOptions
  /// Columns or roles that the forecast must not use: "gender", "Пол".
  public var excluded: Set<String>
  /// The chapters to work out; each needs nothing of the others, but that retention needs a forecast to plan with.
  public var chapters: Set<Chapter>

  public enum Chapter: String, Sendable, Codable, CaseIterable, Hashable {
    case quality, profile, churn, segments, portraits, hypotheses, riskGroups, forecast, retention
  }

  public init(
    level: Double = 0.95, alpha: Double = 0.05, equivalenceBound: Double = 0.2, privacyThreshold: Int = 5,
    mapping: RoleMapping = RoleMapping(), clients: ClientOptions = ClientOptions(),
    reading: ReadOptions = ReadOptions(), forecast: ForecastOptions = ForecastOptions(),
    retention: RetentionOptions = RetentionOptions(),
    excluded: Set<String> = [], chapters: Set<Chapter> = Set(Chapter.allCases)
  ) {
    self.level = level
    self.alpha = alpha
    self.equivalenceBound = equivalenceBound
    self.privacyThreshold = privacyThreshold
    self.mapping = mapping
    self.clients = clients
    self.reading = reading
    self.forecast = forecast
    self.retention = retention
    self.excluded = excluded
    self.chapters = chapters
  }

  /// How many cores to use; the result does not depend on it.
  public var cores: Int? {
    get { reading.cores }
    set {
      reading.cores = newValue
      clients.cores = newValue
      forecast.cores = newValue
    }
  }
}
