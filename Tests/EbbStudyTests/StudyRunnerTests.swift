import EbbClients
import EbbSegments
import EbbStatistics
import Synchronization
import Testing

@testable import EbbStudy

@Suite struct StudyRunnerTests {
  @Test(arguments: [1, 3]) func coresDoNotMatter(cores: Int) async throws {
    let study = try await MadeUpStudy.make(await MadeUpStudy.rows(2000), cores: cores)
    #expect(try StudyFile.encode(study) == StudyFile.encode(try await MadeUpStudy.typical.value))
  }

  @Test func orderDoesNotMatter() async throws {
    let rows = await MadeUpStudy.rows(2000)
    let turned = ([rows[0]] + rows.dropFirst().reversed()).map { Array($0.reversed()) }
    let (study, typical) = (try await MadeUpStudy.make(turned), try await MadeUpStudy.typical.value)
    #expect(study.churn == typical.churn && study.segments == typical.segments)
    #expect(study.hypotheses == typical.hypotheses && study.portraits == typical.portraits)
    #expect(study.quality == typical.quality && study.profile == typical.profile)
    #expect(study.findings == typical.findings && study.schema == typical.schema)
  }

  @Test(arguments: [[], [.churn], [.hypotheses, .quality]] as [Set<StudyConfiguration.Chapter>])
  func onlyChaptersAskedFor(chapters: Set<StudyConfiguration.Chapter>) async throws {
    let study = try await MadeUpStudy.make(await MadeUpStudy.rows(300), chapters: chapters)
    let typical = try await MadeUpStudy.make(await MadeUpStudy.rows(300))
    #expect(study.churn == (chapters.contains(.churn) ? typical.churn : nil))
    #expect(study.hypotheses == (chapters.contains(.hypotheses) ? typical.hypotheses : nil))
    #expect(study.quality == (chapters.contains(.quality) ? typical.quality : nil))
    #expect(study.profile == nil && study.segments == nil && study.portraits == nil && study.forecast == nil)
    #expect(study.schema == typical.schema)
  }

  @Test func withoutProductsTheRestIsThere() async throws {
    let rows = MadeUpStudy.without("Products", await MadeUpStudy.rows(500))
    let study = try await MadeUpStudy.make(rows)
    #expect(study.churn?.overall.n == 500)
    #expect(study.hypotheses?.missingRoles == [.products])
    #expect(study.segments?.byProducts ?? [] == [] && study.segments?.stability == nil)
    let kinds = Set(study.findings.map(\.kind))
    #expect(kinds.isDisjoint(with: [.mostStableProducts, .leastStableProducts, .adjustedProducts]))
    #expect(kinds.contains(.attributeAgainstChurn))
  }

  @Test func oneProductGroupHasNoBestAndWorst() async throws {
    let rows = MadeUpStudy.changing("Products", await MadeUpStudy.rows(500)) { _, _ in "2" }
    let study = try await MadeUpStudy.make(rows)
    #expect(study.segments?.stability == nil)
    #expect(!study.findings.contains { $0.kind == .mostStableProducts })
  }

  @Test func churnOfOneValueIsRefused() async throws {
    let rows = MadeUpStudy.changing("Churn", await MadeUpStudy.rows(50)) { _, _ in "0" }
    await #expect(throws: ClientError.churnOneValue(column: "Churn", value: "0", rows: 50)) {
      try await MadeUpStudy.make(rows)
    }
  }

  @Test func noChurnIsRefused() async throws {
    let rows = MadeUpStudy.without("Churn", await MadeUpStudy.rows(50))
    await #expect(throws: ClientError.noChurnColumn(known: rows[0])) { try await MadeUpStudy.make(rows) }
  }

  @Test func aHeadingAloneIsRefused() async throws {
    await #expect(throws: (any Error).self) {
      try await MadeUpStudy.make(Array(await MadeUpStudy.rows(1).prefix(1)))
    }
  }

  @Test func progressIsTold() async throws {
    let told = Mutex<[StudyProgress]>([])
    _ = try await MadeUpStudy.make(await MadeUpStudy.rows(100), chapters: [.churn]) { step in
      told.withLock { $0.append(step) }
    }
    #expect(told.withLock { $0 } == [.computing, .chapters])
  }
}
