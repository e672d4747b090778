import Foundation
import Testing

/// A figure, list or record of `Golden/golden.json`, which `Golden/golden.py` made with scipy, statsmodels and mpmath.
indirect enum Golden: Decodable, Sendable {
  case null
  case number(Double)
  case text(String)
  case list([Golden])
  case record([String: Golden])

  init(from decoder: any Decoder) throws {
    let box = try decoder.singleValueContainer()
    if box.decodeNil() {
      self = .null
    } else if let value = try? box.decode(Double.self) {
      self = .number(value)
    } else if let value = try? box.decode(String.self) {
      self = .text(value)
    } else if let value = try? box.decode([Golden].self) {
      self = .list(value)
    } else {
      self = .record(try box.decode([String: Golden].self))
    }
  }

  static let all: Golden = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/golden.json")
    guard let data = try? Data(contentsOf: url), let all = try? JSONDecoder().decode(Golden.self, from: data)
    else { return .null }
    return all
  }()

  /// The cases under a top key, with a name to tell them by.
  static func cases(_ key: String) -> [GoldenCase] {
    all[key].items.enumerated().map { GoldenCase(name: $1["name"].string ?? "\(key) \($0)", figures: $1) }
  }

  subscript(_ key: String) -> Golden {
    if case .record(let fields) = self { return fields[key] ?? .null }
    return .null
  }
  subscript(_ index: Int) -> Golden { items.indices.contains(index) ? items[index] : .null }
  var items: [Golden] {
    if case .list(let items) = self { return items }
    return []
  }
  var value: Double? {
    if case .number(let value) = self { return value }
    return nil
  }
  var string: String? {
    if case .text(let text) = self { return text }
    return nil
  }
  /// A count or a level that the case is about; present by construction.
  var double: Double { value ?? .nan }
  var int: Int { value.map { Int($0) } ?? -1 }
  var doubles: [Double] { items.map(\.double) }
  var ints: [Int] { items.map(\.int) }
}

struct GoldenCase: Sendable, CustomTestStringConvertible {
  let name: String
  let figures: Golden
  var expected: Golden { figures["expected"] }
  var testDescription: String { name }

  subscript(_ key: String) -> Golden { figures[key] }
}

/// Equal to a relative `tolerance`, or closer than `absolute`; both missing is equal too.
func expectClose(
  _ actual: Double?, _ expected: Double?, _ what: String = "", tolerance: Double = 1e-9,
  absolute: Double = 0, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let actual, let expected else {
    #expect(
      actual == nil && expected == nil,
      "\(what): \(String(describing: actual)), \(String(describing: expected)) expected",
      sourceLocation: sourceLocation)
    return
  }
  let gap = abs(actual - expected)
  let close = gap <= tolerance * abs(expected) || gap <= absolute
  #expect(
    close, "\(what): \(actual), \(expected) expected, relative error \(gap / abs(expected))",
    sourceLocation: sourceLocation)
}

func expectClose(
  _ actual: Golden, _ expected: Golden, _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) { expectClose(actual.value, expected.value, what, sourceLocation: sourceLocation) }

@Suite("The golden file")
struct GoldenTests {
  /// Otherwise every parameterised test would pass over no cases at all.
  @Test(
    "has cases under every key",
    arguments: [
      "twoSamples", "manyGroups", "exactGroups", "samples", "tables", "proportions", "ks", "power",
      "powerOfMeans", "strata", "standardization", "adjust", "correlation", "woe",
    ])
  func hasCases(_ key: String) { #expect(Golden.cases(key).count > 2, "\(key)") }
}
