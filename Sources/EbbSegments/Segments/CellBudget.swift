import EbbClients
import EbbEngine

/// How many cells a question would have. The engine refuses too many, so what would be larger is not asked: a table with
/// a hundred thousand cities still gets its study.
enum CellBudget {
  static let limit = 1 << 20

  static func fits(_ by: [Grouping], _ schema: ClientSchema) -> Bool { cells(by, schema) <= limit }

  /// At most this many, a cell for missing values included.
  static func cells(_ by: [Grouping], _ schema: ClientSchema) -> Int {
    by.reduce(1) { cells, grouping in
      let size =
        switch grouping.cells {
        case .levels: (schema.entry(grouping.column)?.distinct ?? ClientSchema.distinctLimit) + 1
        case .bands(let cuts, _): cuts.count + 2
        case .quantiles(let count): count + 1
        case .presence: 2
        }
      let (product, overflow) = cells.multipliedReportingOverflow(by: size)
      return overflow ? .max : product
    }
  }
}
