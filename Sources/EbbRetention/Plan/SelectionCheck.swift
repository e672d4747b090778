/// The four-fifths rule on the list: every group of gender or age is selected at least four fifths as often as the group
/// selected most often.
///
/// A group of fewer than 30 clients neither sets the standard nor is judged; one below the privacy threshold is not shown.
/// Source: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D), a rule of thumb borrowed here.
enum SelectionCheck {
  static let smallestJudged = 30

  static func run(
    _ attribute: PlanClients.Attribute, isSelected: (Int) -> Bool, privacyThreshold: Int
  ) -> RetentionPlan.Selection {
    var clients = [Int](repeating: 0, count: attribute.groups.count)
    var selected = clients
    for (row, code) in attribute.codes.enumerated() where code >= 0 && Int(code) < clients.count {
      clients[Int(code)] += 1
      if isSelected(row) { selected[Int(code)] += 1 }
    }
    func rate(_ group: Int) -> Double { Double(selected[group]) / Double(clients[group]) }
    let shown = clients.indices.filter { clients[$0] >= max(1, privacyThreshold) }
    let judged = shown.filter { clients[$0] >= smallestJudged }
    let highest = judged.map(rate).max() ?? 0
    let isComparable = judged.count >= 2 && highest > 0
    let groups = shown.map { group in
      let ratio = highest > 0 ? rate(group) / highest : nil
      let described = attribute.groups[group]
      return RetentionPlan.Selection.Group(
        value: described.value, low: described.low, high: described.high, n: clients[group],
        selected: selected[group], rate: rate(group), ratio: ratio,
        passesFourFifths: isComparable && clients[group] >= smallestJudged
          ? ratio.map { $0 >= 0.8 - 1e-12 } : nil)
    }
    let lowest = isComparable ? judged.map { rate($0) / highest }.min() : nil
    return RetentionPlan.Selection(
      attribute: attribute.name, groups: groups, lowestRatio: lowest,
      passesFourFifths: lowest.map { $0 >= 0.8 - 1e-12 })
  }
}
