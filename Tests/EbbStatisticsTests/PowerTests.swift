import Testing

@testable import EbbStatistics

/// Power and sample size, against statsmodels 0.15 and own integration of the noncentral t.
@Suite("Power")
struct PowerTests {
  @Test("Two shares", arguments: Golden.cases("power"))
  func shares(_ sample: GoldenCase) {
    func figure(_ key: String) -> Double { sample[key].double }
    let size = sampleSizeTwoProportions(
      p1: figure("p1"), p2: figure("p2"), alpha: figure("alpha"), power: figure("power"),
      ratio: figure("ratio"))
    expectClose(size?.cohensH, sample["h"].value, "h")
    expectClose(size?.cohenH, sample["cohenH"].value, "Cohen")
    expectClose(size?.unpooled, sample["unpooled"].value, "unpooled")
    expectClose(size?.pooled, sample["pooled"].value, "pooled")
    expectClose(size?.fleiss, sample["fleiss"].value, "Fleiss")
    let power = powerTwoProportions(
      p1: figure("p1"), p2: figure("p2"), n1: 777, ratio: figure("ratio"), alpha: figure("alpha"))
    expectClose(power, sample["achieved"].value, "achieved")
  }

  @Test("The smallest share to be seen undoes the sample size", arguments: Golden.cases("power"))
  func detectable(_ sample: GoldenCase) {
    let (p1, p2) = (sample["p1"].double, sample["p2"].double)
    let (alpha, power, ratio) = (sample["alpha"].double, sample["power"].double, sample["ratio"].double)
    let change = p2 < p1 ? ShareChange.decrease : .increase
    let pooled = minimalDetectableShare(
      base: p1, n: sample["pooled"].double, alpha: alpha, power: power, ratio: ratio, change)?.pooled
    expectClose(pooled, p2, "pooled")
    let cohen = minimalDetectableShare(
      base: p1, n: sample["cohenH"].double, alpha: alpha, power: power, ratio: ratio, change)?.cohenH
    expectClose(cohen, p2, "Cohen")
  }

  @Test("Two means", arguments: Golden.cases("powerOfMeans"))
  func means(_ sample: GoldenCase) {
    let (d, alpha, ratio) = (sample["d"].double, sample["alpha"].double, sample["ratio"].double)
    let power = sample["power"].double
    expectClose(powerTwoMeans(d: d, n1: 40, ratio: ratio, alpha: alpha), sample["achieved"].value, "achieved")
    expectClose(sampleSizeTwoMeans(d: d, alpha: alpha, power: power, ratio: ratio), sample["n"].value, "n")
    expectClose(
      minimalDetectableD(n1: 60, alpha: alpha, power: power, ratio: ratio), sample["minimal"].value,
      "minimal d")
  }
}
