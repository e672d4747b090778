import EbbTable

/// A column with its final role, and what was noticed on the way.
struct FittedColumn: Sendable {
  var column: Column
  var entry: ClientSchema.Entry
  var onlyText: String?
  var demotion: DataQuality.Demotion?
  var merges: [SpellingMerge] = []
  var range: DataQuality.RangeFinding?
  var zeroBalance: ZeroBalance?
  var coding: ChurnCoding?
}

/// Looks at a column's content: does it fit the role its name suggests, is it an identifier, a constant, text?
struct ColumnFitting: Sendable {
  let rowCount: Int
  let options: ClientOptions
  let churnMeansStayed: Bool

  func fit(_ column: Column, _ assignment: RoleAssignment) throws(ClientError) -> FittedColumn {
    if assignment.role == .churn { return try fitChurn(column, assignment) }
    let byUser = assignment.reason == .byUser
    if column.kind == .empty || column.missingCount == rowCount {
      if byUser, assignment.role.isUnique { throw .emptyColumn(role: assignment.role, column: column.name) }
      return ignored(column, .empty, demotedFrom: assignment.role)
    }
    switch assignment.role {
    case .churn: return try fitChurn(column, assignment)
    case .ignored: return fitIgnored(column, assignment)
    case .attribute: return fitAttribute(column, byUser: byUser)
    case .id:
      return fitted(column, .id, assignment.reason, census: nil)
    case .age, .balance, .income, .score, .products, .objects:
      if let fitting = numbers(column, assignment.role) { return measured(fitting, assignment) }
      if byUser { throw .notNumeric(role: assignment.role, column: column.name, kind: column.kind) }
    case .card, .activity:
      if let flag = column.asFlag(role: assignment.role) {
        return fitted(flag, assignment.role, assignment.reason, census: census(flag))
      }
      if byUser {
        throw .notFlag(
          role: assignment.role, column: column.name, kind: column.kind, values: Self.firstTexts(column))
      }
    case .city, .gender:
      if let fitting = levels(column, assignment.role) {
        return respelled(fitting, assignment.role, assignment.reason)
      }
      if byUser { return fitAttribute(column, byUser: true) }
    }
    var attribute = fitAttribute(column, byUser: false)
    attribute.demotion = DataQuality.Demotion(column: column.name, role: assignment.role, kind: column.kind)
    return attribute
  }

  // MARK: Roles

  private func fitChurn(_ column: Column, _ assignment: RoleAssignment) throws(ClientError) -> FittedColumn {
    let (flag, coding) = try ChurnReading.read(
      column, rowCount: rowCount, headingMeansStayed: churnMeansStayed, churnedText: options.churnedText)
    var result = fitted(flag, .churn, assignment.reason, census: census(flag))
    result.coding = coding
    return result
  }

  /// The column as numbers where the role takes it; products may also be categories ("1", "2", "3+").
  private func numbers(_ column: Column, _ role: Role) -> Column? {
    let isCount = role == .products || role == .objects
    switch column.kind {
    case .integer, .decimal, .real: return column.asWholeNumbers()
    case .flag: return isCount ? column.codesAsNumbers() : nil
    case .category: return isCount ? column.codesAsNumbers() ?? (role == .products ? column : nil) : nil
    case .text, .empty: return nil
    }
  }

  private func measured(_ column: Column, _ assignment: RoleAssignment) -> FittedColumn {
    var column = column
    var zeros: ZeroBalance?
    if assignment.role == .balance {
      let verdict = ZeroBalance(column, rowCount: rowCount, rule: options.zeroBalance)
      if verdict.madeMissing { column = ZeroBalance.zerosMissing(column) }
      zeros = verdict
      if column.missingCount == rowCount {
        return ignored(column, .empty, demotedFrom: .balance, zeros: zeros)
      }
    }
    let census = census(column)
    var result = fitted(column, assignment.role, assignment.reason, census: census)
    result.zeroBalance = zeros
    if let range = AllowedRange.byRole[assignment.role], range.mayBeLeft(by: column, census) {
      result.range = range.finding(assignment.role, column)
    }
    return result
  }

  private func levels(_ column: Column, _ role: Role) -> Column? {
    switch column.kind {
    case .flag, .category: return column
    case .text:
      guard case .codes(_, let levels) = column.storage, levels.texts.count <= 1000 else { return nil }
      return column.ofKind(.category)
    case .integer:
      return census(column).distinct.map { $0 <= (role == .gender ? 3 : 1000) } ?? false ? column : nil
    case .decimal, .real, .empty: return nil
    }
  }

