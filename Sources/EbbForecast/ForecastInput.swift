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

  public init(
    matrix: FeatureMatrix, churned: [Bool], products: String? = nil, gender: String? = nil,
    age: String? = nil,
    cuts: [String: [Double]] = [:], setAside: [SetAsideFeature] = []
  ) {
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
  public init?(_ clients: ClientTable, excluding: Set<String> = [], cuts: BandCuts = BandCuts()) {
    guard let churned = FeatureMatrix.churned(clients) else { return nil }
    let (matrix, setAside) = FeatureMatrix.make(from: clients, excluding: excluding)
    var bands: [String: [Double]] = [:]
    for entry in clients.schema.factorEntries { bands[entry.column] = cuts.cuts(entry) }
    self.init(
      matrix: matrix, churned: churned, products: clients.schema.column(.products),
      gender: clients.schema.column(.gender), age: clients.schema.column(.age), cuts: bands,
      setAside: setAside)
  }

  /// These clients in this order, without some features.
  func selecting(_ rows: [Int], without: [SetAsideFeature]) -> ForecastInput {
    ForecastInput(
      matrix: matrix.selecting(rows).excluding(Set(without.map(\.feature))),
      churned: rows.map { churned[$0] },
      products: products, gender: gender, age: age, cuts: cuts, setAside: setAside + without)
  }

  func index(_ name: String?) -> Int? {
    name.flatMap { name in matrix.features.firstIndex { $0.name == name } }
  }
}
