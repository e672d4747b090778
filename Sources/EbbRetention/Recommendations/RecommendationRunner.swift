public import EbbClients
public import EbbForecast
import EbbSegments
import EbbStatistics
import EbbTable

/// What of a catalogue do these clients call for? Every audience is looked up in the table, tested against all other
/// clients, corrected over the catalogue, compared among alike clients, and weighed in money.
///
/// - An audience below `leastClients` (or the privacy threshold) is not judged.
/// - Test: z of two proportions, Fisher's exact test where fewer than five are expected; the worst city's p-value times the
///   number of cities; Holm over the audiences tested. A recommendation needs p < alpha, a higher rate than elsewhere, lift
///   of at least `liftFloor`, no lower rate among alike clients, and all of its `when`.
/// - Audiences told by the forecast need its out-of-fold ROC AUC above 0.6 with its lower bound.
/// - Ranked by expected gain; an investigation by what solving the problem would keep (at stake × effect).
public enum RecommendationRunner {
  public static let leastClients = 50
  public static let liftFloor = 1.1
  /// Family-wise: on tables without structure fewer than one in a hundred shows any recommendation.
  public static let standardAlpha = 0.01

  /// - Parameters:
  ///   - probabilities: the forecast of leaving, one a row; empty where there is none.
  /// - Returns: the chapter, and for each of its items who is in the audience, one entry a row.
  public static func run(
    catalogue: Catalogue, catalogueName: String, clients: ClientTable, probabilities: [Double],
    forecast: Forecast?, money: MoneyAssumptions, protected: ProtectedPolicy,
    alpha: Double = standardAlpha, privacyThreshold: Int
  ) -> (chapter: Recommendations, audiences: [[Bool]]) {
    let least = max(leastClients, privacyThreshold)
    let churned = leavers(clients)
    let gate = ForecastGate(forecast)
    let hasForecast = probabilities.count == clients.table.rowCount && !probabilities.isEmpty
    let resolver = AudienceResolver(
      clients: clients, probabilities: hasForecast ? probabilities : [],
      worst: WorstCity.find(clients, churned: churned, least: least))
    let alike = HeldEqual(clients)
    let worth = ClientWorth(clients, money: money)
    let everybody = worth.held(nil, churned)

    var skipped: [(place: Int, item: SkippedRecommendation)] = []
    var judged: [(place: Int, entry: Catalogue.Entry, evidence: AudienceEvidence)] = []
    for (place, entry) in catalogue.recommendations.enumerated() {
      func skip(_ reason: SkippedRecommendation.Reason, _ condition: String?, _ figure: Double?) {
        skipped.append(
          (
            place,
            SkippedRecommendation(
              id: entry.id, title: entry.title, reason: reason, condition: condition, figure: figure)
          ))
      }
      if protected == .forbid, let line = entry.audience.first(where: { $0.isProtected }) {
        skip(.protectedForbidden, line.written, nil)
        continue
      }
      if let line = entry.audience.first(where: { $0.subject == .risk }),
        !hasForecast || gate.map({ $0.rocAUCLow <= ForecastGate.leastAUC }) ?? true
      {
        skip(.noForecast, line.written, gate?.rocAUCLow)
        continue
      }
      let audience: ResolvedAudience
      do throws(AudienceResolver.Refusal) {
        audience = try resolver.resolve(entry.audience)
      } catch {
        skip(error.reason, error.condition, error.figure)
        continue
      }
      if protected == .forbid, audience.rule.isProtected {
        skip(.protectedForbidden, audience.rule.conditions.first { $0.isProtected }?.column, nil)
        continue
      }
      var mask = audience.rule.holds(in: clients)
      if let border = audience.minimumRisk {
        for row in mask.indices where mask[row] { mask[row] = probabilities[row] >= border }
      }
      let evidence = AudienceEvidence(
        audience, mask: mask, counts: alike.counts(mask, churned), held: alike,
        balances: worth.held(mask, churned).flatMap { here in everybody.map { (here, $0) } })
      guard evidence.churn.n >= least else {
        // How many they are is hidden where it tells on few.
        let n = evidence.churn.n
        skip(.audienceTooSmall, nil, n == 0 || n >= privacyThreshold ? Double(n) : nil)
        continue
      }
      judged.append((place, entry, evidence))
    }

    let corrected = holm(judged.map(\.evidence.pValue))
    var values: [Double]?
    var found: [(key: Double, p: Double, place: Int, item: Recommendation, mask: [Bool])] = []
    for ((place, entry, evidence), p) in zip(judged, corrected) {
      let figures = evidence.figures(gate)
      func skip(_ reason: SkippedRecommendation.Reason, _ condition: String?, _ figure: Double?) {
        // Who is left must not tell on few either.
        let isOpen = evidence.elsewhere.n >= privacyThreshold
        skipped.append(
          (
            place,
            SkippedRecommendation(
              id: entry.id, title: entry.title, reason: reason, condition: condition, figure: figure,
              churn: isOpen ? evidence.churn : nil, elsewhere: isOpen ? evidence.elsewhere : nil,
              pValueAdjusted: p)
          ))
      }
      guard evidence.elsewhere.n >= privacyThreshold, evidence.standsOut(p, alpha: alpha) else {
        skip(.noEvidence, nil, evidence.lift)
        continue
      }
      if evidence.turnsRound {
        skip(.noEvidenceAmongAlike, nil, evidence.adjusted?.estimate)
        continue
      }
      guard let lift = evidence.lift, lift >= liftFloor else {
        skip(.conditionNotMet, "lift >= \(liftFloor)", evidence.lift)
        continue
      }
      if let failed = entry.when.first(where: { !$0.holds(of: figures[$0.figure]) }) {
        skip(.conditionNotMet, failed.written, figures[failed.figure])
        continue
      }
      let worths = values ?? worth.values()
      values = worths
      let expected = ExpectedMoney(
        entry, channels: catalogue.channels, audience: evidence.mask,
        probabilities: hasForecast ? probabilities : [], rate: evidence.churn.estimate ?? 0, values: worths,
        money: money)
      let item = Recommendation(
        entry, evidence, figures, pValueAdjusted: p, expected: expected, clients: clients)
      let key =
        entry.isInvestigation
        ? expected.atStake * min(1, entry.effect * money.effectFactor) : expected.gain
      found.append((key, p, place, item, evidence.mask))
    }
    found.sort { ($1.key, $0.p, $0.place) < ($0.key, $1.p, $1.place) }
    return (
      Recommendations(
        items: found.map(\.item), skipped: skipped.sorted { $0.place < $1.place }.map(\.item),
        channels: catalogue.channels, catalogue: catalogueName, protected: protected, alpha: alpha),
      found.map(\.mask)
    )
  }

