import EbbClients
import EbbStatistics
import Foundation

@testable import EbbSegments

/// Holds the chapters of profile and churn against figures in the form of the reference, each at its own place.
struct ReferenceCheck {
  typealias Object = [String: Any]

  /// Its names of levels in words of this table.
  let names: [String: String]
  private(set) var compared = 0
  private(set) var wrong: [String] = []

  init(names: [String: String] = [:]) { self.names = names }

  static let roles: [String: Role] = [
    "score": .score, "city": .city, "gender": .gender, "age": .age, "age_band": .age, "objects": .objects,
    "objects_as_is": .objects, "balance": .balance, "balance_state": .balance, "products": .products,
    "card": .card, "active": .activity, "salary": .income, "churn": .churn,
  ]

  static func kind(_ feature: String) -> ComparisonAxis.Kind {
    switch feature {
    case "age_band": .bands
    case "balance_state": .presence
    case "score", "age", "objects", "balance", "salary": .quantiles
    default: .levels
    }
  }

  mutating func same(_ value: Int?, _ wanted: Any?, _ place: String) {
    guard let wanted = (wanted as? NSNumber)?.intValue else { return }
    compared += 1
    if value != wanted { wrong.append("\(place): \(value.map { "\($0)" } ?? "nil"), not \(wanted)") }
  }

  mutating func near(_ value: Double?, _ wanted: Any?, _ place: String, _ relative: Double = 1e-9) {
    guard let wanted = (wanted as? NSNumber)?.doubleValue else { return }
    compared += 1
    let isNear = value.map { abs($0 - wanted) <= relative * abs(wanted) + 1e-15 } ?? false
    if !isNear { wrong.append("\(place): \(value.map { "\($0)" } ?? "nil"), not \(wanted)") }
  }

  mutating func absent(_ place: String) { wrong.append("\(place) is absent") }

  /// "18-29" and "60+" name a band by its lower border.
  func isLevel(_ name: Any?, _ value: String, low: Double?, _ feature: String) -> Bool {
    let name = (name as? NSNumber).map { "\($0)" } ?? name as? String ?? ""
    if feature == "age_band", let border = Double(name.prefix(while: \.isNumber)) { return low == border }
    return value == names[name] ?? name
  }

  // MARK: Profile

  mutating func profile(_ profile: Profile, _ truth: Object) {
    same(profile.rows, truth["rows"], "rows")
    for (name, wanted) in truth["columns"] as? [String: Object] ?? [:] {
      guard let role = Self.roles[name] else { continue }
      guard let column = profile.columns.first(where: { $0.role == role }) else {
        absent(name)
        continue
      }
      same(column.missing, wanted["missing"], name + " missing")
      near(column.missingShare, wanted["missing_share"], name + " missing share")
      same(column.distinct, wanted["distinct"], name + " distinct")
      if wanted["mean"] != nil, let numbers = column.numbers {
        figures(numbers, wanted, name)
      } else if wanted["mean"] != nil {
        absent(name + " numbers")
      }
      for (level, count) in wanted["counts"] as? [String: Any] ?? [:] {
        let found = column.counts.first { isLevel(level, $0.value, low: nil, name) }
        same(found?.count, count, "\(name) \(level)")
        let share = (count as? NSNumber).map { $0.doubleValue / Double(profile.rows) }
        near(found?.share, share, "\(name) \(level) share")
      }
    }
  }

  private mutating func figures(_ numbers: ColumnProfile.Numbers, _ wanted: Object, _ name: String) {
    same(numbers.n, wanted["n_present"], name + " n")
    same(numbers.zeros, wanted["zeros"], name + " zeros")
    same(numbers.tukeyOutliers, wanted["tukey_outliers"], name + " outliers")
    let figures: [(String, Double?)] = [
      ("min", numbers.minimum), ("max", numbers.maximum), ("mean", numbers.mean),
      ("std", numbers.standardDeviation), ("sum", numbers.sum), ("p01", numbers.p01), ("p05", numbers.p05),
      ("q25", numbers.q25), ("median", numbers.median), ("q75", numbers.q75), ("p95", numbers.p95),
      ("p99", numbers.p99), ("skewness", numbers.skewness), ("kurtosis_excess", numbers.kurtosis),
    ]
    for (key, value) in figures { near(value, wanted[key], "\(name) \(key)") }
  }

  // MARK: Association

