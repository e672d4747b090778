internal import Synchronization

/// Where a table's bytes come from: a path, or `-` for standard input; plain or gzip.
///
/// Standard input can be looked at first (`prefix`) and read whole afterwards (`open`) once: what was looked at
/// is kept and replayed. A path can be opened as often as wanted.
public struct ByteSource: Sendable {
  public let path: String
  public let compression: Dialect.Compression
  /// Size of the file on disk, where there is one.
  public let fileSize: Int?
  private let origin: Origin
  /// `true`: it can be opened again. What comes through a pipe (standard input, `<(zcat …)`) cannot.
  public var isRepeatable: Bool { fileSize != nil }

  /// Errors: `noSuchFile`, `notAFile` (directory, device, named pipe), `noPermission`, `readFailed`, `emptyFile`.
  public init(path: String) throws(TableError) {
    self.path = path
    let descriptor = path == "-" ? Descriptor.standardInput() : try Descriptor.open(path: path)
    let nature = try descriptor.nature()
    let head: [UInt8]
    switch nature {
    case .directory, .device: throw .notAFile(path: path)
    case .regular(let size):
      fileSize = size
      origin = Origin(descriptor: descriptor, size: size)
      head = try descriptor.read(at: 0, count: 4)
    case .stream:
      fileSize = nil
      origin = Origin(descriptor: descriptor, size: nil)
      head = try origin.look(upTo: 4)
    }
    if head.isEmpty { throw .emptyFile(path: path) }
    compression = head.starts(with: [0x1F, 0x8B]) ? .gzip : .none
  }

  /// The first bytes, decompressed but not decoded; fewer than asked for only when there are no more.
  /// A gzip file that breaks early gives what came out before the break.
  public func prefix(_ maxBytes: Int) throws(TableError) -> [UInt8] {
    guard compression == .gzip else {
      if let size = origin.size {
        return try origin.descriptor.read(at: 0, count: min(maxBytes, size))
      }
      return try origin.look(upTo: maxBytes)
    }
    let inflater = Inflater()
    var output: [UInt8] = []
    var rawSize = 0
    while output.count < maxBytes {
      if inflater.isHungry {
        let piece = try origin.look(from: rawSize, upTo: 64 << 10)
        if piece.isEmpty { break }
        rawSize += piece.count
        inflater.feed(piece)
      }
      do throws(Inflater.Failure) {
        output += try inflater.inflate(upTo: min(maxBytes - output.count, 1 << 20))
      } catch {
        if output.isEmpty { throw .brokenArchive(path: path, byteOffset: rawSize) }
        break
      }
    }
    if output.isEmpty {
      throw inflater.isComplete ? .emptyFile(path: path) : .brokenArchive(path: path, byteOffset: rawSize)
    }
    return output
  }

  /// All bytes as UTF-8, the byte order mark left out. Lines to skip (`dialect.skippedLines`) are still there.
  public func open(for dialect: Dialect) throws(TableError) -> ByteStream {
    let mark =
      dialect.byteOrderMark ? (dialect.encoding == .utf8 ? 3 : dialect.encoding == .windows1251 ? 0 : 2) : 0
    if let size = origin.size, compression == .none, dialect.encoding == .utf8 {
      return .file(ByteFile(descriptor: origin.descriptor, size: size, bodyOffset: min(mark, size)))
    }
    return .sequential(
      ByteBlocks(
        source: try origin.drain(), compression: compression, encoding: dialect.encoding, skip: mark,
        path: path))
  }

  /// Slices of a plain file on disk, for a sample from all over it; `nil` where the bytes come only in order.
  func slice(at offset: Int, count: Int) throws(TableError) -> [UInt8]? {
    guard origin.size != nil, compression == .none else { return nil }
    return try origin.descriptor.read(at: offset, count: count)
  }
}

/// The undecoded, still compressed bytes of a source, read in order from the start.
enum RawBytes {
  case file(Descriptor, offset: Int)
  case replay(Origin, kept: [UInt8]?)

  mutating func next(upTo limit: Int) throws(TableError) -> [UInt8] {
    switch self {
    case .file(let descriptor, let offset):
      let bytes = try descriptor.read(at: offset, count: limit)
      self = .file(descriptor, offset: offset + bytes.count)
      return bytes
    case .replay(let origin, let kept):
      if let kept, !kept.isEmpty {
        self = .replay(origin, kept: nil)
        return kept
      }
      return try origin.descriptor.read(upTo: limit)
    }
  }
}

/// The open file behind a source. For standard input it is the one place that changes: it keeps what was looked
/// at until the bytes are drained, under a lock.
final class Origin: Sendable {
  let descriptor: Descriptor
  /// `nil`: bytes come once, in order.
  let size: Int?
  private struct Kept {
    var bytes: [UInt8] = []
    var drained = false
  }
  private let kept = Mutex(Kept())

  init(descriptor: Descriptor, size: Int?) {
    self.descriptor = descriptor
    self.size = size
  }

  /// The first bytes of a stream, kept for later.
  func look(upTo limit: Int) throws(TableError) -> [UInt8] {
    try look(from: 0, upTo: limit)
  }

  /// Bytes from `offset` on without taking them away.
  func look(from offset: Int, upTo limit: Int) throws(TableError) -> [UInt8] {
    if size != nil { return try descriptor.read(at: offset, count: limit) }
    return try kept.withLock { kept throws(TableError) in
      if kept.drained { throw .readFailed(path: descriptor.path, reason: "already read") }
      let wanted = offset + limit
      if kept.bytes.count < wanted {
        kept.bytes += try descriptor.read(upTo: wanted - kept.bytes.count)
      }
      return Array(kept.bytes[min(offset, kept.bytes.count)..<min(wanted, kept.bytes.count)])
    }
  }

  /// Everything from the start; for a stream only once.
  func drain() throws(TableError) -> RawBytes {
    if size != nil { return .file(descriptor, offset: 0) }
    let bytes = try kept.withLock { kept throws(TableError) in
      if kept.drained { throw .readFailed(path: descriptor.path, reason: "already read") }
      kept.drained = true
      let bytes = kept.bytes
      kept.bytes = []
      return bytes
    }
    return .replay(self, kept: bytes)
  }
}
