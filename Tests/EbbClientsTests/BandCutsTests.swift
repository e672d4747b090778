import EbbTable
import Testing

@testable import EbbClients

@Suite struct BandCutsTests {
  private func entry(_ column: String, _ role: Role) -> ClientSchema.Entry {
    ClientSchema.Entry(column: column, role: role, kind: .integer, scale: 0, reason: .byName)
  }

  @Test func standardAndOverridden() {
    #expect(BandCuts().cuts(entry("Age", .age)) == [18, 30, 40, 50, 60])
    #expect(BandCuts().cuts(entry("x", .attribute)) == nil)
    #expect(BandCuts(byColumn: ["x": [5, 1]]).cuts(entry("x", .attribute)) == [1, 5])
    #expect(BandCuts(byColumn: ["Age": [25]]).cuts(entry("Age", .age)) == [25])
    #expect(BandCuts(byRole: [:]).cuts(entry("Age", .age)) == nil)
  }
}
