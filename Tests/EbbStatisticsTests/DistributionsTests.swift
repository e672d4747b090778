import Glibc
import Testing

@testable import EbbStatistics

/// Tails of the distributions, against mpmath with 40 digits, own integration and scipy.
@Suite("Distributions")
struct DistributionsTests {
  static func rows(_ key: String) -> [[Double]] { Golden.all["tails"][key].items.map(\.doubles) }

  /// The logarithm to 1e-10 relative (to the probability itself: absolute), however deep.
  private func expectTail(
    _ tail: Tail?, log expected: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectClose(tail?.log, expected, "log", tolerance: 1e-12, absolute: 2e-10, sourceLocation: sourceLocation)
    if expected > -700 {
      expectClose(tail?.probability, exp(expected), "p", tolerance: 1e-9, sourceLocation: sourceLocation)
    }
  }

  @Test("Normal", arguments: rows("normal"))
  func normal(_ row: [Double]) { expectTail(Normal.upper(row[0]), log: row[1]) }

  @Test("Student's t", arguments: rows("t"))
  func studentT(_ row: [Double]) { expectTail(StudentT.upper(row[0], df: row[1]), log: row[2]) }

  @Test("F", arguments: rows("f"))
  func fisherF(_ row: [Double]) { expectTail(FisherF.upper(row[0], row[1], row[2]), log: row[3]) }

  @Test("Chi-squared", arguments: rows("chi2"))
  func chiSquared(_ row: [Double]) { expectTail(ChiSquared.upper(row[0], df: row[1]), log: row[2]) }

  @Test("Studentized range", arguments: rows("studentizedRange"))
  func studentizedRange(_ row: [Double]) {
    let tail = StudentizedRange.upper(row[0], k: Int(row[1]), df: row[2])
    // scipy is right to about 1e-10.
    expectClose(tail?.probability, row[3], "p", tolerance: 1e-8, absolute: 2e-10)
  }

  /// For two values the range is |t| √2: Student's own tail, to the last digits and as deep as it goes.
  @Test(
    "Studentized range of two is Student's t",
    arguments: [(0.5, 3.0), (4.0, 12.5), (60.0, 40.0), (50.0, 9000.0), (70.0, 1e5)])
  func rangeOfTwo(_ q: Double, _ df: Double) {
    let log = StudentT.twoSided(q / 2.0.squareRoot(), df: df)?.log
    expectClose(StudentizedRange.upper(q, k: 2, df: df)?.log, log, "log", tolerance: 1e-9, absolute: 1e-9)
  }

  @Test("Studentized range, quantile", arguments: rows("studentizedRangeQuantile"))
  func studentizedRangeQuantile(_ row: [Double]) {
    let q = StudentizedRange.upperQuantile(row[0], k: Int(row[1]), df: row[2])
    expectClose(q, row[3], "q", tolerance: 1e-8)
  }

  @Test("Noncentral t", arguments: rows("nct"))
  func noncentralT(_ row: [Double]) {
    expectClose(NoncentralT.lower(row[0], df: row[1], delta: row[2]), row[3], "lower", tolerance: 1e-9)
    expectClose(NoncentralT.upper(row[0], df: row[1], delta: row[2]), row[4], "upper", tolerance: 1e-9)
  }

  @Test("Noncentral F", arguments: rows("ncf"))
  func noncentralF(_ row: [Double]) {
    expectClose(NoncentralF.lower(row[0], row[1], row[2], lambda: row[3]), row[4], "lower", tolerance: 1e-9)
    expectClose(NoncentralF.upper(row[0], row[1], row[2], lambda: row[3]), row[5], "upper", tolerance: 1e-9)
  }

  @Test("Kolmogorov's one-sample distribution", arguments: rows("kolmogorov"))
  func kolmogorov(_ row: [Double]) {
    expectClose(Kolmogorov.upper(row[0], n: row[1])?.probability, row[2], "p", tolerance: 1e-8)
  }

  @Test("Kolmogorov-Smirnov by sizes and distance", arguments: Golden.all["ks"].items.map(\.doubles))
  func kolmogorovSmirnovBySizes(_ row: [Double]) {
    let ranks = PairRanks(
      first: 0, second: 1, n1: Int(row[0]), n2: Int(row[1]), u1: 0, tieTerm: 0, maximumDistance: row[2])
    expectClose(kolmogorovSmirnov(ranks).pValue, row[3], "p", tolerance: 1e-8)
  }

  @Test("Every distribution has some case")
  func present() {
    for key in [
      "normal", "t", "f", "chi2", "studentizedRange", "studentizedRangeQuantile", "nct", "ncf", "kolmogorov",
    ] { #expect(Self.rows(key).count > 4, "\(key)") }
  }
}
