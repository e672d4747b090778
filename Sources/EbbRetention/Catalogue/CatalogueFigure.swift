/// A figure of a recommendation's evidence: what `when` may ask about and `{places}` in a text may show.
///
/// The file writes the words apart or together: "share of leavers", "shareOfLeavers".
public enum CatalogueFigure: String, Sendable, Codable, Equatable, CaseIterable {
  /// Clients of the audience, those of them who left, and the audience's share of all clients.
  case clients, leavers, share
  /// The audience's churn with its 95 % interval, that of all other clients, and of all.
  case rate, rateLow, rateHigh, elsewhere, overall
  /// rate / overall.
  case lift
  /// rate − elsewhere with its interval; and the same among clients otherwise alike.
  case difference, differenceLow, differenceHigh
  case adjustedDifference, adjustedDifferenceLow, adjustedDifferenceHigh
  /// Of all leavers.
  case shareOfLeavers
  /// Money the audience holds, on average over those who hold any, and as a share of all balances.
  case balance, meanBalance, shareOfBalance
  /// Money held by those of the audience who left, and as a share of the balances of all who left.
  case balanceOfLeavers, shareOfLeaversBalance
  /// Cities of enough clients to compare.
  case cities
  /// Out of fold: ROC AUC with its lower bound, lift and share of leavers found in the tenth of highest forecast.
  case forecastAUC, forecastAUCLow, forecastLift, forecastCapture

  public enum Kind: Sendable { case clients, count, share, points, ratio, money }

  /// How it is written out.
  public var kind: Kind {
    switch self {
    case .clients, .leavers: .clients
    case .cities: .count
    case .share, .rate, .rateLow, .rateHigh, .elsewhere, .overall, .shareOfLeavers, .shareOfBalance,
      .shareOfLeaversBalance, .forecastCapture:
      .share
    case .difference, .differenceLow, .differenceHigh, .adjustedDifference, .adjustedDifferenceLow,
      .adjustedDifferenceHigh:
      .points
    case .lift, .forecastLift, .forecastAUC, .forecastAUCLow: .ratio
    case .balance, .meanBalance, .balanceOfLeavers: .money
    }
  }

  /// As people write it: "share of leavers".
  public var words: String {
    var words = ""
    for letter in rawValue {
      if letter.isUppercase, words.last?.isUppercase != true, !words.isEmpty, words.last != " " {
        words += " "
      }
      words.append(letter)
    }
    return words.lowercased()
  }

  /// `nil` for words that name no figure.
  public init?(written text: String) {
    let key = Self.key(text)
    guard let found = Self.allCases.first(where: { Self.key($0.rawValue) == key }) else { return nil }
    self = found
  }

  private static func key(_ text: String) -> String {
    text.filter { $0 != " " && $0 != "_" && $0 != "-" }.lowercased()
  }

  /// Texts that a place may show: the city that `worst` found.
  static let textPlaces = ["city"]
}