  private func respelled(_ column: Column, _ role: Role, _ reason: ClientSchema.Reason) -> FittedColumn {
    let census = census(column)
    guard case .codes(_, let levels) = column.storage, column.kind != .flag else {
      return fitted(column, role, reason, census: census)
    }
    let plan = Spellings.plan(levels, counts: census.codeCounts, column: column.name, merging: role)
    if plan.levels == levels { return fitted(column, role, reason, census: census) }
    let merged = column.recoded(plan.codes, levels: plan.levels, kind: column.kind)
    var result = fitted(merged, role, reason, census: self.census(merged))
    result.merges = plan.merges
    return result
  }

  // MARK: Plain and ignored columns

  private func fitIgnored(_ column: Column, _ assignment: RoleAssignment) -> FittedColumn {
    if assignment.reason == .rowNumber, !RowNumbers.confirms(column, assignment, rowCount: rowCount) {
      return fitAttribute(column, byUser: false)
    }
    if assignment.reason == .personal {
      // "phone: yes" tells nothing of whom to call.
      let few =
        column.kind == .flag
        || (column.kind == .integer && (census(column).distinct ?? .max) <= ClientSchema.fewLevels)
      if few { return fitAttribute(column, byUser: false) }
    }
    return ignored(column, assignment.reason)
  }

  private func fitAttribute(_ column: Column, byUser: Bool) -> FittedColumn {
    let column = column.asWholeNumbers().withoutUnusedLevels()
    let census = census(column)
    if !byUser {
      if census.isConstant, column.missingCount == 0 {
        return ignored(column, .constant, onlyText: census.onlyText)
      }
      if column.kind == .text {
        return ignored(column, census.distinct == census.present ? .identifierLike : .freeText)
      }
      if column.kind == .category, census.distinct == census.present, census.present >= 20 {
        return ignored(column, .identifierLike)
      }
      if let reason = RowNumbers.identifier(column, census, rowCount: rowCount) {
        return ignored(column, reason)
      }
    }
    return fitted(column, .attribute, byUser ? .byUser : .plainAttribute, census: census)
  }

  private func ignored(
    _ column: Column, _ reason: ClientSchema.Reason, demotedFrom role: Role = .ignored,
    onlyText: String? = nil,
    zeros: ZeroBalance? = nil
  ) -> FittedColumn {
    var result = fitted(column, .ignored, reason, census: nil)
    result.onlyText = onlyText
    result.zeroBalance = zeros
    if role.isUnique { result.demotion = DataQuality.Demotion(column: column.name, role: role, kind: .empty) }
    return result
  }

  private func fitted(
    _ column: Column, _ role: Role, _ reason: ClientSchema.Reason, census: ColumnCensus?
  ) -> FittedColumn {
    var scale = 0
    if case .scaled(_, let decimals) = column.storage { scale = decimals }
    return FittedColumn(
      column: column,
      entry: ClientSchema.Entry(
        column: column.name, role: role, kind: column.kind, scale: scale, reason: reason,
        distinct: census?.distinct),
      onlyText: census?.onlyText)
  }

  private func census(_ column: Column) -> ColumnCensus { ColumnCensus(column, rowCount: rowCount) }

  private static func firstTexts(_ column: Column) -> [String] {
    guard case .codes(_, let levels) = column.storage else { return [] }
    return Array(levels.texts.prefix(5))
  }
}

extension Column {
  func ofKind(_ kind: Kind) -> Column { Column(name: name, kind: kind, storage: storage, missing: missing) }

  /// Levels no row has (any more) are left out.
  func withoutUnusedLevels() -> Column {
    guard case .codes(_, let levels) = storage, kind == .category else { return self }
    let counts = ColumnCensus.counts(self)
    guard counts.contains(0) else { return self }
    let plan = Spellings.plan(levels, counts: counts, column: name, merging: nil)
    return recoded(plan.codes, levels: plan.levels, kind: kind)
  }
}

extension AllowedRange {
  /// A quick look at the extremes before every value is looked at.
  func mayBeLeft(by column: Column, _ census: ColumnCensus) -> Bool {
    guard case .scaled(_, let scale) = column.storage, let lowest = census.low, let highest = census.high
    else {
      return true
    }
    let unit = Double(PowersOfTen.value(scale))
    return (whole && scale > 0) || low.map { Double(lowest) < $0 * unit } ?? false
      || high.map { Double(highest) > $0 * unit } ?? false
  }
}