  mutating func association(_ association: Association, _ schema: [ColumnProfile], _ truth: Object) {
    let column = Dictionary(schema.map { ($0.role, $0.column) }) { first, _ in first }
    for kind in ["pearson", "spearman"] {
      let matrix = (truth[kind] as? Object)?["matrix"] as? [String: [String: Object]] ?? [:]
      for (first, row) in matrix {
        for (second, wanted) in row where first != second {
          let pair: [String?] = [first, second].map { Self.roles[$0].flatMap { column[$0] } }
          guard
            let found = association.correlations.first(where: {
              [$0.first, $0.second] == pair || [$0.second, $0.first] == pair
            })
          else {
            absent("\(kind) \(first) \(second)")
            continue
          }
          let (r, test) =
            kind == "pearson"
            ? (found.pearson, found.pearsonTest) : (found.spearman, found.spearmanTest)
          same(found.n, wanted["n"], "\(kind) \(first) \(second) n")
          near(r, wanted["r"], "\(kind) \(first) \(second)")
          near(test?.pValue, wanted["p"], "\(kind) \(first) \(second) p", 1e-6)
        }
      }
    }
    let information = (truth["mutual_information"] as? Object)?["features"] as? [String: Object] ?? [:]
    for (name, wanted) in truth["woe"] as? [String: Object] ?? [:] {
      guard
        let found = association.information.first(where: {
          $0.attribute.role == Self.roles[name] && $0.attribute.kind == Self.kind(name)
        })
      else {
        absent("information of \(name)")
        continue
      }
      weights(found, wanted, name)
      near(found.mutualInformation?.nats, information[name]?["mi_nats"], name + " nats")
      near(found.mutualInformation?.bits, information[name]?["mi_bits"], name + " bits")
      near(
        found.mutualInformation?.shareOfEntropy, information[name]?["share_of_churn_entropy"],
        name + " share of entropy")
    }
    for (name, wanted) in truth["single_feature_auc"] as? Object ?? [:] {
      guard let role = Self.roles[name] else { continue }
      near(association.singleFeatures.first { $0.role == role }?.rocAUC, wanted, name + " AUC")
    }
    let ranking = (truth["iv_ranking"] as? [Object] ?? []).compactMap { $0["feature"] as? String }
    let places = ranking.map { name in
      association.information.firstIndex {
        $0.attribute.role == Self.roles[name] && $0.attribute.kind == Self.kind(name)
      } ?? -1
    }
    if places != places.sorted() { wrong.append("the ranking by information value is another: \(places)") }
  }

  private mutating func weights(_ found: AttributeInformation, _ wanted: Object, _ name: String) {
    near(found.iv, wanted["iv"], name + " iv")
    near(found.ivAdjusted, wanted["iv_adjusted"], name + " adjusted iv")
    let undefined = (wanted["undefined_bins"] as? [String] ?? []).map { names[$0] ?? $0 }
    if found.undefinedBins != undefined { wrong.append("\(name): undefined bins \(found.undefinedBins)") }
    let edges = (wanted["edges"] as? [NSNumber] ?? []).map(\.doubleValue)
    let bins = wanted["bins"] as? [Object] ?? []
    same(found.bins.count, bins.count, name + " bins")
    for (index, wanted) in bins.enumerated() {
      let isBand = Self.kind(name) == .quantiles && wanted["bin"] as? String != "missing"
      let bin =
        isBand
        ? (found.bins.indices.contains(index) ? found.bins[index] : nil)
        : found.bins.first { isLevel(wanted["bin"], $0.value, low: $0.low, name) }
      let place = "\(name) bin \(wanted["bin"] ?? index)"
      if isBand, index + 1 < edges.count {
        near(bin?.low, edges[index], place + " low")
        near(bin?.high, edges[index + 1], place + " high")
      }
      same(bin?.n, wanted["n"], place + " n")
      same(bin?.stayed, wanted["stayed"], place + " stayed")
      same(bin?.churned, wanted["churned"], place + " churned")
      near(bin?.churnRate, wanted["churn_rate"], place + " rate")
      near(bin?.share, wanted["share"], place + " share")
      near(bin?.woe, wanted["woe"], place + " weight")
      near(bin?.iv, wanted["iv"], place + " iv")
      near(bin?.woeAdjusted, wanted["woe_adjusted"], place + " adjusted weight")
      near(bin?.ivAdjusted, wanted["iv_adjusted"], place + " adjusted iv")
      if bin?.woe != nil, wanted["woe"] is NSNull { wrong.append("\(place) has a weight") }
    }
  }

  // MARK: Churn

