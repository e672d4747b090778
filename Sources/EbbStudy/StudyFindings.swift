import EbbClients
import EbbForecast
import EbbRetention
import EbbSegments
import EbbStatistics

extension Study {
  package func with(_ provenance: Provenance) -> Study { replacing(provenance: provenance) }
  func with(_ churn: Churn) -> Study { replacing(churn: churn) }
  func with(_ forecast: Forecast) -> Study { replacing(forecast: forecast) }
  func with(_ retention: RetentionResult) -> Study { replacing(retention: retention) }

  /// The same study with what is worth saying first.
  func withFindings() -> Study {
    replacing(
      findings: churnFindings + productFindings + unrelatedFindings + hypothesisFindings + forecastFindings
        + planFindings + missingFindings + qualityFindings)
  }

  /// The same study but for what is given.
  private func replacing(
    provenance: Provenance? = nil, churn: Churn? = nil, forecast: Forecast? = nil,
    retention: RetentionResult? = nil, findings: [Finding]? = nil
  ) -> Study {
    Study(
      schema: schema, provenance: provenance ?? self.provenance, quality: quality, profile: profile,
      churn: churn ?? self.churn, segments: segments, portraits: portraits, hypotheses: hypotheses,
      forecast: forecast ?? self.forecast, riskGroups: riskGroups,
      recommendations: retention.map(\.recommendations) ?? recommendations,
      plan: retention.map(\.plan) ?? plan, experiments: retention.map(\.experiments) ?? experiments,
      findings: findings ?? self.findings)
  }

  private var churnFindings: [Finding] {
    guard let churn else { return [] }
    var findings = [
      Finding(
        kind: .overallChurn, certainty: .descriptive,
        figures: Self.figures(churn.overall.estimate, churn.overall))
    ]
    // The level that stands out most among those with enough leavers to trust, by the attribute's information.
    let levels = churn.by.filter { $0.attribute.kind != .presence }.flatMap { by in
      by.levels.filter { $0.n >= 100 && $0.value != "pooled" && $0.value != "missing" }.map {
        (by.attribute, $0)
      }
    }
    let excess = levels.max { first, second in
      // Leavers above what the overall rate would make.
      let (a, b) = (
        Double(first.1.n) * (first.1.difference ?? 0), Double(second.1.n) * (second.1.difference ?? 0)
      )
      return a < b
    }
    if let (attribute, level) = excess {
      var figures = Self.figures(level.churn.estimate, level.churn)
      figures["lift"] = level.lift
      figures["from"] = level.low
      figures["to"] = level.high
      figures["shareOfChurned"] = level.ofChurned.share
      findings.append(
        Finding(
          kind: .highestChurnLevel, certainty: .descriptive,
          subject: [
            "attribute": attribute.column, "role": attribute.role?.rawValue ?? "attribute",
            "value": level.value,
          ], figures: figures))
    }
    return findings
  }

  private var productFindings: [Finding] {
    guard let segments, let stability = segments.stability else { return [] }
    let separated = (stability.pValueBonferroni ?? 1) < provenance.alpha
    func finding(_ kind: Finding.Kind, _ value: String, _ churn: Double?, _ segment: Segment?) -> Finding {
      Finding(
        kind: kind, certainty: separated ? .established : .undecided, subject: ["value": value],
        figures: segment.map { Self.figures(churn, $0.churn) } ?? [:])
    }
    func segment(_ value: String) -> Segment? { segments.byProducts.first { $0.values == [value] } }
    var findings = [
      finding(.mostStableProducts, stability.most, stability.mostChurn.estimate, segment(stability.most)),
      finding(.leastStableProducts, stability.least, stability.leastChurn.estimate, segment(stability.least)),
    ]
    if let most = segments.adjustedProducts.max(by: { abs($0.shift ?? 0) < abs($1.shift ?? 0) }),
      let adjusted = most.adjusted.estimate, let raw = most.raw.estimate
    {
      findings.append(
        Finding(
          kind: .adjustedProducts, certainty: .descriptive, subject: ["value": most.value],
          figures: ["raw": raw, "adjusted": adjusted, "coverage": most.adjusted.coverage]))
    }
    return findings
  }

  private var hypothesisFindings: [Finding] {
    guard let hypotheses else { return [] }
    return hypotheses.tested.filter { $0.family != .further }.map { hypothesis in
      var figures: [String: Double] = [:]
      figures["pValue"] = hypothesis.decision?.pValue
      figures["pValueAdjusted"] = hypothesis.decision?.pValueAdjusted
      let tests = hypothesis.comparison?.tests ?? hypothesis.shares?.tests ?? []
      figures["log10PValue"] = tests.first { $0.name == hypothesis.decision?.test }?.log10PValue
      return Finding(
        kind: hypothesis.family == .declared ? .hypothesis : .attributeAgainstChurn,
        certainty: hypothesis.verdict == .undecided ? .undecided : .established,
        subject: [
          "id": hypothesis.id, "measure": hypothesis.measure,
          "measureRole": hypothesis.measureRole.rawValue, "by": hypothesis.by,
          "byRole": hypothesis.byRole.rawValue, "verdict": hypothesis.verdict.rawValue,
        ], figures: figures)
    }
  }

