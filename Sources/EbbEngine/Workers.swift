import Synchronization

/// Runs independent pieces of work on a number of tasks. Results keep the order of the pieces, so nothing
/// depends on how many tasks there are.
package struct Workers: Sendable {
  let cores: Int

  package init(cores: Int) { self.cores = cores }

  func run<Piece: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Int) throws(EngineError) -> Piece
  ) async throws(EngineError) -> [Piece] {
    let counter = Counter()
    let outcome = await withTaskGroup(of: Result<[(Int, Piece)], EngineError>.self) { group in
      for _ in 0..<min(cores, count) {
        group.addTask {
          var done: [(Int, Piece)] = []
          while let index = counter.next(below: count) {
            if Task.isCancelled { return .failure(.cancelled) }
            do throws(EngineError) { done.append((index, try work(index))) } catch { return .failure(error) }
          }
          return .success(done)
        }
      }
      var pieces = [Piece?](repeating: nil, count: count)
      var failure: EngineError?
      for await part in group {
        switch part {
        case .success(let list): for (index, piece) in list { pieces[index] = piece }
        case .failure(let error): failure = failure ?? error
        }
      }
      return failure.map { Result<[Piece], EngineError>.failure($0) } ?? .success(pieces.compactMap { $0 })
    }
    return try outcome.get()
  }

  private final class Counter: Sendable {
    private let taken = Atomic<Int>(0)
    func next(below limit: Int) -> Int? {
      let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
      return index < limit ? index : nil
    }
  }
}

/// Neighbouring rows of one chunk, few enough for their buffers to stay in the nearest cache.
struct RowBlock: Sendable {
  static let size = 1024
  let chunk: Int
  /// First row within the chunk, a multiple of `size` (so of 64: masks are read by whole words).
  let start: Int
  let count: Int
  /// First row within the table.
  let row: Int
}

/// All rows, cut into runs of blocks of about equal size.
struct RowParts: Sendable {
  let parts: [[RowBlock]]

  init(chunkRowCounts: [Int], parts count: Int) {
    let total = chunkRowCounts.reduce(0, +)
    var parts = [[RowBlock]](repeating: [], count: max(count, 1))
    var row = 0
    for (chunk, rows) in chunkRowCounts.enumerated() {
      for start in stride(from: 0, to: rows, by: RowBlock.size) {
        let block = RowBlock(chunk: chunk, start: start, count: min(RowBlock.size, rows - start), row: row)
        parts[min(row * parts.count / max(total, 1), parts.count - 1)].append(block)
        row += block.count
      }
    }
    self.parts = parts
  }

  var count: Int { parts.count }
}
