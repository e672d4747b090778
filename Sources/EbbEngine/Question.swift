/// What can be asked about the clients. Every question can be answered by an in-memory pass or by SQL, and its
/// answer is an aggregate: no row leaves the engine (`sample` aside).
///
/// Missing values of a measure are left out of that measure's figures. An empty `by` means: all clients together.
public enum Question: Sendable, Hashable, Codable {
  /// Clients by cells of several attributes.
  case counts(by: [Grouping])
  /// Clients by cells of many attributes, only the cells that somebody falls into (`SparseCells`), with the totals of
  /// numeric columns by cell: one GROUP BY. Far more attributes than `counts` can take.
  case cells(by: [Grouping], sums: [String])
  /// `Moments` of a numeric column (flags: 0/1) by cell. All cells share one pivot.
  case moments(of: String, by: [Grouping])
  /// Type-7 quantiles by cell.
  case quantiles(of: String, by: [Grouping], probabilities: [Double])
  /// Mid-ranks over all non-missing cells together, and for each pair of cells: what Kruskal-Wallis, Dunn,
  /// Mann-Whitney and Kolmogorov-Smirnov need. Cells with a missing level are left out.
  case ranks(of: String, by: [Grouping])
  /// |x − centre| by cell: what Levene (mean) and Brown-Forsythe (median) need.
  case deviations(of: String, by: [Grouping], from: Center)
  /// Counts between edges, the last bin closed on both sides (numpy.histogram).
  case histogram(of: String, edges: [Double], by: [Grouping])
  /// Number of different present values.
  case distinct(of: String)
  /// Pearson and Spearman of every pair of columns, over the rows where both are present.
  case correlations(of: [String])
  /// `rows` clients drawn without replacement by a seeded generator, all columns.
  case sample(rows: Int, seed: UInt64)

  public enum Center: String, Sendable, Hashable, Codable { case mean, median }
}
