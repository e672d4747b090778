import Testing

@testable import EbbStatistics

/// One sample's quantiles, shape and mean, against numpy 2.4 and scipy 1.17.
@Suite("One sample")
struct OneSampleTests {
  @Test("Quantiles are numpy's, to the last bit", arguments: Golden.cases("samples"))
  func quantiles(_ sample: GoldenCase) {
    let sorted = sample["values"].doubles.sorted()
    for row in sample.expected["quantiles"].items {
      #expect(quantile(sorted: sorted, row[0].double) == row[1].double, "\(row[0].double)")
    }
  }

  @Test("Interval of the mean", arguments: Golden.cases("samples"))
  func mean(_ sample: GoldenCase) {
    let interval = meanInterval(moments(sample["values"].doubles))
    if sample["values"].items.count < 2 {
      #expect(interval == nil)
    } else if sample.name == "constant" {
      // scipy: NaN; the interval has no width.
      #expect(interval == Interval(level: 0.95, low: 4, high: 4))
    } else {
      expectClose(interval?.low, sample.expected["mean"][0].value, "low")
      expectClose(interval?.high, sample.expected["mean"][1].value, "high")
    }
  }

  @Test("Skewness, kurtosis and tests of normality", arguments: Golden.cases("samples"))
  func shape(_ sample: GoldenCase) {
    let m = moments(sample["values"].doubles)
    let figures = sample.expected
    expectClose(skewness(m), figures["skew"].value, "skewness", absolute: 1e-12)
    expectClose(excessKurtosis(m), figures["kurtosis"].value, "kurtosis", absolute: 1e-12)
    for (key, test) in [("dagostino", dagostinoPearson(m)), ("jarqueBera", jarqueBera(m))] {
      expectClose(test.statistic, figures[key][0].value, key)
      expectClose(test.pValue, figures[key][1].value, "\(key) p")
    }
  }

  @Test("p-values of correlations", arguments: Golden.cases("correlation"))
  func correlations(_ sample: GoldenCase) {
    let (r, n, p) = (sample.figures[0].double, sample.figures[1].int, sample.figures[2].double)
    expectClose(pearsonTest(r: r, n: n).pValue, p, "Pearson")
    expectClose(spearmanTest(r: r, n: n).pValue, p, "Spearman")
  }

  @Test("Corrections for many tests", arguments: Golden.cases("adjust"))
  func corrections(_ sample: GoldenCase) {
    let p = sample["p"].doubles
    for (key, adjusted) in [
      ("holm", holm(p)), ("fdr_bh", benjaminiHochberg(p)), ("bonferroni", bonferroni(p)),
    ] {
      for (i, value) in adjusted.enumerated() {
        expectClose(value, sample[key][i].value, "\(key) \(i)", tolerance: 1e-14)
      }
    }
  }
}
