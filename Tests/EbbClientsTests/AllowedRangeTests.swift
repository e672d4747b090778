import EbbTable
import Testing

@testable import EbbClients

@Suite struct AllowedRangeTests {
  @Test func countsAndShowsTheWorst() throws {
    let (made, quality) = try clients(
      """
      churn,age,income,balance,score,products
      1,30,-5.5,10,500,1
      0,7,100.0,-20,1001,2
      0,130,100.0,-20,-3,-1
      0,999,-7.5,-9000.25,300,1
      1,7,-1.0,5,850,4
      1,3,-1.0,5,850,4
      """)
    func finding(_ role: Role) -> DataQuality.RangeFinding? { quality.ranges.first { $0.role == role } }
    #expect(finding(.age)?.below == 3)
    #expect(finding(.age)?.above == 2)
    #expect(finding(.age)?.examples == [3, 999, 7, 130])
    #expect(finding(.income)?.examples == [-7.5, -5.5, -1])
    #expect(finding(.income)?.count == 4)
    #expect(finding(.score)?.examples == [-3, 1001])
    #expect(finding(.products)?.count == 1)
    #expect(finding(.balance)?.range.severity == .unusual)
    #expect(finding(.balance)?.examples == [-9000.25, -20])
    // Told, not mended.
    #expect(made.column(.age)?.texts == ["30", "7", "130", "999", "7", "3"])
  }

  @Test func fractionsOfYears() throws {
    let (_, quality) = try clients("churn,age\n1,30.5\n0,40\n0,41.25\n")
    #expect(quality.ranges.map(\.fractional) == [2])
    #expect(quality.ranges.map(\.examples) == [[30.5, 41.25]])
  }

  @Test func realsAreLookedAtToo() throws {
    let real = Column(name: "income", kind: .real, storage: .real([[1e9, -1e-9, 0]]), missing: [nil])
    let churn = HandMadeTable.column("churn", ["1", "0", "0"], 3)
    let (_, quality) = try ClientTable.make(
      from: HandMadeTable.read([real, churn], counts: [3]),
      assignments: RoleMatcher.match(headings: ["income", "churn"]))
    #expect(quality.ranges.map(\.examples) == [[-1e-9]])
  }

  @Test func nothingWrongNothingSaid() throws {
    let (_, quality) = try clients("churn,age,score\n1,14,0\n0,120,1000\n")
    #expect(quality.ranges.isEmpty)
  }
}