  /// What a reader may stop asking about: no difference, or one too small to matter.
  private var unrelatedFindings: [Finding] {
    let found = (hypotheses?.tested ?? []).filter { hypothesis in
      (hypothesis.measureRole == .churn || hypothesis.byRole == .churn)
        && (hypothesis.verdict == .equivalent || hypothesis.verdict == .differNegligibly)
    }
    guard !found.isEmpty else { return [] }
    var subject: [String: String] = [:]
    for (index, hypothesis) in found.enumerated() {
      let isMeasure = hypothesis.measureRole != .churn
      subject["attribute\(index + 1)"] = isMeasure ? hypothesis.measure : hypothesis.by
      subject["role\(index + 1)"] = (isMeasure ? hypothesis.measureRole : hypothesis.byRole).rawValue
    }
    return [
      Finding(
        kind: .unrelatedAttributes, certainty: .established, subject: subject,
        figures: ["count": Double(found.count)])
    ]
  }

  private var planFindings: [Finding] {
    guard let plan, plan.selected.clients > 0 else { return [] }
    let totals = plan.contacted
    var figures = [
      "contacted": Double(totals.clients), "control": Double(plan.control.clients),
      "leavers": totals.leavers, "kept": totals.kept, "cost": totals.cost, "gain": totals.gain,
    ]
    figures["breakEvenEffectFactor"] = plan.breakEvenEffectFactor
    return [Finding(kind: .plan, certainty: .undecided, figures: figures)]
  }

  private var missingFindings: [Finding] {
    (quality?.missing ?? []).filter(\.structural).map { pattern in
      Finding(
        kind: .structuralMissing, certainty: .established,
        subject: ["attribute": pattern.column, "role": pattern.role.rawValue],
        figures: ["missing": Double(pattern.missing), "share": pattern.share])
    }
  }

  private var forecastFindings: [Finding] {
    guard let forecast else { return [] }
    if let refusal = forecast.refusal {
      return [
        Finding(
          kind: .forecastRefused, certainty: .undecided, subject: ["reason": refusal.rawValue],
          figures: ["n": Double(forecast.n), "churned": Double(forecast.churned)])
      ]
    }
    var findings: [Finding] = []
    if let champion = forecast.champion, let model = forecast.model(champion) {
      let metrics = model.metrics
      findings.append(
        Finding(
          kind: .forecastQuality, certainty: .established, subject: ["model": champion.rawValue],
          figures: [
            "rocAUC": metrics.rocAUC.estimate, "low": metrics.rocAUC.lower, "high": metrics.rocAUC.upper,
            "lift": metrics.liftTopTenth.estimate, "capture": metrics.captureTopTenth.estimate,
          ]))
    }
    return findings
      + forecast.setAside.filter(\.reason.isWarning).map { feature in
        var figures: [String: Double] = [:]
        figures["rocAUC"] = feature.rocAUC
        return Finding(
          kind: .leakingColumn, certainty: .descriptive,
          subject: ["attribute": feature.feature, "reason": feature.reason.rawValue], figures: figures)
      }
  }

  private var qualityFindings: [Finding] {
    guard let data = quality?.data else { return [] }
    func finding(_ issue: String, _ count: Int, _ subject: [String: String] = [:]) -> Finding? {
      guard count > 0 else { return nil }
      return Finding(
        kind: .dataQuality, certainty: .descriptive,
        subject: subject.merging(["issue": issue]) { $1 }, figures: ["count": Double(count)])
    }
    return [
      finding("identicalRows", data.duplicates.identicalRows),
      finding("repeatedIDs", data.duplicates.repeatedIDs),
    ].compactMap(\.self)
      + data.ranges.compactMap {
        finding("impossibleValues", $0.count, ["attribute": $0.column, "role": $0.role.rawValue])
      }
      + data.contradictions.compactMap { finding($0.kind.rawValue, $0.count) }
  }

  private static func figures(_ rate: Double?, _ churn: Proportion) -> [String: Double] {
    var figures: [String: Double] = ["n": Double(churn.n), "churned": Double(churn.successes)]
    figures["rate"] = rate
    figures["low"] = churn.interval?.low
    figures["high"] = churn.interval?.high
    return figures
  }
}
