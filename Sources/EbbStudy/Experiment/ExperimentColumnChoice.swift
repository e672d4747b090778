import EbbClients
import EbbTable

/// The columns of arm and outcome, chosen by headings and by what is in them.
struct ExperimentColumnChoice {
  let arm: MeaningOfCodes
  let armColumn: CodedColumn
  let outcome: MeaningOfCodes
  let outcomeColumn: CodedColumn
  /// `nil` for no strata.
  let strata: CodedColumn?
  let client: CodedColumn?

  /// More strata than this say nothing each.
  static let mostStrata = 100
  private static let mostFoundStrata = 30

  init(_ table: Table, _ headings: ExperimentHeadings, _ request: ExperimentRequest) throws(ExperimentError) {
    let rowCount = table.rowCount
    func coded(_ index: Int) -> CodedColumn? { CodedColumn(table.columns[index], rowCount: rowCount) }
    let names = headings.headings
    if let arm = headings.arms.first, headings.armIsSaid, headings.outcomeIsSaid, headings.outcomes == [arm] {
      throw .sameColumn(names[arm])
    }
    // The outcome first: its heading leaves less doubt.
    let outcome = try Self.choose(
      .outcome, headings.outcomes, isSaid: headings.outcomeIsSaid, table: table, names: names,
      without: Set(headings.armIsSaid ? headings.arms : [])
    ) { (column: CodedColumn, index: Int?) in
      MeaningOfCodes(
        column, explicit: OutcomeWord.hasLeft,
        yesMeans: index.map { headings.outcomeMeansStayed[$0] != true }, said: request.leftText,
        completes: index != nil, restIsNo: false)
    }
    let arm = try Self.choose(
      .arm, headings.arms, isSaid: headings.armIsSaid, table: table, names: names,
      without: [outcome.index]
    ) { (column: CodedColumn, index: Int?) in
      MeaningOfCodes(
        column, explicit: { ArmWords.isControl($0, underHeading: index != nil) },
        yesMeans: index.map { ArmWords.claim(names[$0]) == .control }, said: request.controlText,
        completes: index != nil, restIsNo: true)
    }
    if !arm.meaning.hasBoth {
      throw .oneArm(column: arm.column.name, isControl: arm.meaning.reading.no.isEmpty)
    }
    (self.arm, armColumn) = (arm.meaning, arm.column)
    (self.outcome, outcomeColumn) = (outcome.meaning, outcome.column)
    client = headings.client.flatMap {
      CodedColumn(table.columns[$0], rowCount: rowCount, limit: .max)
    }
    if let by = headings.by {
      guard let column = coded(by), column.used.count <= Self.mostStrata else {
        throw .tooManyStrata(
          column: names[by], found: coded(by)?.used.count ?? rowCount, limit: Self.mostStrata)
      }
      strata = column
    } else if request.withoutStrata {
      strata = nil
    } else {
      let used = [arm.index, outcome.index, headings.client, headings.value, headings.cost]
      strata = Self.foundStrata(table, names, without: Set(used.compactMap(\.self)))
    }
  }

  private typealias Chosen = (index: Int, column: CodedColumn, meaning: MeaningOfCodes)

  /// The one column that has both meanings; among those the headings name, else among all.
  private static func choose(
    _ part: ExperimentError.Part, _ named: [Int], isSaid: Bool, table: Table, names: [String],
    without: Set<Int>, _ read: (CodedColumn, Int?) -> MeaningOfCodes?
  ) throws(ExperimentError) -> Chosen {
    var chosen: [Chosen] = []
    for index in named where !without.contains(index) {
      guard let column = CodedColumn(table.columns[index], rowCount: table.rowCount),
        let meaning = read(column, index)
      else { continue }
      chosen.append((index, column, meaning))
    }
    let both = chosen.filter { $0.meaning.hasBoth }
    if both.count == 1 { return both[0] }
    if both.count > 1 { throw .ambiguous(part, columns: both.map { names[$0.index] }) }
    if !isSaid {
      var byContent: [Chosen] = []
      for index in table.columns.indices where !without.contains(index) && !named.contains(index) {
        guard let column = CodedColumn(table.columns[index], rowCount: table.rowCount, limit: 20),
          column.used.count <= 20, let meaning = read(column, nil), meaning.hasBoth
        else { continue }
        byContent.append((index, column, meaning))
      }
      if byContent.count == 1 { return byContent[0] }
      if byContent.count > 1 { throw .ambiguous(part, columns: byContent.map { names[$0.index] }) }
    }
    // One arm alone is told by the caller; one outcome alone is a result.
    if chosen.count == 1 { return chosen[0] }
    if chosen.count > 1 { throw .ambiguous(part, columns: chosen.map { names[$0.index] }) }
    guard let first = named.first(where: { !without.contains($0) }) else {
      throw .noColumn(part, known: names)
    }
    let column = CodedColumn(table.columns[first], rowCount: table.rowCount)
    if column?.used.isEmpty == true { throw .emptyColumn(column: names[first]) }
    throw .meaningUnknown(
      part, column: names[first], values: column.map { c in c.used.prefix(5).map { c.texts[$0] } } ?? [])
  }

  private static func foundStrata(_ table: Table, _ names: [String], without: Set<Int>) -> CodedColumn? {
    for keys in ArmWords.strata {
      for index in names.indices where !without.contains(index) && ArmWords.isStratum(names[index], keys) {
        guard
          let column = CodedColumn(table.columns[index], rowCount: table.rowCount, limit: mostFoundStrata),
          (2...mostFoundStrata).contains(column.used.count)
        else { continue }
        return column
      }
    }
    return nil
  }
}
