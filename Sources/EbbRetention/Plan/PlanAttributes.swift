import EbbClients
import EbbForecast
import EbbTable

extension PlanClients.Attribute {
  /// Gender by its values and age by its bands, as far as the table has them: what the four-fifths rule is held
  /// against, in the table's order of columns.
  static func protected(_ clients: ClientTable, cuts: BandCuts = BandCuts()) -> [Self] {
    [Role.gender, .age].compactMap { role in
      guard let entry = clients.schema.entry(role), let column = clients.column(role) else { return nil }
      let values = FeatureMatrix.values(column, rowCount: clients.table.rowCount)
      switch column.storage {
      case .codes(_, let levels):
        return Self(
          name: entry.column, groups: levels.texts.map { .init(value: $0) } + [.init(value: "missing")],
          codes: values.map { $0.isNaN ? Int16(levels.texts.count) : Int16(clamping: Int($0)) })
      case .scaled, .real:
        guard let borders = cuts.cuts(entry) else { return nil }
        let bands = (0...borders.count).map { band -> Group in
          let low = band > 0 ? borders[band - 1] : nil
          let high = band < borders.count ? borders[band] : nil
          return Group(value: FeatureGroups.band(low, high), low: low, high: high)
        }
        return Self(
          name: entry.column, groups: bands + [.init(value: "missing")],
          codes: values.map { value in
            value.isNaN ? Int16(bands.count) : Int16(borders.count { value >= $0 })
          })
      case .none: return nil
      }
    }
  }
}
