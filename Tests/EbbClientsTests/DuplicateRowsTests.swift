import EbbTable
import Testing

@testable import EbbClients

@Suite struct DuplicateRowsTests {
  // Rows:     A    B    A    A'   B    C
  static let text = """
    n,id,churn,age
    1,7,1,30
    2,8,0,40
    3,7,1,30
    4,7,1,31
    5,8,0,40
    6,9,0,50
    """
  // n numbers the rows: it is left out of the comparison.

  private func ages(_ options: ClientOptions) throws -> ([String?], DataQuality) {
    let (made, quality) = try clients(Self.text, options: options)
    return (made.column(.age)?.texts ?? [], quality)
  }

  @Test func identicalRowsGo() throws {
    let (ages, quality) = try ages(ClientOptions())
    #expect(ages == ["30", "40", "31", "50"])
    #expect(
      quality.duplicates
        == .init(
          idColumn: "id", identicalRows: 2, identicalRowsDropped: 2, repeatedIDs: 1, repeatedIDRows: 2,
          rule: .keep, droppedByRule: 0, missingIDs: 0))
    #expect(quality.rows == .init(read: 6, used: 4, rejected: 0, totals: 0, duplicatesDropped: 2))
  }

  @Test func firstAndLastFollowTheFile() throws {
    #expect(try ages(ClientOptions(duplicates: .first)).0 == ["30", "40", "50"])
    #expect(try ages(ClientOptions(duplicates: .last)).0 == ["31", "40", "50"])
    #expect(try ages(ClientOptions(duplicates: .last)).1.duplicates.droppedByRule == 1)
    // A, A', A: the last row is an A.
    let (made, _) = try clients(
      "id,churn,age\n1,1,30\n1,1,31\n1,1,30\n2,0,5\n", options: ClientOptions(duplicates: .last))
    #expect(made.column(.age)?.texts == ["30", "5"])
  }

  /// The same rows however many cores look for them, and whether the ids lie near to each other or far apart.
  @Test(arguments: [1, 2, 3, 8], [1, 900_000_007] as [Int64])
  func coresDoNotMatter(cores: Int, factor: Int64) {
    let chunks = (0..<7).map { chunk in (0..<500).map { Int64((chunk * 500 + $0) * 7919 % 3001) * factor } }
    let found = RepeatedKeys.candidates(
      chunks.map { PackedIntegers(packing: $0) }, missing: chunks.map { _ in nil }, rowCount: 3500,
      cores: cores)
    let all = chunks.flatMap { $0 }
    let counts = Dictionary(all.map { ($0, 1) }, uniquingKeysWith: +)
    let twice = all.indices.filter { counts[all[$0], default: 0] > 1 }
    #expect(twice.count == 998)
    #expect(found.filter { counts[$0.key] ?? 0 > 1 }.map(\.row) == twice)
    #expect(factor > 1 || found.count == twice.count)
  }

  @Test func refuseEndsIt() {
    #expect(throws: ClientError.duplicateIds(column: "id", ids: 1, rows: 2)) {
      try clients(Self.text, options: ClientOptions(duplicates: .refuse))
    }
  }

  @Test func withoutAnIDTwinsMayBeTwoPeople() throws {
    let text = "churn,age\n1,30\n0,40\n1,30\n1,30\n0,\n0,\n"
    let (kept, quality) = try clients(text)
    #expect(kept.table.rowCount == 6)
    #expect(quality.duplicates.identicalRows == 3)
    #expect(quality.duplicates.identicalRowsDropped == 0)
    let (dropped, _) = try clients(text, options: ClientOptions(dropsIdenticalRowsWithoutID: true))
    #expect(dropped.column(.age)?.texts == ["30", "40", nil])
  }

  @Test func missingIDsAreNobodysTwin() throws {
    let (made, quality) = try clients("id,churn,age\n,1,30\n,1,30\n3,0,5\n")
    #expect(made.table.rowCount == 3)
    #expect(quality.duplicates.missingIDs == 2)
  }

  /// Against counting with a dictionary, for narrow and wide ranges of ids.
  @Test(arguments: [Int64(50), 5_000, 1 << 40, .max])
  func agreesWithADictionary(range: Int64) throws {
    var generator = SystemIndependentGenerator(seed: UInt64(bitPattern: range))
    for _ in 0..<20 {
      let pool = (0..<300).map { _ in Int64.random(in: -range...range, using: &generator) }
      let rows = (0..<400).map { _ in
        (
          id: pool[Int.random(in: 0..<300, using: &generator)],
          age: Int.random(in: 20...22, using: &generator)
        )
      }
      var variants: [Int64: Set<Int>] = [:]
      for row in rows { variants[row.id, default: []].insert(row.age) }
      let text = "id,churn,age\n" + rows.map { "\($0.id),\($0.id & 1),\($0.age)" }.joined(separator: "\n")
      let read = HandMadeTable.read(text, chunk: 64)
      let assignments = try RoleMatcher.match(headings: ["id", "churn", "age"])
      let (made, quality) = try ClientTable.make(from: read, assignments: assignments)
      let different = variants.values.reduce(0) { $0 + $1.count }
      #expect(quality.duplicates.identicalRows == 400 - different)
      #expect(made.table.rowCount == different)
      #expect(quality.duplicates.repeatedIDs == variants.values.count { $0.count > 1 })
      #expect(
        quality.duplicates.repeatedIDRows == variants.values.reduce(0) { $0 + ($1.count > 1 ? $1.count : 0) })
      let first = try ClientTable.make(
        from: read, assignments: assignments, options: .init(duplicates: .first)
      ).clients
      #expect(first.table.rowCount == variants.count)
      var firstAge: [Int64: Int] = [:]
      for row in rows where firstAge[row.id] == nil { firstAge[row.id] = row.age }
      let kept = zip(first.column(.id)?.texts ?? [], first.column(.age)?.texts ?? [])
      #expect(kept.allSatisfy { id, age in Int64(id ?? "").flatMap { firstAge[$0] }.map { "\($0)" } == age })
    }
  }
}
