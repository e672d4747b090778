public import EbbClients
package import EbbTable

extension FeatureMatrix {
  /// Attributes with more levels than this tell clients apart rather than kinds of clients: they stay out.
  public static let levelLimit = 50
  /// The same for cities and products, whose levels are kinds of clients.
  public static let roleLevelLimit = 500

  /// Features of a client table, in canonical order: numbers and flags as they are, categories as codes, missing as
  /// missing. Gender and age are marked as sensitive. Churn, ids, ignored columns and free text stay out; those that
  /// a reader would look for are named with the reason.
  ///
  /// - Parameters:
  ///   - excluding: columns or roles the user wants out of the forecast ("gender", "Пол").
  ///   - rows: these clients only; `nil` for all.
  public static func make(from clients: ClientTable, excluding: Set<String> = [], rows: [Int]? = nil)
    -> (matrix: FeatureMatrix, setAside: [SetAsideFeature])
  {
    var features: [Feature] = []
    var columns: [[Double]] = []
    var setAside: [SetAsideFeature] = []
    let count = clients.table.rowCount
    func chosen(_ column: Column) -> [Double] {
      let all = values(column, rowCount: count)
      return rows.map { rows in rows.map { all[$0] } } ?? all
    }
    for entry in clients.schema.factorEntries {
      func leaveOut(_ reason: SetAsideFeature.Reason) {
        setAside.append(SetAsideFeature(feature: entry.column, reason: reason))
      }
      guard let column = clients.table.column(named: entry.column) else { continue }
      if excluding.contains(entry.column) || excluding.contains(entry.role.rawValue) {
        leaveOut(.excluded)
        continue
      }
      let actionable = [.products, .card, .activity].contains(entry.role)
      let sensitive = entry.role == .gender || entry.role == .age
      let limit =
        [.city, .products, .gender].contains(entry.role) ? Self.roleLevelLimit : Self.levelLimit
      switch column.storage {
      case .scaled, .real:
        features.append(
          Feature(name: entry.column, kind: .number, isSensitive: sensitive, isActionable: actionable))
        columns.append(chosen(column))
      case .codes(_, let levels) where entry.kind == .flag:
        let yes = Double(levels.positive ?? 1)
        features.append(
          Feature(name: entry.column, kind: .number, isSensitive: sensitive, isActionable: actionable))
        columns.append(chosen(column).map { $0.isNaN ? .nan : $0 == yes ? 1 : 0 })
      case .codes(_, let levels) where entry.kind == .category && levels.texts.count <= limit:
        features.append(
          Feature(
            name: entry.column, kind: .category, levels: levels.texts, isSensitive: sensitive,
            isActionable: actionable))
        columns.append(chosen(column))
      case .codes: leaveOut(.tooManyLevels)
      case .none: leaveOut(.constant)
      }
    }
    return (FeatureMatrix(features: features, columns: columns), setAside)
  }

  /// Who left, in row order; `nil` without a churn flag.
  public static func churned(_ clients: ClientTable) -> [Bool]? {
    guard let column = clients.column(.churn), case .codes(_, let levels) = column.storage,
      let yes = levels.positive
    else { return nil }
    return values(column, rowCount: clients.table.rowCount).map { $0 == Double(yes) }
  }

  /// Numbers as doubles (value, not value × 10^scale), categories as codes; NaN where missing.
  package static func values(_ column: Column, rowCount: Int) -> [Double] {
    var out: [Double] = []
    out.reserveCapacity(rowCount)
    func append(_ chunk: PackedIntegers, divisor: Double) {
      switch chunk {
      case .int8(let values): for value in values { out.append(Double(value) / divisor) }
      case .int16(let values): for value in values { out.append(Double(value) / divisor) }
      case .int32(let values): for value in values { out.append(Double(value) / divisor) }
      case .int64(let values): for value in values { out.append(Double(value) / divisor) }
      }
    }
    switch column.storage {
    case .scaled(let chunks, let scale):
      var divisor = 1.0
      for _ in 0..<scale { divisor *= 10 }
      for chunk in chunks { append(chunk, divisor: divisor) }
    case .real(let chunks): for chunk in chunks { out += chunk }
    case .codes(let chunks, _): for chunk in chunks { append(chunk, divisor: 1) }
    case .none: return [Double](repeating: .nan, count: rowCount)
    }
    markMissing(column, &out)
    return out
  }

  private static func markMissing(_ column: Column, _ out: inout [Double]) {
    var start = 0
    for (chunk, mask) in column.missing.enumerated() {
      let count: Int
      switch column.storage {
      case .scaled(let chunks, _): count = chunks[chunk].count
      case .codes(let chunks, _): count = chunks[chunk].count
      case .real(let chunks): count = chunks[chunk].count
      case .none: count = mask?.rowCount ?? 0
      }
      if let mask { for row in 0..<count where mask[row] { out[start + row] = .nan } }
      start += count
    }
  }
}
