/// A made-up bank: as many clients as wanted, in a table with the structure of a real one.
///
/// The same seed gives the same bytes, whatever the number of cores; the first clients of a larger sample are the
/// clients of a smaller one. `docs/sample.md` describes the generator.
public struct Sample: Sendable {
  public let clients: Int
  public let seed: UInt64
  public let language: SampleLanguage
  private let maker: ClientMaker
  private let lines: ClientLines

  public init(clients: Int, seed: UInt64, language: SampleLanguage) {
    precondition(clients >= 0)
    self.clients = clients
    self.seed = seed
    self.language = language
    maker = ClientMaker(seed: seed)
    lines = ClientLines(language)
  }

  /// The heading and its line end, UTF-8.
  public var heading: [UInt8] { Array(language.heading.utf8) + [0x0A] }

  /// The lines of some clients, counted from 0.
  func block(_ rows: Range<Int>) -> [UInt8] {
    [UInt8](capacity: rows.count * lines.longestLine) { output in
      for row in rows { lines.append(maker.client(row: row), row: row, to: &output) }
    }
  }

  /// The client in a row, counted from 0.
  func client(_ row: Int) -> MadeUpClient { maker.client(row: row) }

  /// The table in pieces, the heading first, made on up to `cores` cores and handed out in order.
  public func blocks(cores: Int) -> SampleBlocks { SampleBlocks(self, cores: cores) }
}
