import Testing

@testable import EbbSample

/// The table has the structure that `docs/sample.md` promises, measured on many clients.
@Suite struct SampleTests {
  static let clients: [MadeUpClient] = {
    let sample = Sample(clients: 200_000, seed: 7, language: .russian)
    return (0..<200_000).map { sample.client($0) }
  }()

  static func churn(_ condition: (MadeUpClient) -> Bool) -> Double {
    let chosen = clients.filter(condition)
    return Double(chosen.count(where: \.hasLeft)) / Double(chosen.count)
  }

  static func share(_ condition: (MadeUpClient) -> Bool) -> Double {
    Double(clients.count(where: condition)) / Double(clients.count)
  }

  @Test func aFifthLeaves() {
    #expect(abs(Self.churn { _ in true } - 0.204) < 0.012)
  }

  @Test(arguments: [(1, 0.28, 0.015), (2, 0.076, 0.01), (3, 0.83, 0.03), (4, 1.0, 0.0)])
  func churnByProducts(products: Int, rate: Double, tolerance: Double) {
    #expect(abs(Self.churn { $0.products == products } - rate) <= tolerance)
  }

  @Test func churnPeaksBetween50And60() {
    let decades = stride(from: 20, to: 80, by: 10).map { start in
      Self.churn { (start..<start + 10).contains($0.age) }
    }
    #expect(decades[3] == decades.max())
    #expect(decades[3] > 0.5)
    #expect(decades[0] < 0.1)
    #expect(decades[5] < decades[4])
  }

  @Test func womenLeaveMoreThanMen() {
    #expect(abs(Self.churn(\.isWoman) - 0.251) < 0.02)
    #expect(abs(Self.churn { !$0.isWoman } - 0.165) < 0.02)
  }

  @Test func theInactiveLeaveMore() {
    #expect(abs(Self.churn { !$0.isActive } - 0.269) < 0.02)
    #expect(abs(Self.churn(\.isActive) - 0.143) < 0.02)
  }

  @Test func oneCityIsFarAboveTheOthers() {
    let rates = SampleParameters.City.allCases.map { city in Self.churn { $0.city == city } }
    #expect(abs(rates[0] - 0.162) < 0.02)
    #expect(abs(rates[1] - 0.167) < 0.02)
    #expect(abs(rates[2] - 0.324) < 0.02)
  }

  @Test func aThirdHasNoBalanceButNeverThere() {
    #expect(abs(Self.share { $0.balance == nil } - 0.362) < 0.015)
    #expect(!Self.clients.contains { $0.city == .leaving && $0.balance == nil })
  }

  /// Correlations with churn: none for income, card and objects, a faint one for score. Their standard error is 0.0022.
  @Test func incomeTellsNothingAndScoreHardly() {
    func correlation(_ value: (MadeUpClient) -> Int) -> Double {
      let left = Self.clients.map { $0.hasLeft ? 1.0 : 0.0 }
      let values = Self.clients.map { Double(value($0)) }
      let n = Double(values.count)
      let (meanLeft, mean) = (left.reduce(0, +) / n, values.reduce(0, +) / n)
      var (xy, xx, yy) = (0.0, 0.0, 0.0)
      for (x, y) in zip(values, left) {
        xy += (x - mean) * (y - meanLeft)
        xx += (x - mean) * (x - mean)
        yy += (y - meanLeft) * (y - meanLeft)
      }
      return xy / (xx * yy).squareRoot()
    }
    #expect(abs(correlation(\.salary)) < 0.009)
    #expect(abs(correlation(\.objects)) < 0.009)
    #expect(abs(correlation { $0.hasCard ? 1 : 0 }) < 0.009)
    let score = correlation(\.score)
    #expect(score < -0.005 && score > -0.05)
    #expect(correlation(\.age) > 0.2)
  }

  @Test func identifiersNeverRepeat() {
    #expect(Set(Self.clients.map(\.id)).count == Self.clients.count)
  }

  @Test func valuesStayInTheirRanges() {
    for client in Self.clients {
      #expect((18...92).contains(client.age) && (350...850).contains(client.score))
      #expect((1...4).contains(client.products) && (0...10).contains(client.objects))
    }
  }
}
