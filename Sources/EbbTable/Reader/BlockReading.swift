import Dispatch
import Foundation
import Synchronization

/// Reads a whole table block by block: a file on all cores, anything else in order.
///
/// A worker that begins in the middle of the file takes the first line end for a record's. Where that was inside quotes,
/// the block before ends elsewhere than this one began, and it is read again from the right place.
struct BlockReading {
  var sizes = BlockSizes()
  let reading: Reading
  let cores: Int

  /// `nil`: a record is too long for this way of reading.
  func file(
    _ file: ByteFile, progress: @Sendable (Double?) -> Void
  ) throws(TableError) -> (blocks: [BlockResult], firstLine: Int)? {
    guard let body = try bodyStart(of: file) else { return nil }
    let count = max(1, (file.size - body.offset + sizes.block - 1) / sizes.block)
    struct Outcome {
      var blocks: [(start: Int, result: BlockResult)?]
      var failure: TableError?
      var isTooLong = false
      var done = 0
    }
    let outcome = Mutex(Outcome(blocks: Array(repeating: nil, count: count)))
    let next = Atomic(0)
    withoutActuallyEscaping(progress) { progress in
      let work = { @Sendable in
        var parser = BlockParser(reading, window: sizes.window)
        var bytes: [UInt8] = []
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < count, outcome.withLock({ $0.failure == nil && !$0.isTooLong }) else { return }
          let low = body.offset + index * sizes.block
          let high = min(file.size, low + sizes.block)
          do throws(TableError) {
            let start = index == 0 ? low : try Self.lineStart(file, from: low, limit: high)
            let result = try Self.parse(file, start..<high, &parser, &bytes, slack: sizes.slack)
            let done = outcome.withLock { outcome in
              if let result { outcome.blocks[index] = (start, result) } else { outcome.isTooLong = true }
              outcome.done += 1
              return outcome.done
            }
            progress(Double(done) / Double(count))
          } catch {
            outcome.withLock { $0.failure = error }
          }
        }
      }
      if cores == 1 { work() } else { DispatchQueue.concurrentPerform(iterations: cores) { _ in work() } }
    }
    var found = outcome.withLock { $0 }
    if let failure = found.failure { throw failure }
    var parser = BlockParser(reading, window: sizes.window)
    var bytes: [UInt8] = []
    var expected = body.offset
    for index in 0..<count {
      let high = min(file.size, body.offset + (index + 1) * sizes.block)
      if found.isTooLong { return nil }
      if found.blocks[index]?.start != expected || found.blocks[index] == nil {
        if expected >= high {
          found.blocks[index] = (expected, BlockResult())
          found.blocks[index]?.result.next = expected
        } else if let result = try Self.parse(file, expected..<high, &parser, &bytes, slack: sizes.slack) {
          found.blocks[index] = (expected, result)
        } else {
          return nil
        }
      }
      expected = max(expected, found.blocks[index]?.result.next ?? expected)
    }
    return (found.blocks.compactMap { $0?.result }, body.line)
  }

  /// The first line that begins in the block; its end where there is none.
  static func lineStart(_ file: ByteFile, from low: Int, limit: Int) throws(TableError) -> Int {
    var offset = low - 1
    while offset < limit {
      let bytes = try file.read(at: offset, count: min(64 << 10, limit - offset))
      if bytes.isEmpty { break }
      if let index = bytes.firstIndex(of: 0x0A) { return offset + index + 1 }
      offset += bytes.count
    }
    return limit
  }

  /// Records that begin in `range` of the file; `next` counts from the start of the file. `bytes` is room to read into.
  static func parse(
    _ file: ByteFile, _ range: Range<Int>, _ parser: inout BlockParser, _ bytes: inout [UInt8],
    slack: Int = BlockSizes().slack
  ) throws(TableError) -> BlockResult? {
    var result = BlockResult()
    result.next = range.lowerBound
    if range.isEmpty { return result }
    var reach = slack
    while true {
      try file.read(at: range.lowerBound, count: range.count + reach, into: &bytes)
      let isWhole = range.lowerBound + bytes.count >= file.size
      if let parsed = parser.parse(bytes, 0..<min(range.count, bytes.count), isWhole: isWhole) {
        result = parsed
        result.next += range.lowerBound
        return result
      }
      if reach > RecordStream.recordLimit { return nil }
      reach *= 8
    }
  }

  /// Where the first row begins, and its line; `nil` where the heading does not fit into the head.
  func bodyStart(of file: ByteFile) throws(TableError) -> (offset: Int, line: Int)? {
    let head = try file.read(at: file.bodyOffset, count: 1 << 20)
    let isWhole = file.bodyOffset + head.count >= file.size
    guard let (offset, line) = bodyStart(in: head, isWhole: isWhole) else { return nil }
    return (file.bodyOffset + offset, line)
  }

  func bodyStart(in head: [UInt8], isWhole: Bool) -> (offset: Int, line: Int)? {
    let splitter = ReferenceSplitter(reading.dialect)
    var position = 0
    var line = 1
    for _ in 0..<reading.dialect.skippedLines {
      guard let end = splitter.lineEnd(head, from: position), isWhole || end.next < head.count else {
        return nil
      }
      position = end.next
      line += 1
    }
    guard reading.dialect.hasHeader else { return (position, line) }
    let heading = splitter.split(head, from: position, firstLine: line, limit: 1, isWhole: isWhole)
    return heading.records.isEmpty ? nil : (heading.next, heading.nextLine)
  }

  /// Blocks in order from a stream: decompressed, decoded, or from a pipe. `nil` only before anything was taken, or where
  /// a record is too long; the stream cannot be read again then.
  func stream(
    _ stream: ByteBlocks, progress: @Sendable (Double?) -> Void
  ) throws(TableError) -> (blocks: [BlockResult], firstLine: Int)? {
    var blocks: [BlockResult] = []
    var line = 1
    let isWhole = try forEach(stream) { block, firstLine in
      blocks.append(block)
      line = firstLine
      progress(nil)
      return true
    }
    return isWhole ? (blocks, line) : nil
  }

  /// The same, a block at a time: `take` gets each with the line of the first block's first record, and says whether to
  /// go on. `false`: the stream cannot be read this way.
  func forEach(
    _ stream: ByteBlocks, _ demands: RowDemands = RowDemands(), take: (BlockResult, Int) -> Bool
  ) throws(TableError) -> Bool {
    var parser = BlockParser(reading, demands, window: sizes.window)
    var text: [UInt8] = []
    var isWhole = false
    func fill(_ wanted: Int) throws(TableError) {
      while !isWhole, text.count < wanted {
        if let block = try stream.next() { text += block } else { isWhole = true }
      }
    }
    try fill(sizes.block)
    guard let body = bodyStart(in: text, isWhole: isWhole) else { return false }
    var start = body.offset
    while start < text.count || !isWhole {
      try fill(start + sizes.block + sizes.slack)
      let high = min(text.count, start + sizes.block)
      if start >= text.count { break }
      guard let result = parser.parse(text, start..<high, isWhole: isWhole) else {
        if isWhole || text.count - start > RecordStream.recordLimit + sizes.block { return false }
        try fill(text.count + sizes.block)
        continue
      }
      guard take(result, body.line) else { return true }
      text.removeSubrange(..<result.next)
      start = 0
    }
    return true
  }
}
