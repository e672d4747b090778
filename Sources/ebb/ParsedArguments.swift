import EbbClients
import EbbWords

/// A command line read against a `CommandSpec`.
struct ParsedArguments: Sendable, Equatable {
  private(set) var positionals: [String] = []
  private var flags: Set<String> = []
  private var values: [String: [String]] = [:]

  func flag(_ name: String) -> Bool { flags.contains(name) }
  func value(_ name: String) -> String? { values[name]?.last }
  func all(_ name: String) -> [String] { values[name] ?? [] }

  func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .badValue(
        option: name, text: text,
        expected: Phrase(
          en: "a whole number from \(range.lowerBound)"
            + (range.upperBound == .max ? "" : " to \(range.upperBound)"),
          ru: "целое число от \(range.lowerBound)"
            + (range.upperBound == .max ? "" : " до \(range.upperBound)")))
    }
    return number
  }

  func number(_ name: String, in range: ClosedRange<Double>) throws(UsageError) -> Double? {
    guard let text = value(name) else { return nil }
    guard let number = Double(text), range.contains(number) else {
      throw .badValue(
        option: name, text: text,
        expected: Phrase(
          en: "a number from \(range.lowerBound) to \(range.upperBound)",
          ru: "число от \(range.lowerBound) до \(range.upperBound)"))
    }
    return number
  }

  /// A share: `0.01`, `1%`.
  func share(_ name: String) throws(UsageError) -> Double? {
    guard let text = value(name) else { return nil }
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? String(text.dropLast()) : text
    guard let number = Double(digits), case let share = isPercent ? number / 100 : number,
      (0...1).contains(share)
    else {
      throw .badValue(
        option: name, text: text,
        expected: Phrase(en: "a share such as 0.01 or 1%", ru: "доля, например 0.01 или 1%"))
    }
    return share
  }

  func choice(_ name: String, of choices: [String]) throws(UsageError) -> String? {
    guard let text = value(name) else { return nil }
    guard choices.contains(text) else {
      let list = choices.joined(separator: ", ")
      throw .badValue(
        option: name, text: text, expected: Phrase(en: "one of \(list)", ru: "одно из: \(list)"))
    }
    return text
  }

  /// Reads `arguments` (program and command name taken off).
  static func parse(_ arguments: [String], spec: CommandSpec) throws(UsageError) -> ParsedArguments {
    var parsed = ParsedArguments()
    var rest = arguments[...]
    var onlyPositionals = false
    while let argument = rest.popFirst() {
      if onlyPositionals || argument == "-" || !argument.hasPrefix("-") {
        guard parsed.positionals.count < spec.positionals.count else { throw .unexpectedArgument(argument) }
        parsed.positionals.append(argument)
      } else if argument == "--" {
        onlyPositionals = true
      } else {
        try parsed.read(option: argument, rest: &rest, spec: spec)
      }
    }
    if parsed.flag("help") { return parsed }
    for (index, positional) in spec.positionals.enumerated()
    where positional.isRequired && index >= parsed.positionals.count {
      throw .missingArgument(positional.name)
    }
    return parsed
  }

  private mutating func read(option argument: String, rest: inout ArraySlice<String>, spec: CommandSpec)
    throws(UsageError)
  {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let written = String(parts[0])
    let option = spec.allOptions.first {
      written == "--" + $0.name || ($0.short.map { written == "-\($0)" } ?? false)
    }
    guard let option else {
      let names = spec.allOptions.map(\.name)
      let plain = String(written.drop { $0 == "-" })
      throw .unknownOption(written, suggestion: NearestName.find(plain, among: names))
    }
    switch option.kind {
    case .flag:
      if parts.count > 1 { throw .unwantedValue(option: option.name) }
      flags.insert(option.name)
    case .value(let placeholder), .repeated(let placeholder):
      guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
        throw .missingValue(option: option.name, placeholder: placeholder)
      }
      if case .value = option.kind, values[option.name] != nil { throw .repeatedOption(option.name) }
      values[option.name, default: []].append(value)
    }
  }
}
