import Testing

@testable import EbbSample

/// The bytes: the same whatever the cores, and a larger sample begins with a smaller one.
@Suite struct SampleBlocksTests {
  static func bytes(clients: Int, seed: UInt64 = 1, language: SampleLanguage = .russian, cores: Int = 2) async
    -> [UInt8]
  {
    var all: [UInt8] = []
    var blocks = Sample(clients: clients, seed: seed, language: language).blocks(cores: cores)
    while let block = await blocks.next() { all += block }
    return all
  }

  static func lines(_ bytes: [UInt8]) -> [Substring] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test(arguments: SampleLanguage.allCases) func coresChangeNothing(language: SampleLanguage) async {
    let one = await Self.bytes(clients: 60_000, language: language, cores: 1)
    let two = await Self.bytes(clients: 60_000, language: language, cores: 2)
    let many = await Self.bytes(clients: 60_000, language: language, cores: 9)
    #expect(one == two)
    #expect(one == many)
  }

  @Test(arguments: [0, 1, 16_383, 16_384, 16_385, 40_000]) func theFirstClientsAreTheSame(clients: Int) async
  {
    let small = await Self.bytes(clients: clients)
    let large = await Self.bytes(clients: 50_000)
    #expect(large.starts(with: small))
    #expect(Self.lines(small).count == clients + 2)
  }

  @Test func noClientsIsAHeading() async {
    #expect(await Self.lines(Self.bytes(clients: 0)) == [Substring(SampleLanguage.russian.heading), ""])
  }

  @Test func anotherSeedIsAnotherSample() async {
    let first = await Self.bytes(clients: 100, seed: 1)
    let second = await Self.bytes(clients: 100, seed: 2)
    #expect(first != second)
  }

  /// Fixed bytes: a change of the generator is a change of every sample, and must be meant.
  @Test func theFirstLinesStayTheSame() async {
    let russian = await Self.lines(Self.bytes(clients: 3))
    let english = await Self.lines(Self.bytes(clients: 3, language: .english))
    #expect(russian[1] == "87657053,761,Ярославль,Ж,29,1,,2,0,1,30948.32,0")
    #expect(english[1] == "1,87657053,Castro,761,France,Female,29,1,0,2,0,1,30948.32,0")
  }

  /// The same clients in both: but for words, row numbers, surnames and the missing balance.
  @Test func languagesAgree() async {
    let russian = await Self.lines(Self.bytes(clients: 2_000)).dropFirst().dropLast()
    let english = await Self.lines(Self.bytes(clients: 2_000, language: .english)).dropFirst().dropLast()
    for (index, (here, there)) in zip(russian, english).enumerated() {
      let here = here.split(separator: ",", omittingEmptySubsequences: false)
      let there = there.split(separator: ",", omittingEmptySubsequences: false)
      #expect(here.count == 12 && there.count == 14)
      #expect(there[0] == "\(index + 1)")
      #expect(here[0] == there[1] && here[1] == there[3])
      #expect(here[4...5] == there[6...7] && here[7...] == there[9...])
      #expect(here[6] == there[8] || here[6].isEmpty && there[8] == "0")
    }
  }
}
