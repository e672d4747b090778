import EbbClients
import EbbEngine
import EbbStatistics

/// One attribute in the search: its levels put in a row so that whatever a condition may ask for is a run of
/// neighbours.
///
/// Numbers and bands keep their order, and any run of them may be asked for. Levels of a category are put in the order
/// of their churn among the discovering clients; single ones, and the first or last two or three, may be asked for.
/// Missing is asked for by itself; all that is present as *present*.
struct RiskAttribute {
  struct Run: Hashable {
    let low: Int
    let high: Int
    var isEmpty: Bool { low >= high }
  }
  /// Levels of a category that keep their name, the most frequent; the others are never asked for.
  static let levelLimit = 20
  /// Levels of a category that are asked for together.
  static let setLimit = 3

  let grouping: Grouping
  let levels: [Level]
  /// By the level's place on the axis.
  let place: [UInt8]
  /// Axis places of the named levels, in their row.
  let row: [Int]
  let isOrdered: Bool
  let missing: Int?
  let size: Int
  let runs: [Run]

  /// `n`, `churned`: discovering clients by level.
  init(_ grouping: Grouping, _ levels: [Level], n: [Int], churned: [Int]) {
    self.grouping = grouping
    self.levels = levels
    let present = levels.indices.filter { !levels[$0].isMissing }
    let (ordered, sorted) = Self.order(levels, present)
    isOrdered = ordered && sorted.count <= 200
    if isOrdered {
      row = sorted
    } else {
      let named = present.sorted { (n[$1], $0) < (n[$0], $1) }.prefix(Self.levelLimit)
      let rate = { (level: Int) in Double(churned[level]) / Double(max(1, n[level])) }
      row = named.sorted { (rate($1), $0) < (rate($0), $1) }
    }
    var size = row.count
    var place = [UInt8](repeating: 0, count: levels.count)
    for (index, level) in row.enumerated() { place[level] = UInt8(index) }
    if row.count < present.count {
      let named = Set(row)
      for level in present where !named.contains(level) { place[level] = UInt8(size) }
      size += 1
    }
    missing = levels.firstIndex { $0.isMissing }.map { level in
      place[level] = UInt8(size)
      return size
    }
    if missing != nil { size += 1 }
    self.size = size
    self.place = place
    runs = Self.runs(row.count, isOrdered, missing, isWhole: row.count == present.count)
  }

  private static func order(_ levels: [Level], _ present: [Int]) -> (Bool, [Int]) {
    var numbers: [Int: Double] = [:]
    for level in present {
      switch levels[level].value {
      case .number, .band: continue
      case .text(let text):
        guard let number = Double(text), number.isFinite else { return (false, present) }
        numbers[level] = number
      case .missing, .present: return (false, present)
      }
    }
    return (true, present.sorted { (numbers[$0] ?? 0, $0) < (numbers[$1] ?? 0, $1) })
  }

  private static func runs(_ count: Int, _ isOrdered: Bool, _ missing: Int?, isWhole: Bool) -> [Run] {
    var runs: [Run] = []
    for low in 0..<count {
      for high in low + 1..<count + 1 {
        let isAll = low == 0 && high == count
        if isAll { continue }
        let isEdge = (low == 0 || high == count) && high - low <= setLimit
        if isOrdered || high - low == 1 || isEdge { runs.append(Run(low: low, high: high)) }
      }
    }
    if let missing, count > 0 {
      if isWhole { runs.append(Run(low: 0, high: count)) }
      runs.append(Run(low: missing, high: missing + 1))
    }
    return runs
  }

  func condition(_ run: Run, _ schema: ClientSchema) -> RiskCondition {
    let role = schema.entry(grouping.column)?.role ?? .attribute
    func condition(
      _ kind: RiskCondition.Kind, values: [String] = [], low: Double? = nil, high: Double? = nil
    ) -> RiskCondition {
      RiskCondition(column: grouping.column, role: role, kind: kind, values: values, low: low, high: high)
    }
    if run.low == missing { return condition(.missing) }
    if run.low == 0, run.high == row.count { return condition(.present) }
    let asked = row[run.low..<run.high]
    if let first = asked.first, let last = asked.last,
      case .band(let low, _, _) = levels[first].value, case .band(_, let high, _) = levels[last].value
    {
      return condition(.band, low: low, high: high)
    }
    return condition(
      .values, values: (isOrdered ? Array(asked) : asked.sorted()).map { ComparisonValue(levels[$0]).value })
  }
}
