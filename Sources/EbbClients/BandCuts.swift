/// Where numbers are cut into bands unless the user says otherwise.
///
/// Bands are closed on the left, [a, b), with one below the first cut and one from the last cut on, as
/// `pandas.cut(x, [-inf] + cuts + [inf], right=False)`; bands nobody falls into are left out.
public struct BandCuts: Sendable, Codable, Equatable {
  /// Cuts by role, in the unit of the column, ascending.
  public var byRole: [Role: [Double]]
  /// Cuts by column name, for plain attributes; they come before those of the role.
  public var byColumn: [String: [Double]]

  public init(byRole: [Role: [Double]] = BandCuts.standard, byColumn: [String: [Double]] = [:]) {
    self.byRole = byRole
    self.byColumn = byColumn
  }

  /// Age by decades from 30 (18-29, 30-39, 40-49, 50-59, 60+); score by FICO's own bands
  /// (poor < 580, fair < 670, good < 740, very good < 800, exceptional).
  public static let standard: [Role: [Double]] = [
    .age: [18, 30, 40, 50, 60],
    .score: [580, 670, 740, 800],
  ]

  /// `nil`: no fixed cuts; quantiles serve better.
  public func cuts(_ entry: ClientSchema.Entry) -> [Double]? {
    guard let cuts = byColumn[entry.column] ?? byRole[entry.role], !cuts.isEmpty else { return nil }
    return cuts.sorted()
  }
}
