import EbbTable
import Foundation

@testable import EbbClients

/// Tables for these tests, made from text without the reader.
enum HandMadeTable {
  /// Comma-separated lines, no quotes. Numbers become integers or decimals, two values 0/1 stay integers, everything
  /// else becomes categories (flags for the columns named in `flags`); an empty field is missing.
  static func read(
    _ text: String, chunk: Int = 4, flags: Set<String> = [], kinds: [String: Column.Kind] = [:]
  ) -> ReadTable {
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map {
        String($0).trimmingCharacters(in: .whitespaces)
      }
    }
    let names = lines[0]
    let rows = Array(lines.dropFirst())
    let columns = names.indices.map { index in
      column(
        names[index], rows.map { $0[index] }, chunk, flag: flags.contains(names[index]), kinds[names[index]])
    }
    return read(columns, counts: pieces(rows.count, chunk).map(\.count))
  }

  static func read(_ columns: [Column], counts: [Int]) -> ReadTable {
    let grammars = columns.map { ColumnGrammar(name: $0.name, kind: $0.kind) }
    let table = Table(columns: columns, chunkRowCounts: counts)
    return ReadTable(
      table: table,
      reading: Reading(
        dialect: Dialect(), columns: grammars, headings: columns.map(\.name), guesses: []),
      recordCount: table.rowCount, rejectedCount: 0, rejected: [], totals: [])
  }

  static func column(
    _ name: String, _ texts: [String], _ chunk: Int, flag: Bool = false, _ kind: Column.Kind? = nil
  ) -> Column {
    let ranges = pieces(texts.count, chunk)
    let masks = ranges.map { range -> BitMask? in
      var words = [UInt64](repeating: 0, count: (range.count + 63) / 64)
      for (row, index) in range.enumerated() where texts[index].isEmpty {
        words[row >> 6] |= 1 << UInt64(row & 63)
      }
      let mask = BitMask(words: words, rowCount: range.count)
      return mask.count > 0 ? mask : nil
    }
    let present = texts.filter { !$0.isEmpty }
    if present.isEmpty {
      return Column(name: name, kind: .empty, storage: .none, missing: masks)
    }
    let scales = present.map(decimals)
    if !flag, kind == nil || kind == .integer || kind == .decimal, !scales.contains(nil) {
      let scale = scales.compactMap { $0 }.max() ?? 0
      let chunks = ranges.map { range in
        PackedIntegers(packing: range.map { texts[$0].isEmpty ? 0 : scaled(texts[$0], scale) })
      }
      return Column(
        name: name, kind: scale == 0 ? .integer : .decimal, storage: .scaled(chunks, scale: scale),
        missing: masks)
    }
    let levels = Set(present).sorted(by: utf8Order)
    let index = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($0.element, Int64($0.offset)) })
    let codes = ranges.map { range in
      PackedIntegers(packing: range.map { index[texts[$0]] ?? 0 })
    }
    let positive = flag ? levels.firstIndex { FlagMeaning.of($0, role: .card) == .yes } : nil
    return Column(
      name: name, kind: flag ? .flag : kind ?? .category,
      storage: .codes(codes, levels: Levels(texts: levels, positive: positive)), missing: masks)
  }

  static func pieces(_ count: Int, _ chunk: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: chunk).map { $0..<min($0 + chunk, count) }
  }

  private static func decimals(_ text: String) -> Int? {
    guard Double(text) != nil, !text.contains("e") else { return nil }
    return text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
  }

  private static func scaled(_ text: String, _ scale: Int) -> Int64 {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let digits = parts[0] + fraction + String(repeating: "0", count: scale - fraction.count)
    return Int64(digits) ?? 0
  }
}

extension Column {
  /// The values as texts, missing ones as `nil`.
  var texts: [String?] {
    let unit: Int
    if case .scaled(_, let scale) = storage { unit = scale } else { unit = 0 }
    return missing.enumerated().flatMap { chunk, mask -> [String?] in
      switch storage {
      case .scaled(let chunks, _):
        return (0..<chunks[chunk].count).map {
          mask?[$0] == true ? nil : ColumnCensus.text(chunks[chunk][$0], scale: unit)
        }
      case .codes(let chunks, let levels):
        return (0..<chunks[chunk].count).map {
          mask?[$0] == true ? nil : levels.texts[Int(chunks[chunk][$0])]
        }
      case .real(let chunks):
        return chunks[chunk].enumerated().map { mask?[$0.offset] == true ? nil : "\($0.element)" }
      case .none: return [String?](repeating: nil, count: mask?.rowCount ?? 0)
      }
    }
  }
}

/// Files beside the project that are not part of it; tests that need them are skipped where they are absent.
enum SharedFiles {
  /// `../shared` beside the project, or the folder named by `EBB_SHARED`.
  static func path(_ name: String) -> String {
    if let folder = ProcessInfo.processInfo.environment["EBB_SHARED"] { return folder + "/" + name }
    var folder = URL(filePath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder.appending(path: "../shared/" + name).standardizedFileURL.path
  }

  static func text(_ name: String) -> String? { try? String(contentsOfFile: path(name), encoding: .utf8) }

  static var areThere: Bool { FileManager.default.fileExists(atPath: path("data/bank_dataset.csv")) }
}
