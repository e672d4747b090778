public import EbbClients
public import EbbEngine
import EbbStatistics

extension RiskGroups {
  /// What has to be known before cells can be asked for: where churn lies, and how numbers are spread.
  public static func questions(
    for schema: ClientSchema, data: DataQuality, cuts: BandCuts = BandCuts(),
    options: RiskOptions = RiskOptions()
  ) -> Set<Question> {
    guard let churn = schema.column(.churn) else { return [] }
    var questions = ChurnSides.questions(schema)
    questions.insert(.counts(by: [Grouping(churn)]))
    questions.formUnion(
      RiskGroupings.questions(schema, clients: data.rows.used, cuts: cuts, excluded: options.excluded))
    for column in schema.numericColumns { questions.insert(.moments(of: column, by: [])) }
    return questions
  }

  /// Finds the groups: asks for the cells of all attributes, searches them, proves what it found, and asks for the
  /// totals of the groups. `answers` are those of `questions(for:data:)`.
  ///
  /// `nil` without churn, or where nobody left or nobody stayed. Too few leavers make an empty chapter.
  public static func find(
    _ engine: any Engine, answers: Answers, data: DataQuality, cuts: BandCuts = BandCuts(),
    options: RiskOptions = RiskOptions()
  ) async throws(EngineError) -> RiskGroups? {
    let schema = engine.schema
    guard let sides = ChurnSides(answers, schema) else { return nil }
    let clients = data.rows.used
    var plan = RiskGroupings(answers, schema, clients: clients, cuts: cuts, excluded: options.excluded)
    var answered: SparseCells?
    while answered == nil {
      let question = Question.cells(by: plan.groupings + [sides.grouping], sums: [])
      do throws(EngineError) {
        guard case .cells(let cells)? = try await engine.answer([question])[question] else { return nil }
        answered = cells
      } catch .tooManyCells {
        guard let last = plan.groupings.popLast() else { return nil }
        plan.leftOut.append(last.column)
      }
    }
    let share = options.share(of: clients)
    guard let answered,
      let cells = RiskCells(answered, plan.groupings, left: sides.left, share: share, seed: options.seed)
    else { return nil }
    let list = RiskList(cells, share: share, options: options)
    let found = list.risk + list.loyal
    var sums: RiskSums?
    if let (question, used) = RiskSums.question(found.map(\.rule), cells.attributes, schema),
      case .cells(let totals)? = try await engine.answer([question])[question]
    {
      sums = RiskSums(totals, used, found.map(\.rule), cells.attributes)
    }
    return RiskGroups(
      list, sums, answers, schema, leftOut: plan.leftOut, share: share, options: options)
  }

  init(
    _ list: RiskList, _ sums: RiskSums?, _ answers: Answers, _ schema: ClientSchema, leftOut: [String],
    share: Double, options: RiskOptions
  ) {
    let cells = list.cells
    let (total, discovery) = (cells.total, cells.discoveryTotal)
    let (risk, loyal) = (list.risk, list.loyal)
    let portrait = RiskPortrait(
      cells: cells, answers: answers, schema: schema, threshold: options.privacyThreshold)
    func group(_ found: RiskList.Found, _ index: Int, _ id: String) -> RiskGroup {
      RiskGroup(
        id, found, cells, portrait.traits(found, index, sums),
        Self.balance(sums, index, schema, threshold: options.privacyThreshold), schema)
    }
    var covered = [Bool](repeating: false, count: cells.count)
    for found in risk { for cell in found.members { covered[cell] = true } }
    let reached = RiskCells.Tally(
      packed: covered.indices.reduce(0) { covered[$1] ? $0 &+ cells.all[$1] : $0 })
    self.init(
      overall: Proportion(successes: total.churned, n: total.n),
      search: Search(
        discoveryShare: share, discoveryClients: discovery.n, confirmationClients: total.n - discovery.n,
        attributes: cells.attributes.map(\.grouping.column), leftOut: leftOut, rules: list.looked,
        tested: list.tested.count, conditionLimit: options.conditionLimit,
        minimumSize: options.minimumSize(of: total.n), alpha: options.alpha, seed: options.seed),
      risk: risk.enumerated().map { group($1, $0, "R\($0 + 1)") },
      loyal: loyal.enumerated().map { group($1, risk.count + $0, "L\($0 + 1)") },
      covered: Coverage(
        n: reached.n, churned: reached.churned, share: Double(reached.n) / Double(max(1, total.n)),
        ofChurned: CompositionShare(having: reached.churned, of: total.churned)))
  }

  private static func balance(
    _ sums: RiskSums?, _ index: Int, _ schema: ClientSchema, threshold: Int
  ) -> Segment.Balance? {
    guard let column = schema.column(.balance), let sums, let here = sums.groups[index][column],
      let all = sums.overall[column], here.n == 0 || here.n >= threshold
    else { return nil }
    return Segment.Balance(
      sum: here.sum, holders: here.n,
      share: all.sum > 0 && here.sum >= 0 ? here.sum / all.sum : nil)
  }
}

extension RiskGroup {
  init(
    _ id: String, _ found: RiskList.Found, _ cells: RiskCells, _ portrait: [Trait],
    _ balance: Segment.Balance?, _ schema: ClientSchema
  ) {
    let total = cells.total
    let here = RiskCells.Tally(packed: found.members.reduce(0) { $0 &+ cells.all[$1] })
    let rest = RiskCells.Tally(packed: total.packed &- here.packed)
    let churn = Proportion(successes: here.churned, n: here.n)
    let overall = Double(total.churned) / Double(max(1, total.n))
    let share = Double(here.n) / Double(max(1, total.n))
    let rate = churn.estimate ?? 0
    let risk = relativeRisk(
      successes1: here.churned, n1: here.n, successes2: rest.churned, n2: rest.n)
    // lift = RR / (share · RR + 1 − share) rises with RR.
    func lift(_ ratio: Double) -> Double { ratio / (share * ratio + 1 - share) }
    let (proof, others) = (found.here, found.elsewhere)
    let confirmed = Proportion(successes: proof.churned, n: proof.n)
    let confirming = Double(proof.churned + others.churned) / Double(max(1, proof.n + others.n))
    self.init(
      id: id,
      rule: RiskRule(found.rule.parts.map { cells.attributes[$0.attribute].condition($0.run, schema) }),
      n: here.n, share: share, churned: here.churned, churn: churn,
      elsewhere: Proportion(successes: rest.churned, n: rest.n),
      lift: overall > 0 ? rate / overall : nil,
      liftInterval: risk.interval.map {
        Interval(level: $0.level, low: lift($0.low), high: lift($0.high))
      },
      againstRest: [
        riskDifference(successes1: here.churned, n1: here.n, successes2: rest.churned, n2: rest.n), risk,
        oddsRatio(successes1: here.churned, n1: here.n, successes2: rest.churned, n2: rest.n),
      ], weightedRelativeAccuracy: share * (rate - overall),
      ofChurned: CompositionShare(having: here.churned, of: total.churned), balance: balance,
      confirmation: Confirmation(
        here: confirmed, elsewhere: Proportion(successes: others.churned, n: others.n),
        lift: confirming > 0 ? (confirmed.estimate ?? 0) / confirming : nil, test: found.test,
        pValueAdjusted: found.pValueAdjusted), portrait: portrait)
  }
}