  mutating func churn(_ churn: Churn, _ truth: Object) {
    let overall = truth["overall"] as? Object ?? [:]
    rate(churn.overall, overall, "overall")
    same(churn.stayed, overall["stayed"], "stayed")
    for (name, levels) in truth["by"] as? [String: [Object]] ?? [:] {
      let kind: ComparisonAxis.Kind = name == "objects" ? .levels : Self.kind(name)
      guard
        let by = churn.by.first(where: {
          $0.attribute.role == Self.roles[name] && $0.attribute.kind == kind
        })
      else {
        absent("churn by \(name)")
        continue
      }
      same(by.levels.count, levels.count, "levels of \(name)")
      for wanted in levels {
        let place = "\(name) \(wanted["level"] ?? "")"
        guard let level = by.levels.first(where: { isLevel(wanted["level"], $0.value, low: $0.low, name) })
        else {
          absent(place)
          continue
        }
        self.level(level, wanted, place, ofChurned: churn.overall.successes)
      }
    }
    for (name, cells) in truth["cross"] as? [String: [Object]] ?? [:] { cross(churn, name, cells) }
  }

  private mutating func rate(_ rate: Proportion, _ wanted: Object, _ place: String) {
    same(rate.n, wanted["n"], place + " n")
    same(rate.successes, wanted["churned"], place + " churned")
    near(rate.estimate, wanted["churn_rate"], place + " rate")
    near(rate.interval?.low, wanted["wilson_low"], place + " low")
    near(rate.interval?.high, wanted["wilson_high"], place + " high")
  }

  private mutating func level(
    _ level: ChurnByAttribute.Level, _ wanted: Object, _ place: String, ofChurned: Int
  ) {
    rate(level.churn, wanted, place)
    same(level.n, wanted["n"], place + " n")
    same(level.churned, wanted["churned"], place + " churned")
    near(level.share, wanted["share"], place + " share")
    near(level.lift, wanted["lift_vs_overall"], place + " lift")
    near(level.difference.map { 100 * $0 }, wanted["difference_vs_overall_pp"], place + " difference")
    near(level.ofChurned.share, wanted["share_of_all_churned"], place + " of those who left")
    same(level.ofChurned.of, ofChurned as NSNumber, place + " those who left")
    let risk = level.againstRest.first { $0.name == "relativeRisk" }
    near(risk?.estimate, wanted["rr_vs_rest"], place + " relative risk")
    near(risk?.interval?.low, wanted["rr_low"], place + " relative risk low")
    near(risk?.interval?.high, wanted["rr_high"], place + " relative risk high")
    let odds = level.againstRest.first { $0.name == "oddsRatio" }
    near(odds?.estimate, wanted["odds_ratio"], place + " odds ratio")
    near(odds?.interval?.low, wanted["or_low"], place + " odds ratio low")
    near(odds?.interval?.high, wanted["or_high"], place + " odds ratio high")
  }

  /// Cells that are not shown must be small, and together make the pooled cell.
  private mutating func cross(_ churn: Churn, _ name: String, _ cells: [Object]) {
    let pair = name.components(separatedBy: "_x_")
    func isAxis(_ axis: ComparisonAxis, _ feature: String) -> Bool {
      axis.role == Self.roles[feature] && axis.kind == Self.kind(feature)
    }
    guard let table = churn.cross.first(where: { isAxis($0.first, pair[0]) && isAxis($0.second, pair[1]) })
    else {
      absent(name)
      return
    }
    var hidden: [(n: Int, churned: Int)] = []
    for wanted in cells {
      let found = table.cells.first { cell in
        zip(pair, [cell.first, cell.second]).allSatisfy { feature, value in
          let low = Double(value.dropFirst().prefix(while: \.isNumber))
          return isLevel(wanted[feature], value, low: low, feature)
        }
      }
      if let found {
        rate(found.churn, wanted, "\(name) \(found.first) \(found.second)")
      } else {
        hidden.append((wanted["n"] as? Int ?? 0, wanted["churned"] as? Int ?? 0))
      }
    }
    let shown = table.cells.filter { $0.first != "pooled" }.map(\.n)
    let small = hidden.filter { $0.n < 5 }
    let joined = hidden.filter { $0.n >= 5 }
    // A larger cell is hidden only where the small ones alone would be too few, and then it is the smallest.
    if !joined.isEmpty, small.reduce(0, { $0 + $1.n }) >= 5 || joined.count > 1 { absent(name + " cells") }
    for cell in joined where cell.n > shown.min() ?? .max { absent(name + " cell of \(cell.n)") }
    let pooled = table.cells.first { $0.first == "pooled" }
    same(pooled?.n ?? 0, hidden.reduce(0) { $0 + $1.n } as NSNumber, name + " pooled")
    same(pooled?.churned ?? 0, hidden.reduce(0) { $0 + $1.churned } as NSNumber, name + " pooled churned")
  }
}
