public import EbbClients
public import EbbEngine

/// The chapter of portraits: those who left, those who stayed, and each product group, against all other clients.
/// What is typical of each is in `traits`, ranked by effect and corrected for how many were looked at.
public struct Portraits: Sendable, Codable, Equatable {
  /// Empty without a churn column, or where nobody left or nobody stayed.
  public let churn: [Portrait]
  /// One for each product group; empty without products.
  public let products: [Portrait]

  public var left: Portrait? { churn.first { $0.group == .left } }
  public var stayed: Portrait? { churn.first { $0.group == .stayed } }

  public static func questions(for schema: ClientSchema, cuts: BandCuts = BandCuts()) -> Set<Question> {
    var questions = ChurnSides.questions(schema)
    let sides = schema.column(.churn).map { Grouping($0) }
    let products = Portrait.productGrouping(schema)
    for column in schema.numericColumns {
      if let sides { questions.formUnion(PortraitCells.questions(column, by: sides, deviations: true)) }
      if let products, column != products.column {
        questions.formUnion(PortraitCells.questions(column, by: products, deviations: false))
      }
    }
    for attribute in Portrait.attributes(schema, cuts) {
      for grouping in [sides, products].compactMap(\.self) where grouping.column != attribute.column {
        questions.insert(.counts(by: [attribute, grouping]))
      }
    }
    for grouping in [sides, products].compactMap(\.self) { questions.insert(.counts(by: [grouping])) }
    return questions
  }

  public init(
    answers: Answers, schema: ClientSchema, cuts: BandCuts = BandCuts(),
    options: ComparisonOptions = ComparisonOptions()
  ) {
    if let sides = ChurnSides(answers, schema) {
      churn = [(Portrait.Group.left, sides.left), (.stayed, sides.stayed)].compactMap {
        Portrait($0, level: $1, by: sides.grouping, answers, schema, cuts, options)
      }
    } else {
      churn = []
    }
    if let products = Portrait.productGrouping(schema),
      case .counts(let cells)? = answers[.counts(by: [products])]
    {
      self.products = zip(cells.axes[0], cells.counts).compactMap { level, count in
        level.isMissing || count == 0
          ? nil : Portrait(.products, level: level, by: products, answers, schema, cuts, options)
      }
    } else {
      products = []
    }
  }
}

/// One group against the rest.
public struct Portrait: Sendable, Codable, Equatable {
  public enum Group: String, Sendable, Codable, Equatable { case left, stayed, products }

  public let group: Group
  /// The level of the column that makes the group: "1", "ушёл".
  public let value: String
  /// Clients of the group among all clients whose group is known.
  public let share: CompositionShare
  public let numbers: [PortraitNumber]
  public let categories: [PortraitCategory]
  /// The strongest first.
  public let traits: [PortraitTrait]

  public func number(_ role: Role) -> PortraitNumber? { numbers.first { $0.role == role } }

  static func productGrouping(_ schema: ClientSchema) -> Grouping? {
    schema.column(.products).flatMap { schema.levelColumns.contains($0) ? Grouping($0) : nil }
  }

  /// Attributes with levels, banded numbers where bands are agreed upon, and presence of every number.
  static func attributes(_ schema: ClientSchema, _ cuts: BandCuts) -> [Grouping] {
    let levels = Set(schema.levelColumns)
    return schema.factorEntries.flatMap { entry -> [Grouping] in
      var groupings: [Grouping] = []
      if levels.contains(entry.column) {
        groupings.append(Grouping(entry.column))
      } else if let cuts = cuts.cuts(entry), schema.isNumeric(entry.column) {
        groupings.append(Grouping(entry.column, .bands(cuts: cuts, leftClosed: true)))
      }
      groupings.append(Grouping(entry.column, .presence))
      return groupings
    }
  }

  init?(
    _ group: Group, level: Level, by grouping: Grouping, _ answers: Answers, _ schema: ClientSchema,
    _ cuts: BandCuts, _ options: ComparisonOptions
  ) {
    guard case .counts(let cells)? = answers[.counts(by: [grouping])],
      let index = cells.axes[0].firstIndex(of: level)
    else { return nil }
    let known = zip(cells.axes[0], cells.counts).reduce(0) { $1.0.isMissing ? $0 : $0 + $1.1 }
    self.group = group
    value = ComparisonValue(level).value
    share = CompositionShare(having: cells.counts[index], of: known)
    numbers = schema.factorEntries.compactMap { entry in
      guard schema.isNumeric(entry.column), entry.column != grouping.column,
        let cells = PortraitCells(answers, entry.column, by: grouping),
        let cell = cells.levels.firstIndex(of: level)
      else { return nil }
      return PortraitNumber(entry, cells, cell: cell)
    }
    categories = Self.attributes(schema, cuts).compactMap { attribute in
      attribute.column == grouping.column
        ? nil : PortraitCategory(attribute, by: grouping, cell: level, answers, schema)
    }
    // A number that is also shown by its levels or bands counts once, as a number
    let counted = Set(numbers.map(\.column))
    traits = PortraitTrait.ranked(
      numbers.compactMap(PortraitTrait.candidate)
        + categories.filter { $0.attribute.kind == .presence || !counted.contains($0.attribute.column) }
        .flatMap(PortraitTrait.candidates), options)
  }
}
