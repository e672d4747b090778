import EbbClients
import EbbEngine
import EbbStatistics
import Foundation
import Testing

@testable import EbbSegments

private let shared = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")
private let hasShared = FileManager.default.fileExists(atPath: shared.appending(path: "expected").path)

/// Every figure of the reference for segments (numpy, statsmodels; its README), each against its own place in the chapter.
@Suite(.enabled(if: hasShared, "../shared is absent: the public tables are not here"))
struct SegmentsReferenceTests {
  typealias Object = [String: Any]

  static func chapter(_ file: String) async throws -> Segments {
    let (clients, quality) = try await ReferenceFiguresTests.clients(file)
    let questions = Segments.questions(for: clients.schema, data: quality)
    let answers = try await MemoryEngine(clients).answer(questions)
    return try #require(Segments(answers: answers, schema: clients.schema, data: quality))
  }

  static func truth() throws -> Object {
    let text = try Data(contentsOf: shared.appending(path: "expected/truth_bank_dataset.json"))
    return try #require(JSONSerialization.jsonObject(with: text) as? Object)
  }

  static let roles: [String: Role] = [
    "score": .score, "age": .age, "objects": .objects, "balance": .balance, "salary": .income,
  ]

  @Test(arguments: ["bank_dataset.csv", "bank_customers_en.csv"])
  func segmentsAreThoseOfTheReference(file: String) async throws {
    let chapter = try await Self.chapter(file)
    let products = try #require(try Self.truth()["products"] as? Object)
    var compared = 0
    func check(_ value: Double?, _ expected: Any?, _ place: String) {
      guard let number = (expected as? NSNumber)?.doubleValue else { return }
      compared += 1
      #expect(value.map { abs($0 - number) <= 1e-9 * abs(number) } ?? false, "\(place): \(value ?? .nan)")
    }
    for (cut, segments) in [("segments", chapter.byProducts), ("by_churn", chapter.byProductsAndChurn)] {
      let wanted = try #require(products[cut] as? [Object]).filter { ($0["n"] as? Int ?? 0) > 0 }
      #expect(wanted.count == segments.count)
      for object in wanted {
        let group = try #require(object["products"] as? Int)
        let side = object["churn"] as? Int
        let segment = try #require(
          segments.first {
            $0.values[0] == "\(group)" && (side == nil || ($0.churned > 0) == (side == 1))
          })
        let place = "\(file) \(cut) \(segment.values)"
        #expect(segment.n == object["n"] as? Int)
        check(segment.share, object["share"], place + " share")
        check(segment.churn.estimate, object["churn_rate"], place + " churn")
        check(segment.churn.interval?.low, object["wilson_low"], place + " low")
        check(segment.churn.interval?.high, object["wilson_high"], place + " high")
        if let churned = object["churned"] as? Int { #expect(segment.churned == churned) }
        for (key, role) in Self.roles {
          let expected = try #require(object[key] as? Object)
          let number = try #require(segment.number(role))
          #expect(number.n == expected["n"] as? Int)
          check(number.mean, expected["mean"], place + " \(key) mean")
          check(number.median, expected["median"], place + " \(key) median")
          check(number.standardDeviation, expected["std"], place + " \(key) std")
          check(number.q25, expected["q25"], place + " \(key) q25")
          check(number.q75, expected["q75"], place + " \(key) q75")
          check(number.minimum, expected["min"], place + " \(key) min")
          check(number.maximum, expected["max"], place + " \(key) max")
        }
        let present = segment.category(.balance, .presence)
        check(
          present?.levels.first { $0.value == "present" }?.share.share, object["balance_present_share"],
          place + " balance present")
        func yes(_ role: Role, _ value: String) -> Double? {
          segment.category(role, .levels)?.levels.first { $0.value == value }?.share.share
        }
        check(yes(.activity, "1"), object["share_active"], place + " active")
        check(yes(.card, "1"), object["share_card"], place + " card")
        check(yes(.gender, "Ж") ?? yes(.gender, "Female"), object["share_women"], place + " women")
        check(yes(.objects, "0"), object["objects_zero_share"], place + " objects")
        // City names differ in the English file, their shares do not.
        let cities = segment.category(.city, .levels)?.levels.compactMap(\.share.share).sorted() ?? []
        let wantedCities = try #require(object["city_shares"] as? [String: Double]).values.sorted()
        #expect(cities.count == wantedCities.count)
        for (share, wanted) in zip(cities, wantedCities) { check(share, wanted, place + " city") }
        let bands = segment.category(.age, .bands)?.levels.map(\.share.share) ?? []
        let names = ["18-29", "30-39", "40-49", "50-59", "60+"]
        let shares = try #require(object["age_band_shares"] as? [String: Double])
        #expect(bands.count == names.count)
        for (share, name) in zip(bands, names) { check(share, shares[name], place + " age \(name)") }
      }
    }
    #expect(compared > 450, "\(compared) figures compared")
    #expect(chapter.stability?.most == "2" && chapter.stability?.least == "4")
  }

  /// The portraits' figures of those who left and stayed, found in the segments by churn.
  @Test(arguments: ["bank_dataset.csv", "bank_customers_en.csv"])
  func leaversAndStayers(file: String) async throws {
    let chapter = try await Self.chapter(file)
    let portraits = try #require(try Self.truth()["portraits"] as? Object)
    let numeric = try #require(portraits["numeric"] as? [String: Object])
    var compared = 0
    for (key, role) in Self.roles {
      for (side, left) in [("churned", true), ("stayed", false)] {
        let expected = try #require(numeric[key]?[side] as? Object)
        let segment = try #require(chapter.byChurn.first { ($0.churned > 0) == left })
        let number = try #require(segment.number(role))
        let pairs: [(String, Double?)] = [
          ("mean", number.mean), ("median", number.median), ("std", number.standardDeviation),
          ("q25", number.q25), ("q75", number.q75),
        ]
        for (name, value) in pairs {
          guard let wanted = expected[name] as? Double else { continue }
          compared += 1
          #expect(isClose(value, wanted, 1e-9), "\(file) \(side) \(key) \(name)")
        }
      }
    }
    #expect(compared >= 40, "\(compared) figures compared")
  }
}

extension Segment {
  fileprivate func category(_ role: Role, _ kind: ComparisonAxis.Kind) -> Category? {
    categories.first { $0.attribute.role == role && $0.attribute.kind == kind }
  }
}
