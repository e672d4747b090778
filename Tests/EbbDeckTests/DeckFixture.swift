import EbbClients
import EbbEngine
import EbbRetention
import EbbSample
import EbbSegments
import EbbStatistics
import Foundation

@testable import EbbStudy

/// Studies to make decks of: real chapters of made-up clients, and a retention chapter written by hand.
enum DeckFixture {
  /// Two thousand clients, without the forecast, which takes long.
  static let typical = Task { try await study(await rows(2000)) }

  static func rows(_ clients: Int) async -> [[String]] {
    var blocks = Sample(clients: clients, seed: 7, language: .russian).blocks(cores: 1)
    var bytes: [UInt8] = []
    while let block = await blocks.next() { bytes += block }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// The rows with one column's values changed by the row's number.
  static func changing(_ column: String, _ rows: [[String]], _ change: (Int) -> String) -> [[String]] {
    guard let index = rows[0].firstIndex(of: column) else { preconditionFailure("no \(column)") }
    return rows.enumerated().map { number, row in
      var row = row
      if number > 0 { row[index] = change(number) }
      return row
    }
  }

  static func study(
    _ rows: [[String]],
    chapters: Set<StudyConfiguration.Chapter> = Set(StudyConfiguration.Chapter.allCases).subtracting([
      .forecast
    ])
  ) async throws -> Study {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ebb-deck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "clients.csv").path
    let text = rows.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
    }.joined()
    try Data(text.utf8).write(to: URL(filePath: path))
    var configuration = StudyConfiguration(chapters: chapters)
    configuration.cores = 2
    let intake = try await ClientIntake.read(path: path, configuration: configuration)
    let provenance = Provenance(
      tool: "ebb test", source: path, intake: intake, configuration: configuration)
    return try await StudyRunner.study(
      intake, engine: MemoryEngine(intake.clients, cores: 2), provenance: provenance,
      configuration: configuration
    ).study
  }

  /// The study with recommendations, a plan and an experiment.
  static func withRetention(_ study: Study, items: Int = 5, text: String = "Позвонить") -> Study {
    let overall = study.churn?.overall ?? Proportion(successes: 20, n: 100)
    let channels = [
      Catalogue.Channel(
        id: "call", name: .init(en: "personal call", ru: "личный звонок"), cost: 150, strength: 1,
        capacityPerDay: 50)
    ]
    let recommendations = (0..<items).map { (index: Int) -> Recommendation in
      Recommendation(
        id: "r\(index)", title: .init(en: "Offer \(index): \(text)", ru: "Предложение \(index): \(text)"),
        audience: RiskRule([
          RiskCondition(column: "Age", role: .age, kind: .band, low: 45, high: 60),
          RiskCondition(column: "City", role: .city, kind: .values, values: [text]),
        ]), minimumRisk: nil, n: 240 + index, share: 0.12, churned: 100,
        churn: Proportion(successes: 100, n: 240),
        elsewhere: overall, lift: 2,
        difference: EffectSize(name: "riskDifference", estimate: 0.2, interval: nil, method: ""),
        adjustedDifference: EffectSize(name: "riskDifference", estimate: 0.15, interval: nil, method: ""),
        adjustedFor: ["City"],
        test: HypothesisTest(
          name: "twoProportionZ", statistic: 4, degreesOfFreedom: [], pValue: 0.0001, log10PValue: -4,
          n: 2000,
          method: ""), pValueAdjusted: 0.0005, ofChurned: CompositionShare(having: 100, of: 400),
        balance: nil,
        evidence: ["n": 240], evidenceTexts: [:], why: .init(en: text, ru: text),
        action: .init(en: text + " and listen", ru: text + " и выслушать"),
        offers: [.init(en: text, ru: text)],
        measure: .init(en: "share leaving in 90 days", ru: "доля ушедших за 90 дней"), caution: nil,
        usesProtected: true, channels: ["call"], offerCost: 300, effect: 0.1, grade: .adjustedAssociation,
        isInvestigation: index == items - 1, atStake: 5_000_000, worthwhile: 200, expectedGain: 1_250_000,
        expectedCost: 90_000,
        breakEvenEffect: 0.02)
    }
    let totals = RetentionPlan.Totals(clients: 180, leavers: 90, kept: 9.5, value: 1_400_000, cost: 81_000)
    let curve = (0...10).map { (step: Int) -> RetentionPlan.CurvePoint in
      let gain: Int = step * (20 - step) * 13_000
      return RetentionPlan.CurvePoint(
        contacts: step * 20, cost: Double(step * 9000), gain: Double(gain), kept: Double(step))
    }
    let plan: RetentionPlan = RetentionPlan(
      assumptions: MoneyAssumptions(), limits: .init(budget: 100_000, contacts: nil, capacities: [:]),
      channels: channels, clients: 2000, inAudience: 900, withoutConsent: 0, doNotContact: 0, worthwhile: 400,
      selected: totals, contacted: totals,
      control: RetentionPlan.Totals(clients: 20, leavers: 10, kept: 0, value: 0, cost: 0), controlShare: 0.1,
      seed: 1, byRecommendation: [.init(id: "r0", totals: totals)],
      byChannel: [.init(id: "call", totals: totals)],
      upperBound: 1_500_000, isOptimal: false, priceOfContact: 10, priceOfBudget: 2, priceOfCapacity: [:],
      curve: curve,
      sensitivity: [
        .init(
          assumption: "effectFactor", low: 0.5, base: 1, high: 1.5, gainAtLow: -200_000,
          gainAtHigh: 2_100_000,
          keptPlanGainAtLow: -250_000, keptPlanGainAtHigh: 2_000_000),
        .init(
          assumption: "balanceMargin", low: 0.02, base: 0.03, high: 0.04, gainAtLow: 800_000,
          gainAtHigh: 1_900_000,
          keptPlanGainAtLow: 800_000, keptPlanGainAtHigh: 1_900_000),
      ], breakEvenEffectFactor: 0.4, selection: [])
    let designs = (0..<2).map { index in
      ExperimentDesign(
        recommendation: "r\(index)", audience: .plan, clients: 200, treated: 180, control: 20, baseRate: 0.42,
        treatedRate: 0.38, smallestEffect: 0.1, alpha: 0.05, power: 0.8, ratio: 0.11, sampleSize: nil,
        neededTreated: 2400, neededControl: 240, neededPerEqualArm: 1200, powerAtHand: 0.1,
        detectableFall: 0.21,
        detectableFallEqualArms: 0.15, durationDays: 90, seed: 1, strata: ["City"],
        verdict: index == 0 ? .tooFewClients : .answerable)
    }
    return Study(
      schema: study.schema, provenance: study.provenance, quality: study.quality, profile: study.profile,
      churn: study.churn, segments: study.segments, portraits: study.portraits, hypotheses: study.hypotheses,
      forecast: study.forecast, riskGroups: study.riskGroups,
      recommendations: Recommendations(
        items: recommendations, skipped: [], channels: channels, catalogue: "built-in", protected: .caution,
        alpha: 0.05), plan: plan, experiments: designs, findings: study.findings)
  }
}
