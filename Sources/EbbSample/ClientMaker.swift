/// Makes the client of any row.
///
/// City, gender, age, score, objects, card and income are drawn by themselves; products depend on the city, activity
/// on age, a missing balance on city and products; leaving depends on products, city, gender, age, activity and
/// slightly on score, by multiplied odds.
struct ClientMaker: Sendable {
  private let parameters = SampleParameters()
  private let idOffset: UInt64
  private let city, gender, age, score, objects, products: RandomWords.Stream
  private let hasBalance, balance, card, activity, salary, churn, surname: RandomWords.Stream
  private let cityShares, ageShares, objectShares: [Double]
  private let productShares: [[Double]]
  /// Odds by age, from the youngest, and by score, from the lowest.
  private let ageOdds, scoreOdds: [Double]

  init(seed: UInt64) {
    let words = RandomWords(seed: seed)
    idOffset = Draw.below(Self.idCycle, RandomWords.start(seed: seed, number: 0))
    city = words.stream(.city)
    gender = words.stream(.gender)
    age = words.stream(.age)
    score = words.stream(.score)
    objects = words.stream(.objects)
    products = words.stream(.products)
    hasBalance = words.stream(.hasBalance)
    balance = words.stream(.balance)
    card = words.stream(.card)
    activity = words.stream(.activity)
    salary = words.stream(.salary)
    churn = words.stream(.churn)
    surname = words.stream(.surname)
    cityShares = Draw.runningShares(parameters.cities)
    ageShares = Draw.runningShares(parameters.ages.map { [curve = parameters.ageWeights] age in curve(age) })
    objectShares = Draw.runningShares(parameters.objects)
    productShares = [
      Draw.runningShares(parameters.products), Draw.runningShares(parameters.productsWhereLeaving),
    ]
    ageOdds = parameters.ages.map { [curve = parameters.oddsByAge] age in curve(age) }
    scoreOdds = parameters.scores.map { [curve = parameters.oddsByScore] score in curve(score) }
  }

  func client(row: Int) -> MadeUpClient {
    let city = SampleParameters.City(rawValue: Draw.choice(cityShares, city[row])) ?? .leaving
    let isLeaving = city == .leaving
    let isWoman = Draw.happens(parameters.women, gender[row])
    let age = parameters.ages.lowerBound + Draw.choice(ageShares, age[row])
    let score = min(
      parameters.scores.upperBound,
      max(
        parameters.scores.lowerBound,
        Draw.bell(
          mean: parameters.scoreMean, standardDeviation: parameters.scoreDeviation, score.three(row))))
    let products = 1 + Draw.choice(productShares[isLeaving ? 1 : 0], products[row])
    let isActive = Draw.happens(
      age < 60 ? parameters.activeUnder60 : parameters.activeFrom60, activity[row])
    let odds =
      parameters.oddsByCity[city.rawValue] * (isWoman ? parameters.oddsOfWomen : 1)
      * (isActive ? 1 : parameters.oddsOfInactive) * ageOdds[age - parameters.ages.lowerBound]
      * scoreOdds[score - parameters.scores.lowerBound]
    return MadeUpClient(
      id: id(row: row), score: score, city: city, isWoman: isWoman, age: age,
      objects: Draw.choice(objectShares, objects[row]),
      balance: madeBalance(row: row, isLeaving: isLeaving, products: products), products: products,
      hasCard: Draw.happens(parameters.card, card[row]), isActive: isActive,
      salary: parameters.salaries.lowerBound
        + Int(Draw.below(UInt64(parameters.salaries.count), salary[row])),
      hasLeft: leaves(products: products, odds: odds, row: row), surname: surname[row])
  }

  private func madeBalance(row: Int, isLeaving: Bool, products: Int) -> Int? {
    if !isLeaving, Draw.happens(parameters.withoutBalance[products - 1], hasBalance[row]) { return nil }
    let balance = Draw.bell(
      mean: parameters.balanceMean, standardDeviation: parameters.balanceDeviation, balance.three(row))
    return min(parameters.balances.upperBound, max(parameters.balances.lowerBound, balance))
  }

  /// A chance of odds / (1 + odds).
  private func leaves(products: Int, odds: Double, row: Int) -> Bool {
    guard products <= parameters.churnOdds.count else { return true }
    let odds = odds * parameters.churnOdds[products - 1]
    return Draw.unit(churn[row]) * (1 + odds) < odds
  }

  private static let firstID: UInt64 = 10_000_000
  private static let idCycle: UInt64 = 90_000_000
  /// No common divisor with the cycle, so that a cycle's rows all get different ids, in no visible order.
  private static let idStep: UInt64 = 55_621_441

  /// Eight digits, and more after 90 million clients; never the same twice.
  private func id(row: Int) -> Int {
    let (cycle, place) = UInt64(row).quotientAndRemainder(dividingBy: Self.idCycle)
    let shuffled = (place * Self.idStep + idOffset) % Self.idCycle
    return Int(Self.firstID + cycle * Self.idCycle + shuffled)
  }
}

extension RandomWords.Stream {
  /// Three words for one row.
  fileprivate func three(_ row: Int) -> (UInt64, UInt64, UInt64) {
    (self[3 * row], self[3 * row + 1], self[3 * row + 2])
  }
}
