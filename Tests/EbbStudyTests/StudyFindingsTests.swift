import EbbSegments
import EbbStatistics
import Testing

@testable import EbbStudy

@Suite struct StudyFindingsTests {
  typealias Chapter = StudyConfiguration.Chapter

  /// The study with only one of its chapters, its findings made anew.
  private static func only(_ chapter: Chapter?, _ study: Study) -> Study {
    Study(
      schema: study.schema, provenance: study.provenance,
      quality: chapter == .quality ? study.quality : nil, profile: chapter == .profile ? study.profile : nil,
      churn: chapter == .churn ? study.churn : nil, segments: chapter == .segments ? study.segments : nil,
      portraits: chapter == .portraits ? study.portraits : nil,
      hypotheses: chapter == .hypotheses ? study.hypotheses : nil, forecast: nil, riskGroups: nil,
      recommendations: nil, plan: nil, experiments: nil, findings: []
    ).withFindings()
  }

  private static func kinds(_ study: Study) -> Set<Finding.Kind> { Set(study.findings.map(\.kind)) }

  @Test(
    arguments: [
      (nil, []), (.profile, []), (.portraits, []), (.churn, [.overallChurn, .highestChurnLevel]),
      (.segments, [.mostStableProducts, .leastStableProducts, .adjustedProducts]),
      (.hypotheses, [.hypothesis, .attributeAgainstChurn, .unrelatedAttributes]),
      (.quality, [.structuralMissing, .dataQuality]),
    ] as [(Chapter?, Set<Finding.Kind>)])
  func eachChapterHasItsOwn(chapter: Chapter?, kinds: Set<Finding.Kind>) async throws {
    #expect(Self.kinds(Self.only(chapter, try await MadeUpStudy.typical.value)) == kinds)
  }

  @Test func theRateComesFirst() async throws {
    let study = try await MadeUpStudy.typical.value
    let churn = try #require(study.churn)
    let first = try #require(study.findings.first)
    #expect(first.kind == .overallChurn && first.certainty == .descriptive)
    #expect(first.figures["n"] == 2000 && first.figures["churned"] == Double(churn.overall.successes))
    #expect(first.figures["rate"] == churn.overall.estimate)
    let (low, high) = (try #require(first.figures["low"]), try #require(first.figures["high"]))
    #expect(low < churn.overall.estimate! && churn.overall.estimate! < high)
  }

  @Test func theHighestLevelIsAboveTheRest() async throws {
    let study = try await MadeUpStudy.typical.value
    let found = try #require(study.findings.first { $0.kind == .highestChurnLevel })
    let overall = try #require(study.churn?.overall.estimate)
    let (rate, lift) = (try #require(found.figures["rate"]), try #require(found.figures["lift"]))
    #expect(rate > overall && lift > 1)
    #expect(found.figures["n"] ?? 0 >= 100)
    let attribute = try #require(study.churn?.by.first { $0.attribute.column == found.subject["attribute"] })
    #expect(attribute.levels.contains { $0.value == found.subject["value"] })
  }

  @Test func productGroupsAreThoseOfTheChapter() async throws {
    let study = try await MadeUpStudy.typical.value
    let stability = try #require(study.segments?.stability)
    let most = try #require(study.findings.first { $0.kind == .mostStableProducts })
    let least = try #require(study.findings.first { $0.kind == .leastStableProducts })
    #expect(most.subject["value"] == stability.most && least.subject["value"] == stability.least)
    let (low, high) = (try #require(most.figures["rate"]), try #require(least.figures["rate"]))
    #expect(low < high)
    #expect(most.certainty == .established && least.certainty == .established)
  }

  /// No difference is sure at a level nothing reaches.
  @Test func alphaDecidesWhatIsSure() async throws {
    let rows = Array(await MadeUpStudy.rows(2000).prefix(400))
    let strict = try await MadeUpStudy.make(rows, alpha: 1e-300)
    #expect(strict.findings.contains { $0.kind == .mostStableProducts })
    #expect(
      strict.findings.filter { $0.kind == .mostStableProducts }.allSatisfy { $0.certainty == .undecided })
    #expect(!strict.findings.contains { $0.subject["verdict"] == "differ" })
  }

  @Test func everyHypothesisButTheFurtherOnes() async throws {
    let study = try await MadeUpStudy.typical.value
    let tested = try #require(study.hypotheses).tested.filter { $0.family != .further }
    let found = study.findings.filter { $0.kind == .hypothesis || $0.kind == .attributeAgainstChurn }
    #expect(found.map { $0.subject["id"] } == tested.map(\.id))
    for (finding, hypothesis) in zip(found, tested) {
      #expect((finding.kind == .hypothesis) == (hypothesis.family == .declared))
      #expect((finding.certainty == .undecided) == (hypothesis.verdict == .undecided))
      #expect(finding.subject["verdict"] == hypothesis.verdict.rawValue)
      #expect(finding.figures["pValueAdjusted"] == hypothesis.decision?.pValueAdjusted)
    }
  }

  @Test func missingByChanceIsNoFinding() async throws {
    let rows = await MadeUpStudy.rows(2000)
    let balances = rows.dropFirst().map { $0[rows[0].firstIndex(of: "Balance")!] }.filter { !$0.isEmpty }
    let filled = MadeUpStudy.changing("Balance", rows) { row, _ in balances[row % balances.count] }
    let study = try await MadeUpStudy.make(filled, chapters: [.quality])
    #expect(!Self.kinds(study).contains(.structuralMissing))
    let typical = try await MadeUpStudy.typical.value.findings.first { $0.kind == .structuralMissing }
    #expect(typical?.subject["role"] == "balance")
    #expect(typical?.figures["missing"] == Double(rows.count - 1 - balances.count))
  }

  @Test func whatIsWrongWithTheDataIsCounted() async throws {
    let rows = await MadeUpStudy.rows(500)
    func issues(_ rows: [[String]]) async throws -> [String: Double] {
      let findings = try await MadeUpStudy.make(rows, chapters: [.quality]).findings
      let pairs = findings.filter { $0.kind == .dataQuality }.map {
        ($0.subject["issue"] ?? "", $0.figures["count"] ?? 0)
      }
      return Dictionary(pairs) { $0 + $1 }
    }
    let before = try await issues(rows)
    // Some who left had been active: the only thing to ask about in made-up clients.
    #expect(Set(before.keys) == ["activeAndGone"])
    #expect(try await issues(rows + [rows[5], rows[9]])["identicalRows"] == 2)
    let twins = MadeUpStudy.changing("userid", rows) { $0 == 3 ? rows[3][0] : $1 }
    #expect(try await issues(twins)["repeatedIDs"] == 1)
    let old = MadeUpStudy.changing("Age", rows) { $0 < 2 ? "300" : $1 }
    #expect(try await issues(old)["impossibleValues"] == 2)
  }

  /// Too few leavers to learn from.
  @Test func aForecastRefusedIsSaid() async throws {
    let rows = await MadeUpStudy.rows(120)
    let few = MadeUpStudy.changing("Churn", rows) { row, _ in row < 3 ? "1" : "0" }
    let study = try await MadeUpStudy.make(few, chapters: [.forecast])
    #expect(study.findings.map(\.kind) == [.forecastRefused])
    #expect(study.findings.first?.subject == ["reason": "tooFewChurned"])
    #expect(study.findings.first?.figures == ["n": 120, "churned": 3])
  }
}
