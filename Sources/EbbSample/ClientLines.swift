/// Clients as lines of CSV: bytes straight from the numbers, no text in between.
struct ClientLines: Sendable {
  private let cities, surnames: [[UInt8]]
  private let woman, man: [UInt8]
  /// More bytes than any line needs.
  let longestLine: Int

  init(_ language: SampleLanguage) {
    cities = language.cities.map { Array($0.utf8) }
    surnames = language.surnames.map { Array($0.utf8) }
    woman = Array(language.woman.utf8)
    man = Array(language.man.utf8)
    let numbers = 20 + 20 + 3 + 3 + 2 + 20 + 1 + 1 + 1 + 20 + 1
    longestLine =
      numbers + 14 + (cities.map(\.count).max() ?? 0) + (surnames.map(\.count).max() ?? 0)
      + max(woman.count, man.count)
  }

  func append(_ client: MadeUpClient, row: Int, to output: inout OutputSpan<UInt8>) {
    if !surnames.isEmpty {
      whole(row + 1, &output)
      comma(&output)
    }
    whole(client.id, &output)
    comma(&output)
    if !surnames.isEmpty {
      text(surnames[Int(Draw.below(UInt64(surnames.count), client.surname))], &output)
      comma(&output)
    }
    whole(client.score, &output)
    comma(&output)
    text(cities[client.city.rawValue], &output)
    comma(&output)
    text(client.isWoman ? woman : man, &output)
    comma(&output)
    whole(client.age, &output)
    comma(&output)
    whole(client.objects, &output)
    comma(&output)
    if let balance = client.balance {
      hundredths(balance, &output)
    } else if !surnames.isEmpty {
      output.append(0x30)
    }
    comma(&output)
    whole(client.products, &output)
    comma(&output)
    flag(client.hasCard, &output)
    comma(&output)
    flag(client.isActive, &output)
    comma(&output)
    hundredths(client.salary, &output)
    comma(&output)
    flag(client.hasLeft, &output)
    output.append(0x0A)
  }

  private func comma(_ output: inout OutputSpan<UInt8>) { output.append(0x2C) }

  private func flag(_ value: Bool, _ output: inout OutputSpan<UInt8>) { output.append(value ? 0x31 : 0x30) }

  private func text(_ bytes: [UInt8], _ output: inout OutputSpan<UInt8>) {
    for byte in bytes { output.append(byte) }
  }

  private func whole(_ value: Int, _ output: inout OutputSpan<UInt8>) {
    var divisor = 1
    while value / divisor >= 10 { divisor *= 10 }
    var rest = value
    while divisor > 0 {
      let digit: Int
      (digit, rest) = rest.quotientAndRemainder(dividingBy: divisor)
      output.append(UInt8(truncatingIfNeeded: 0x30 + digit))
      divisor /= 10
    }
  }

  /// Kopecks as roubles with two decimals.
  private func hundredths(_ value: Int, _ output: inout OutputSpan<UInt8>) {
    let (whole, rest) = value.quotientAndRemainder(dividingBy: 100)
    self.whole(whole, &output)
    output.append(0x2E)
    output.append(UInt8(truncatingIfNeeded: 0x30 + rest / 10))
    output.append(UInt8(truncatingIfNeeded: 0x30 + rest % 10))
  }
}
