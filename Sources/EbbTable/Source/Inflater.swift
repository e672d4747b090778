internal import CZlib

/// Streaming gzip: compressed pieces in, plain pieces out, members one after another.
///
/// One of the few files with unsafe memory: zlib keeps pointers into both buffers while it works.
@safe final class Inflater {
  enum Failure: Error { case broken }

  private let stream: UnsafeMutablePointer<z_stream>
  /// Compressed bytes not yet taken.
  private var input: [UInt8] = []
  private var taken = 0
  private var inMember = false
  private var sawMember = false
  /// After the last member only zeros may follow.
  private var ended = false

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 + 16: the largest window, gzip framing only.
    let code = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib cannot start")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
  }

  /// Whether the input may end here without loss.
  var isComplete: Bool { sawMember && !inMember }

  /// `true`: the next `inflate` needs a `feed` first.
  var isHungry: Bool { taken >= input.count }

  func feed(_ bytes: [UInt8]) {
    input = bytes
    taken = 0
  }

  /// Up to `limit` plain bytes of what was fed; may be empty while hungry again.
  func inflate(upTo limit: Int) throws(Failure) -> [UInt8] {
    var failed = false
    let output = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      unsafe input.withUnsafeMutableBufferPointer { source in
        while count < limit, taken < source.count {
          if !inMember {
            if sawMember, unsafe source[taken] == 0 || ended {
              guard unsafe source[taken] == 0 else {
                failed = true
                return
              }
              ended = true
              taken += 1
              continue
            }
            if sawMember { _ = unsafe inflateReset(stream) }
            inMember = true
          }
          unsafe stream.pointee.next_in = source.baseAddress! + taken
          unsafe stream.pointee.avail_in = UInt32(source.count - taken)
          unsafe stream.pointee.next_out = buffer.baseAddress! + count
          unsafe stream.pointee.avail_out = UInt32(limit - count)
          let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
          taken = unsafe source.count - Int(stream.pointee.avail_in)
          unsafe count = limit - Int(stream.pointee.avail_out)
          switch code {
          case Z_OK: continue
          case Z_BUF_ERROR where taken >= source.count: return
          case Z_STREAM_END:
            sawMember = true
            inMember = false
          default:
            failed = true
            return
          }
        }
      }
    }
    // What came before the break is worth having; the next call reports it.
    if failed, output.isEmpty { throw .broken }
    return output
  }
}
