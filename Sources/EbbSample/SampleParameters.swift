/// Everything the made-up bank is made of. `docs/sample.md` tells each figure's meaning.
///
/// The figures were chosen so that the table has the structure of a real bank's: see `SampleTests`, which measures it.
struct SampleParameters: Sendable {
  enum City: Int, CaseIterable, Sendable {
    case large
    case small
    /// The one that clients leave.
    case leaving
  }

  /// Shares of the cities, in the order of `City`.
  let cities = [0.5014, 0.2477, 0.2509]
  let women = 0.4543

  /// Relative number of clients of each age.
  let ages = 18...92
  let ageWeights = Curve([
    (18, 20), (22, 80), (26, 200), (30, 345), (34, 455), (37, 480), (40, 420), (44, 262), (48, 170),
    (52, 100),
    (56, 75), (60, 62), (66, 34), (72, 20), (78, 7), (84, 2), (92, 1),
  ])

  /// Score: bell-shaped, what lies outside the range is moved to its border.
  let scores = 350...850
  let scoreMean = 651
  let scoreDeviation = 96.6

  /// Relative number of clients with 0, 1, … 10 objects.
  let objects: [Double] = [4, 10, 10, 10, 10, 10, 10, 10, 10, 10, 5]

  /// Shares of clients with 1, 2, 3 and 4 products.
  let products = [0.4990, 0.4735, 0.0227, 0.0048]
  let productsWhereLeaving = [0.5380, 0.4140, 0.0383, 0.0097]

  /// Share without a balance by number of products; never in the leaving city.
  let withoutBalance = [0.243, 0.732, 0.575, 0.390]
  /// Kopecks.
  let balanceMean = 11_982_749
  let balanceDeviation = 3_009_270.0
  let balances = 300_000...26_000_000

  let card = 0.7055
  let activeUnder60 = 0.50
  let activeFrom60 = 0.78

  /// Kopecks; every income in it equally likely, whoever the client is.
  let salaries = 1_000...19_999_999

  /// Odds of leaving with 1, 2 and 3 products, for an active man in the large city with a curve of 1. With 4
  /// products everybody leaves.
  let churnOdds = [0.0778, 0.0108, 2.06]
  /// What multiplies the odds.
  let oddsByCity = [1, 1.03, 3.1]
  let oddsOfWomen = 2.1
  let oddsOfInactive = 3.2
  let oddsByAge = Curve([
    (18, 0.30), (30, 0.32), (35, 0.55), (40, 1.1), (44, 2.2), (48, 6), (51, 10), (54, 12), (57, 12), (60, 9),
    (64, 4.4), (68, 2), (72, 1.2), (80, 0.6), (92, 0.4),
  ])
  let oddsByScore = Curve([(350, 1.5), (450, 1.1), (650, 1.0), (850, 0.95)])
}
