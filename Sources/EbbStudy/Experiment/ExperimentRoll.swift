import EbbClients
import EbbRetention
import EbbTable

extension ExperimentTable {
  /// What a row says of its client; of several rows of one client the same is kept whatever their order.
  private struct Line {
    var isControl: Bool
    /// `nil`: not known.
    var hasLeft: Bool?
    /// −1: missing.
    var stratum: Int32
    var value: Double
    var cost: Double

    /// Takes in another row of the same client.
    mutating func join(_ other: Line) {
      hasLeft = hasLeft ?? other.hasLeft
      if other.stratum >= 0, stratum < 0 || other.stratum < stratum { stratum = other.stratum }
      if !(value >= other.value) { value = other.value }
      if !(cost >= other.cost) { cost = other.cost }
    }
  }

  init(_ read: ReadTable, _ headings: ExperimentHeadings, _ request: ExperimentRequest)
    throws(ExperimentError)
  {
    let table = read.table
    let choice = try ExperimentColumnChoice(table, headings, request)
    let values = try Self.money(headings.value, isSaid: headings.valueIsSaid, table)
    let costs = try Self.money(headings.cost, isSaid: headings.costIsSaid, table)

    var lines: [Line] = []
    lines.reserveCapacity(table.rowCount)
    // Each client's place among the lines, by the code of its id.
    var places = [Int32](repeating: -1, count: choice.client?.texts.count ?? 0)
    var inBoth: Set<Int32> = []
    var differ: Set<Int32> = []
    var (duplicates, withoutArm, withoutID) = (0, 0, 0)
    for row in 0..<table.rowCount {
      let armCode = choice.armColumn.codes[row]
      guard armCode >= 0, let isControl = choice.arm.byCode[Int(armCode)] else {
        withoutArm += 1
        continue
      }
      let outcomeCode = choice.outcomeColumn.codes[row]
      let line = Line(
        isControl: isControl, hasLeft: outcomeCode >= 0 ? choice.outcome.byCode[Int(outcomeCode)] : nil,
        stratum: choice.strata?.codes[row] ?? -1, value: values?[row] ?? .nan, cost: costs?[row] ?? .nan)
      guard let client = choice.client, case let id = client.codes[row], id >= 0 else {
        if choice.client != nil { withoutID += 1 }
        lines.append(line)
        continue
      }
      guard places[Int(id)] >= 0 else {
        places[Int(id)] = Int32(lines.count)
        lines.append(line)
        continue
      }
      let place = Int(places[Int(id)])
      duplicates += 1
      if lines[place].isControl != isControl { inBoth.insert(id) }
      if let first = lines[place].hasLeft, let second = line.hasLeft, first != second { differ.insert(id) }
      lines[place].join(line)
    }
    if let client = choice.client {
      func first(_ ids: Set<Int32>) -> [String] { ids.sorted().prefix(5).map { client.texts[Int($0)] } }
      if !inBoth.isEmpty { throw .inBothArms(column: client.name, ids: first(inBoth), count: inBoth.count) }
      if !differ.isEmpty { throw .twoOutcomes(column: client.name, ids: first(differ), count: differ.count) }
    }

    let arms = Self.arms(lines)
    if arms.control.assigned == 0 || arms.treated.assigned == 0 {
      throw .oneArm(column: choice.armColumn.name, isControl: arms.treated.assigned == 0)
    }
    if arms.control.known + arms.treated.known == 0 { throw .emptyColumn(column: choice.outcomeColumn.name) }
    counts = ExperimentCounts(
      treated: arms.treated, control: arms.control, by: choice.strata?.name,
      strata: choice.strata.map { Self.strata(lines, $0) } ?? [])
    value = Self.mean(lines.lazy.filter { $0.hasLeft == true }.map(\.value))
    cost = Self.mean(lines.lazy.filter { !$0.isControl }.map(\.cost))
    rejected = read.rejected
    rows = Rows(
      read: read.recordCount, counted: lines.count, duplicates: duplicates, withoutArm: withoutArm,
      rejected: read.rejectedCount, withoutID: withoutID,
      withoutOutcome: arms.control.missing + arms.treated.missing)
    let names = headings.headings
    columns = Columns(
      arm: ArmColumn(choice.arm.reading), outcome: OutcomeColumn(choice.outcome.reading),
      client: choice.client?.name,
      by: choice.strata?.name, value: value == nil ? nil : headings.value.map { names[$0] },
      cost: cost == nil ? nil : headings.cost.map { names[$0] })
    isCyrillic =
      names.prefix(200).contains(where: Cyrillic.isIn)
      || (choice.armColumn.texts + choice.outcomeColumn.texts).prefix(200).contains(where: Cyrillic.isIn)
  }

  private static func money(
    _ index: Int?, isSaid: Bool, _ table: Table
  ) throws(ExperimentError) -> [Double]? {
    guard let index else { return nil }
    guard let numbers = table.columns[index].numbers(rowCount: table.rowCount) else {
      if !isSaid { return nil }
      throw .notNumeric(column: table.columns[index].name)
    }
    return numbers
  }

  /// Of those that are there; summed in order of size, so that the order of rows does not matter.
  private static func mean(_ numbers: some Sequence<Double>) -> Double? {
    let present = numbers.filter { !$0.isNaN }.sorted()
    guard !present.isEmpty else { return nil }
    let mean = present.reduce(0, +) / Double(present.count)
    return mean.isFinite ? mean : nil
  }

  private static func arms(_ lines: some Sequence<Line>) -> (
    treated: ExperimentCounts.Arm, control: ExperimentCounts.Arm
  ) {
    var counts = [[0, 0, 0], [0, 0, 0]]
    for line in lines {
      counts[line.isControl ? 1 : 0][line.hasLeft.map { $0 ? 0 : 1 } ?? 2] += 1
    }
    let arms = counts.map { ExperimentCounts.Arm(left: $0[0], stayed: $0[1], missing: $0[2]) }
    return (arms[0], arms[1])
  }

  /// In the order of their texts; clients without one last.
  private static func strata(_ lines: [Line], _ column: CodedColumn) -> [ExperimentCounts.Stratum] {
    let byStratum = Dictionary(grouping: lines, by: \.stratum)
    let present = column.used.map { (text: column.texts[$0], lines: byStratum[Int32($0)] ?? []) }
    let all = present + [(text: "missing", lines: byStratum[-1] ?? [])]
    return all.filter { !$0.lines.isEmpty }.map { text, lines in
      let arms = arms(lines)
      return ExperimentCounts.Stratum(value: text, treated: arms.treated, control: arms.control)
    }
  }
}
