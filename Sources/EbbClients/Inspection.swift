public import EbbTable

/// How a file is going to be read, before any study: dialect, columns with kind and role, rows, rejected rows, and
/// for every decision what it rests on.
public struct Inspection: Sendable, Equatable {
  public struct Column: Sendable, Codable, Equatable {
    /// Trimmed, look-alike letters repaired, never empty (`column 3`), each one different (`age`, `age 2`).
    public let name: String
    /// Exactly as in the file; `nil` without a heading.
    public let heading: String?
    public let kind: EbbTable.Column.Kind
    public let role: Role
    public let roleReason: ClientSchema.Reason
    /// Decimals kept exactly, for `decimal`.
    public let scale: Int
    public let unit: String?
    /// What numbers are multiplied by because of the unit.
    public let multiplier: Int
    public let missing: Int
    /// Of numbers, units applied.
    public let range: ColumnSurvey.Range?
    /// Different texts; `nil` for numbers and where there are more than `ColumnSurvey.levelLimit`.
    public let distinct: Int?
    /// The most frequent texts.
    public let levels: [ColumnSurvey.Level]
    /// Decisions about this column and what they rest on.
    public let why: [Guess]
  }

  public let source: String
  /// Size on disk, where there is one.
  public let byteCount: Int?
  public let dialect: Dialect
  /// Decisions about the file as a whole.
  public let why: [Guess]
  public let columns: [Column]
  public let ambiguousRoles: [AmbiguousRole]
  /// Usable rows.
  public let rowCount: Int
  /// `false`: only the beginning of a long file was read, and counts are about it.
  public let isWhole: Bool
  /// The first rows, exactly as read, in the order of the columns.
  public let rows: [[String]]
  public let rejectedCount: Int
  public let rejected: [RejectedRow]
  public let totals: [RejectedRow]

  /// Detects, reads and sums up `source`.
  ///
  /// Errors: `TableError` where there is no table to speak of; `ClientError` where `mapping` names what is not there.
  public static func make(
    _ source: ByteSource, options: ReadOptions = ReadOptions(), mapping: RoleMapping = RoleMapping(),
    limits: TableSurvey.Limits = TableSurvey.Limits()
  ) throws -> Inspection {
    let reading = try Reading.detect(source, options: options)
    let survey = try TableSurvey.make(source, reading: reading, limits: limits)
    let roles = try RoleMatcher.match(headings: reading.columns.map(\.name), mapping: mapping)
    return Inspection(source: source, survey: survey, roles: roles)
  }

  init(source: ByteSource, survey: TableSurvey, roles: RoleAssignments) {
    self.source = source.path
    byteCount = source.fileSize
    dialect = survey.reading.dialect
    why = survey.reading.guesses.filter { $0.column == nil }
    var byColumn: [String: [Guess]] = [:]
    for guess in survey.reading.guesses {
      if let column = guess.column { byColumn[column, default: []].append(guess) }
    }
    columns = survey.columns.enumerated().map { index, column in
      // What is called a row number but holds no whole numbers is an attribute like any other.
      let isMisnamed = roles.columns[index].reason == .rowNumber && column.kind != .integer
      return Column(
        name: column.name, heading: column.heading, kind: column.kind,
        role: isMisnamed ? .attribute : roles.columns[index].role,
        roleReason: isMisnamed ? .plainAttribute : roles.columns[index].reason, scale: column.scale,
        unit: column.unit,
        multiplier: column.multiplier, missing: column.missing, range: column.range,
        distinct: column.distinct, levels: column.levels, why: byColumn[column.name] ?? [])
    }
    ambiguousRoles = roles.ambiguous
    rowCount = survey.rowCount
    isWhole = survey.isWhole
    rows = survey.rows
    rejectedCount = survey.rejectedCount
    rejected = survey.rejected
    totals = survey.totals
  }
}

/// Rows are written as objects of column name and text.
extension Inspection: Codable {
  private enum CodingKeys: String, CodingKey {
    case source, byteCount, dialect, why, columns, ambiguousRoles, rowCount, isWhole, rows, rejectedCount,
      rejected, totals
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    source = try container.decode(String.self, forKey: .source)
    byteCount = try container.decodeIfPresent(Int.self, forKey: .byteCount)
    dialect = try container.decode(Dialect.self, forKey: .dialect)
    why = try container.decode([Guess].self, forKey: .why)
    let columns = try container.decode([Column].self, forKey: .columns)
    self.columns = columns
    ambiguousRoles = try container.decode([AmbiguousRole].self, forKey: .ambiguousRoles)
    rowCount = try container.decode(Int.self, forKey: .rowCount)
    isWhole = try container.decode(Bool.self, forKey: .isWhole)
    let objects = try container.decode([[String: String]].self, forKey: .rows)
    rows = objects.map { object in columns.map { object[$0.name] ?? "" } }
    rejectedCount = try container.decode(Int.self, forKey: .rejectedCount)
    rejected = try container.decode([RejectedRow].self, forKey: .rejected)
    totals = try container.decode([RejectedRow].self, forKey: .totals)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(source, forKey: .source)
    try container.encodeIfPresent(byteCount, forKey: .byteCount)
    try container.encode(dialect, forKey: .dialect)
    try container.encode(why, forKey: .why)
    try container.encode(columns, forKey: .columns)
    try container.encode(ambiguousRoles, forKey: .ambiguousRoles)
    try container.encode(rowCount, forKey: .rowCount)
    try container.encode(isWhole, forKey: .isWhole)
    let objects = rows.map { row in
      Dictionary(zip(columns.map(\.name), row), uniquingKeysWith: { first, _ in first })
    }
    try container.encode(objects, forKey: .rows)
    try container.encode(rejectedCount, forKey: .rejectedCount)
    try container.encode(rejected, forKey: .rejected)
    try container.encode(totals, forKey: .totals)
  }
}
