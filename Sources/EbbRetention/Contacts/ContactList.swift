import EbbClients
public import EbbForecast
public import EbbSegments
import EbbTable

/// The clients of a plan, the most worthwhile first. It names clients: it goes into the contact list and nowhere else.
/// Gender and age are kept out of it, also as reasons and as rules of groups.
public struct ContactList: Sendable {
  /// One client to contact, or to hold out.
  public struct Contact: Sendable {
    /// 1 for the first.
    public let priority: Int
    /// As the table has it; the client's number in the table where it has no ids.
    public let id: String
    public let city: String?
    public let probability: Double
    public let band: RiskBands.Band
    /// At most four, the strongest first; none of them gender or age.
    public let reasons: [Reason]
    /// The first risk group the client is in whose rule uses neither gender nor age.
    public let group: RiskGroup?
    public let recommendation: Recommendation
    /// "P1" for the first recommendation of the study: its id and title may tell a client's gender or age.
    public let code: String
    public let channel: Catalogue.Channel
    /// What keeping the client is worth.
    public let value: Double
    public let cost: Double
    /// probability × effect × value − cost.
    public let gain: Double
    public let isControl: Bool
  }

  /// A chosen client before its words are looked up.
  struct Choice: Sendable {
    let row: Int
    let recommendation: Int
    let channel: Int
    let value: Double
    let cost: Double
    let gain: Double
    let isControl: Bool
  }

  public var count: Int { choices.count }
  public let recommendations: [Recommendation]
  public let channels: [Catalogue.Channel]
  /// The features that reasons speak of.
  public let features: [ModelFeature]
  /// Groups that a contact may be said to be in.
  public let groups: [RiskGroup]
  public let hasIDs: Bool
  public let hasCity: Bool

  private let choices: [Choice]
  private let clients: ClientTable
  private let probabilities: [Double]
  private let bands: RiskBands
  private let model: CalibratedModel
  private let featureNames: Set<String>
  private let excluded: Set<String>

  /// `nil` without a forecast.
  init?(
    _ choices: [Choice], clients: ClientTable, quality: DataQuality, probabilities: [Double],
    result: ForecastResult, excluding excluded: Set<String>, recommendations: Recommendations,
    groups: [RiskGroup]
  ) {
    guard let champion = result.forecast.champion, let model = result.models[champion],
      let bands = RiskBands(result.probabilities)
    else { return nil }
    self.choices = choices
    self.clients = clients
    self.probabilities = probabilities
    self.bands = bands
    self.model = model
    self.excluded = excluded
    self.recommendations = recommendations.items
    channels = recommendations.channels
    featureNames = Set(result.features.map(\.name))
    features = ModelFeature.describing(result.features, in: clients, quality: quality)
    self.groups = groups.filter { !$0.rule.isProtected }
    hasIDs = clients.schema.column(.id) != nil
    hasCity = clients.schema.column(.city) != nil
  }

  /// Contacts in order, some thousand at a time: the list may be far longer than memory should hold in words.
  /// - Throws: `TreeError`, or what `body` throws.
  public func forEachBatch(of size: Int = 8192, _ body: ([Contact]) throws -> Void) throws {
    var start = 0
    while start < choices.count {
      let end = min(start + size, choices.count)
      try body(try batch(start..<end))
      start = end
    }
  }

  /// Names a recommendation by its place in the study.
  public static func code(_ recommendation: Int) -> String { "P\(recommendation + 1)" }

  private func batch(_ range: Range<Int>) throws(TreeError) -> [Contact] {
    let chosen = choices[range]
    let part = ClientTable(table: clients.table.selecting(chosen.map(\.row)), schema: clients.schema)
    let matrix = ClientForecast.features(of: part, named: featureNames, excluding: excluded)
    let reasons = try model.fitted.reasons(
      matrix, rows: Array(0..<matrix.rowCount), leavingOut: [.protected])
    let members = groups.map { $0.rule.holds(in: part) }
    let ids = part.column(.id).map { ColumnTexts($0) }
    let cities = part.column(.city).map { ColumnTexts($0) }
    return chosen.enumerated().map { place, choice in
      Contact(
        priority: range.lowerBound + place + 1,
        id: ids.map { $0[place] ?? "" } ?? "\(choice.row + 1)",
        city: cities.flatMap { $0[place] }, probability: probabilities[choice.row],
        band: bands.band(probabilities[choice.row]), reasons: reasons[place],
        group: groups.indices.first { members[$0][place] }.map { groups[$0] },
        recommendation: recommendations[choice.recommendation], code: Self.code(choice.recommendation),
        channel: channels[choice.channel],
        value: choice.value, cost: choice.cost, gain: choice.gain, isControl: choice.isControl)
    }
  }
}
