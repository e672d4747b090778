public import EbbClients

/// What a forecast is made from: the clients' features, who left, and which feature means what.
public struct ForecastInput: Sendable {
  public let matrix: FeatureMatrix
  public let churned: [Bool]
  /// Names of the features with these meanings, where there are any.
  public let products: String?
  public let gender: String?
  public let age: String?
  /// Cut points of numbers that are shown in bands, by feature.
  public let cuts: [String: [Double]]
  public let setAside: [SetAsideFeature]
  /// Clients of the table these were drawn from.
  public let tableCount: Int
  /// Their rows in the table, ascending; `nil` where all of it was taken.
  public let rows: [Int]?

  public init(
    matrix: FeatureMatrix, churned: [Bool], products: String? = nil, gender: String? = nil,
    age: String? = nil,
    cuts: [String: [Double]] = [:], setAside: [SetAsideFeature] = [], tableCount: Int? = nil,
    rows: [Int]? = nil
  ) {
    self.rows = rows
    self.tableCount = tableCount ?? churned.count
    self.matrix = matrix
    self.churned = churned
    self.products = products
    self.gender = gender
    self.age = age
    self.cuts = cuts
    self.setAside = setAside
  }

  /// A client table's features, those the user wants out left out (columns or roles: "Пол", "gender"). `nil` without a
  /// churn flag.
  ///
  /// - Parameters:
  ///   - limit: from so many clients at most, a seeded draw with leavers and stayers in proportion; `nil` for all.
  public init?(
    _ clients: ClientTable, excluding: Set<String> = [], cuts: BandCuts = BandCuts(), limit: Int? = nil,
    seed: UInt64 = 1
  ) {
    guard let all = FeatureMatrix.churned(clients) else { return nil }
    let rows = limit.flatMap { TrainingSample.rows(clients, churned: all, limit: $0, seed: seed) }
    let churned = rows.map { rows in rows.map { all[$0] } } ?? all
    let (matrix, setAside) = FeatureMatrix.make(from: clients, excluding: excluding, rows: rows)
    var bands: [String: [Double]] = [:]
    for entry in clients.schema.factorEntries { bands[entry.column] = cuts.cuts(entry) }
    self.init(
      matrix: matrix, churned: churned, products: clients.schema.column(.products),
      gender: clients.schema.column(.gender), age: clients.schema.column(.age), cuts: bands,
      setAside: setAside, tableCount: all.count, rows: rows)
  }

  /// These clients in this order.
  func selecting(_ rows: [Int], cores: Int? = 1) -> ForecastInput {
    ForecastInput(
      matrix: matrix.selecting(rows, cores: cores), churned: rows.map { churned[$0] }, products: products,
      gender: gender,
      age: age, cuts: cuts, setAside: setAside, tableCount: tableCount)
  }

  /// These clients without some features.
  func without(_ features: [SetAsideFeature]) -> ForecastInput {
    if features.isEmpty { return self }
    return ForecastInput(
      matrix: matrix.excluding(Set(features.map(\.feature))), churned: churned, products: products,
      gender: gender, age: age, cuts: cuts, setAside: setAside + features, tableCount: tableCount)
  }

  func index(_ name: String?) -> Int? {
    name.flatMap { name in matrix.features.firstIndex { $0.name == name } }
  }
}
