internal import Synchronization

/// The bytes of a table as UTF-8, ready for the parser.
public enum ByteStream: Sendable {
  /// A plain UTF-8 file on disk: read any place of it from any thread.
  case file(ByteFile)
  /// Anything else: blocks in order.
  case sequential(ByteBlocks)
}

/// A plain UTF-8 file on disk.
public final class ByteFile: Sendable {
  private let handle: Descriptor
  /// Size in bytes when it was opened.
  public let size: Int
  /// Where the text begins: after the byte order mark.
  public let bodyOffset: Int
  /// The system's descriptor, open as long as this object lives.
  public var descriptor: Int32 { handle.raw }

  init(descriptor: Descriptor, size: Int, bodyOffset: Int) {
    self.handle = descriptor
    self.size = size
    self.bodyOffset = bodyOffset
  }

  /// Fills `buffer` with the bytes from `offset` (counted from the start of the file) on and returns how many
  /// there were; fewer than asked for only at the end of the file. From any thread.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(TableError) -> Int {
    try unsafe handle.read(into: buffer, at: offset)
  }

  /// Up to `count` bytes from `offset` on.
  public func read(at offset: Int, count: Int) throws(TableError) -> [UInt8] {
    try handle.read(at: offset, count: count)
  }

  /// The same into an array kept for it, which then holds what was read and nothing else.
  func read(at offset: Int, count: Int, into bytes: inout [UInt8]) throws(TableError) {
    try handle.read(at: offset, count: count, into: &bytes)
  }
}

/// Blocks of UTF-8 bytes in order, decompressed and decoded. Safe to share, but there is one reading position.
public final class ByteBlocks: Sendable {
  private struct State {
    var source: RawBytes
    var inflater: Inflater?
    var decoder: TextDecoder
    /// Bytes of the mark still to drop.
    var skip: Int
    var rawCount = 0
    var ended = false
  }
  private let state: Mutex<State>
  private let path: String

  /// Bytes taken from the source at a time.
  private static let blockSize = 1 << 20

  init(
    source: consuming sending RawBytes, compression: Dialect.Compression, encoding: Dialect.Encoding,
    skip: Int,
    path: String
  ) {
    self.path = path
    self.state = Mutex(
      State(
        source: source, inflater: compression == .gzip ? Inflater() : nil,
        decoder: TextDecoder(encoding: encoding), skip: skip))
  }

  /// The next block, about 1 MiB, cut anywhere; `nil` at the end. Errors: `brokenArchive`, `readFailed`.
  public func next() throws(TableError) -> [UInt8]? {
    try state.withLock { state throws(TableError) in
      while !state.ended {
        var bytes = try Self.plainBytes(&state, path: path)
        if bytes.isEmpty {
          state.ended = true
          let rest = state.decoder.finish()
          return rest.isEmpty ? nil : rest
        }
        if state.skip > 0 {
          let dropped = min(state.skip, bytes.count)
          state.skip -= dropped
          bytes.removeFirst(dropped)
        }
        let text = state.decoder.decode(bytes)
        if !text.isEmpty { return text }
      }
      return nil
    }
  }

  /// The next decompressed bytes; empty at the end.
  private static func plainBytes(_ state: inout State, path: String) throws(TableError) -> [UInt8] {
    guard let inflater = state.inflater else { return try state.source.next(upTo: blockSize) }
    while true {
      if inflater.isHungry {
        let piece = try state.source.next(upTo: blockSize / 4)
        if piece.isEmpty {
          if inflater.isComplete { return [] }
          throw .brokenArchive(path: path, byteOffset: state.rawCount)
        }
        state.rawCount += piece.count
        inflater.feed(piece)
      }
      do throws(Inflater.Failure) {
        let output = try inflater.inflate(upTo: blockSize)
        if !output.isEmpty { return output }
      } catch {
        throw .brokenArchive(path: path, byteOffset: state.rawCount)
      }
    }
  }
}
