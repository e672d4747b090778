public import EbbClients
import EbbEngine
import EbbStatistics
public import EbbTable

/// What one column holds.
public struct ColumnProfile: Sendable, Codable, Equatable {
  /// Figures of the present values; a flag counts as 0 and 1.
  public struct Numbers: Sendable, Codable, Equatable {
    public let n: Int
    public let minimum: Double?
    public let maximum: Double?
    public let mean: Double?
    /// ddof = 1.
    public let standardDeviation: Double?
    public let sum: Double
    /// Type-7 quantiles.
    public let p01: Double?
    public let p05: Double?
    public let q25: Double?
    public let median: Double?
    public let q75: Double?
    public let p95: Double?
    public let p99: Double?
    /// Bias-corrected, as `scipy.stats.skew(bias=False)`.
    public let skewness: Double?
    /// Excess, bias-corrected, as `scipy.stats.kurtosis(bias=False)`.
    public let kurtosis: Double?
    public let zeros: Int
    /// Values outside [q25 − 1.5·IQR, q75 + 1.5·IQR].
    public let tukeyOutliers: Int?
  }
  public struct Count: Sendable, Codable, Equatable {
    public let value: String
    public let count: Int
    /// Of all rows.
    public let share: Double
  }

  public let column: String
  public let role: Role
  public let kind: Column.Kind
  public let missing: Int
  public let missingShare: Double
  public let distinct: Int?
  /// `nil` for texts, and where fewer than the privacy threshold are present.
  public let numbers: Numbers?
  /// Most frequent first, at most `countLimit`; the rest and those of too few clients together as "pooled".
  public let counts: [Count]

  static let countLimit = 50
  static let probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]

  private static func isNumber(_ entry: ClientSchema.Entry) -> Bool {
    switch entry.kind {
    case .integer, .decimal, .real, .flag: true
    case .category, .text, .empty: false
    }
  }

  /// Bins at the fences and around zero tell outliers and zeros; the fences are known only afterwards, so the counts come
  /// from a second question (`followUp`).
  static func questions(
    _ entry: ClientSchema.Entry, _ schema: ClientSchema, levels: Set<String>
  ) -> Set<Question> {
    var questions: Set<Question> = []
    if isNumber(entry) {
      questions.insert(.moments(of: entry.column, by: []))
      questions.insert(.quantiles(of: entry.column, by: [], probabilities: probabilities))
      questions.insert(.distinct(of: entry.column))
      questions.insert(zeroQuestion(entry))
    }
    if entry.role == .churn || levels.contains(entry.column),
      ChurnAttributes.isCountable(entry.column, schema)
    {
      questions.insert(.counts(by: [Grouping(entry.column)]))
    }
    return questions
  }

  private static func zeroQuestion(_ entry: ClientSchema.Entry) -> Question {
    .histogram(of: entry.column, edges: [0, 0], by: [])
  }

  private static func fenceQuestion(_ column: String, _ q25: Double, _ q75: Double) -> Question? {
    let reach = 1.5 * (q75 - q25)
    guard reach.isFinite, (q25 - reach).isFinite, (q75 + reach).isFinite else { return nil }
    return .histogram(of: column, edges: [q25 - reach, q75 + reach], by: [])
  }

  static func followUp(for schema: ClientSchema, _ answers: Answers) -> Set<Question> {
    var questions: Set<Question> = []
    for entry in schema.entries where isNumber(entry) {
      guard let (q25, q75) = quartiles(entry.column, answers),
        let question = fenceQuestion(entry.column, q25, q75)
      else { continue }
      questions.insert(question)
    }
    return questions
  }

  private static func quartiles(_ column: String, _ answers: Answers) -> (Double, Double)? {
    guard case .quantiles(let cells)? = answers[.quantiles(of: column, by: [], probabilities: probabilities)],
      let values = cells.values.first, let values
    else { return nil }
    return (values[2], values[4])
  }

  init(
    _ entry: ClientSchema.Entry, _ answers: Answers, _ schema: ClientSchema, rows: Int, data: DataQuality,
    threshold: Int
  ) {
    let known = data.columns.first { $0.column == entry.column }
    column = entry.column
    role = entry.role
    kind = entry.kind
    missing = known?.missing ?? 0
    missingShare = rows > 0 ? Double(known?.missing ?? 0) / Double(rows) : 0
    if case .distinct(let count)? = answers[.distinct(of: entry.column)] {
      distinct = count
    } else {
      distinct = entry.distinct
    }
    numbers = Self.isNumber(entry) ? Self.numbers(entry, answers, threshold: threshold) : nil
    counts = Self.counts(entry, answers, rows: rows, threshold: threshold)
  }

  private static func numbers(_ entry: ClientSchema.Entry, _ answers: Answers, threshold: Int) -> Numbers? {
    guard case .moments(let cells)? = answers[.moments(of: entry.column, by: [])], let m = cells.values.first,
      m.n > 0, m.n >= threshold
    else { return nil }
    var q: [Double] = []
    if case .quantiles(let found)? = answers[
      .quantiles(of: entry.column, by: [], probabilities: probabilities)],
      let values = found.values.first, let values
    {
      q = values
    }
    func quantile(_ index: Int) -> Double? { q.count > index ? q[index] : nil }
    func inside(_ question: Question?) -> Int? {
      guard let question, case .histogram(let histogram)? = answers[question] else { return nil }
      return histogram.counts.first?.first
    }
    let fence = quartiles(entry.column, answers).flatMap { fenceQuestion(entry.column, $0.0, $0.1) }
    return Numbers(
      n: m.n, minimum: m.minimum, maximum: m.maximum, mean: m.mean, standardDeviation: m.standardDeviation,
      sum: m.sum, p01: quantile(0), p05: quantile(1), q25: quantile(2), median: quantile(3), q75: quantile(4),
      p95: quantile(5), p99: quantile(6), skewness: EbbStatistics.skewness(m),
      kurtosis: excessKurtosis(m), zeros: inside(zeroQuestion(entry)) ?? 0,
      tukeyOutliers: inside(fence).map { m.n - $0 })
  }

  private static func counts(
    _ entry: ClientSchema.Entry, _ answers: Answers, rows: Int, threshold: Int
  ) -> [Count] {
    guard case .counts(let cells)? = answers[.counts(by: [Grouping(entry.column)])] else { return [] }
    let present = cells.axes[0].indices.filter { !cells.axes[0][$0].isMissing }
    let n = present.map { cells.counts[$0] }
    let pooling = PrivacyPooling(n, threshold: threshold)
    let frequent = pooling.shown.sorted { (n[$1], $0) < (n[$0], $1) }
    func count(_ value: String, _ count: Int) -> Count {
      Count(value: value, count: count, share: rows > 0 ? Double(count) / Double(rows) : 0)
    }
    var counts = frequent.prefix(countLimit).map {
      count(ComparisonValue(cells.axes[0][present[$0]]).value, n[$0])
    }
    let rest =
      frequent.dropFirst(countLimit).reduce(0) { $0 + n[$1] } + pooling.pooled.reduce(0) { $0 + n[$1] }
    if rest > 0 { counts.append(count("pooled", rest)) }
    return counts
  }
}