  private static func leavers(_ clients: ClientTable) -> [Bool] {
    guard let name = clients.schema.column(.churn),
      case .codes(_, let levels)? = clients.column(.churn)?.storage,
      let yes = levels.positive
    else { return [Bool](repeating: false, count: clients.table.rowCount) }
    return RiskRule([
      RiskCondition(column: name, role: .churn, kind: .values, values: [levels.texts[yes]])
    ]).holds(in: clients)
  }
}

extension Recommendation {
  init(
    _ entry: Catalogue.Entry, _ evidence: AudienceEvidence, _ figures: [CatalogueFigure: Double],
    pValueAdjusted: Double, expected: ExpectedMoney, clients: ClientTable
  ) {
    let isBacked = evidence.adjusted?.interval.map { $0.low > 0 } ?? false
    var texts: [String: String] = [:]
    texts["city"] = evidence.audience.worst?.city
    if texts["city"] == nil,
      let condition = evidence.audience.rule.conditions.first(where: { $0.role == .city }),
      condition.kind == .values
    {
      texts["city"] = condition.values.joined(separator: ", ")
    }
    self.init(
      id: entry.id, title: entry.title, audience: evidence.audience.rule,
      minimumRisk: evidence.audience.minimumRisk, n: evidence.churn.n,
      share: figures[.share] ?? 0, churned: evidence.churn.successes, churn: evidence.churn,
      elsewhere: evidence.elsewhere, lift: evidence.lift, difference: evidence.difference,
      adjustedDifference: evidence.adjusted, adjustedFor: evidence.adjustedFor, test: evidence.test,
      pValueAdjusted: pValueAdjusted,
      ofChurned: CompositionShare(having: evidence.churn.successes, of: evidence.overall.successes),
      balance: evidence.balance,
      evidence: Dictionary(uniqueKeysWithValues: figures.map { ($0.key.rawValue, $0.value) }),
      evidenceTexts: texts, why: entry.why, action: entry.action, offers: entry.offers,
      measure: entry.measure, caution: entry.caution, usesProtected: evidence.audience.rule.isProtected,
      channels: entry.channels, offerCost: entry.offerCost, effect: entry.effect,
      grade: entry.grade == .adjustedAssociation && !isBacked ? .expert : entry.grade,
      isInvestigation: entry.isInvestigation, atStake: expected.atStake, worthwhile: expected.worthwhile,
      expectedGain: expected.gain, expectedCost: expected.cost, breakEvenEffect: expected.breakEvenEffect)
  }
}
