import EbbClients
import EbbTable

/// What each client is worth, and what an audience's clients hold.
struct ClientWorth {
  private let balance: Column?
  private let products: Column?
  private let rowCount: Int
  let money: MoneyAssumptions

  init(_ clients: ClientTable, money: MoneyAssumptions) {
    balance = clients.column(.balance).flatMap { $0.isNumeric ? $0 : nil }
    products = clients.column(.products)
    rowCount = clients.table.rowCount
    self.money = money
  }

  /// `MoneyAssumptions.value` of every client.
  func values() -> [Double] {
    zip(balances(), productCounts()).map { money.value(balance: $0, products: $1) }
  }

  /// Money that each client holds; nothing where it is missing.
  func balances() -> [Double] {
    var balances = [Double](repeating: 0, count: rowCount)
    balance?.forEachNumber { balances[$0] = $1.isFinite ? $1 : 0 }
    return balances
  }

  /// Products of each client, also where the column holds them as texts; none where it is missing.
  func productCounts() -> [Double] {
    var counts = [Double](repeating: 0, count: rowCount)
    if let products {
      if case .codes(_, let levels) = products.storage {
        let numbers = levels.texts.map { Double($0) ?? 0 }
        products.forEachNumber { counts[$0] = numbers[Int($1)] }
      } else {
        products.forEachNumber { counts[$0] = $1.isFinite ? $1 : 0 }
      }
    }
    return counts
  }

  struct Held {
    var all = MoneySum()
    var holders = 0
    var ofLeavers = MoneySum()
  }

  /// Balances of an audience; `nil` without a balance column. Everybody's where there is no audience.
  func held(_ audience: [Bool]?, _ churned: [Bool]) -> Held? {
    guard let balance else { return nil }
    var held = Held()
    balance.forEachNumber { row, value in
      guard audience?[row] ?? true, value.isFinite else { return }
      held.all.add(value)
      held.holders += 1
      if churned[row] { held.ofLeavers.add(value) }
    }
    return held
  }
}
