import EbbRetention
import Testing

@Suite("What keeping a client is worth")
struct MoneyAssumptionsTests {
  @Test("margin on balance and value of products, over the horizon; missing counts as nothing")
  func value() {
    let money = MoneyAssumptions(balanceMargin: 0.03, productValue: 1000, horizonYears: 2)
    #expect(money.value(balance: 100_000, products: 2) == 10_000)
    #expect(money.value(balance: nil, products: 1) == 2000)
    #expect(money.value(balance: -50, products: nil) == 0)
  }
}
