import Synchronization

/// Log-odds of boosted trees, 128 clients at a time.
///
/// A tree becomes steps over whole columns: every split is asked of all clients of a block, and picks one of its sides.
/// Trees of a few splits take a fraction of the time of walking each client down, and the columns need not be copied into
/// another library's matrix. Leaves are added in the trees' order in single precision, as XGBoost adds them: the sums are
/// the same to the last bit.
struct TreeMargins: Sendable {
  /// A client goes left where the value is below the threshold, else right; a missing one as said.
  private struct Split {
    let column: Int
    let threshold: Float
    let missingGoesLeft: Bool
  }
  private enum Step {
    case leaf(Float, into: Int)
    /// A split between two leaves.
    case leaves(Split, left: Float, right: Float, into: Int)
    case sides(Split, left: Int, right: Int, into: Int)
  }
  /// A number, or a level's 0 and 1.
  private struct Input: Hashable {
    let feature: Int
    let code: Int?
  }

  private let base: Float
  private let inputs: [Input]
  private let trees: [[Step]]
  /// Places for the results of branches.
  private let places: Int

  /// In deeper trees most splits are on no client's way.
  private static let deepest = 6
  private static let vectors = 16
  private static let lanes = 8
  private static var block: Int { vectors * lanes }

  /// `nil` where another way is better.
  init?(_ parsed: ParsedTrees) {
    var inputs: [Input: Int] = [:]
    var trees: [[Step]] = []
    var places = 1
    for tree in parsed.trees {
      guard Self.depth(tree) <= Self.deepest else { return nil }
      var steps: [Step] = []
      Self.add(tree, into: 0, &steps, &inputs, &places)
      trees.append(steps)
    }
    base = parsed.base
    self.inputs = inputs.sorted { $0.value < $1.value }.map(\.key)
    self.trees = trees
    self.places = places
  }

  private static func depth(_ node: ParsedTrees.Node) -> Int {
    switch node {
    case .leaf: 0
    case .number(_, _, _, let left, let right): 1 + max(depth(left), depth(right))
    case .level(_, _, _, let level, let other): 1 + max(depth(level), depth(other))
    case .presence(_, let present, let missing): 1 + max(depth(present), depth(missing))
    }
  }

  private static func add(
    _ node: ParsedTrees.Node, into place: Int, _ steps: inout [Step], _ inputs: inout [Input: Int],
    _ places: inout Int
  ) {
    places = max(places, place + 1)
    func column(_ feature: Int, _ code: Int?) -> Int {
      let input = Input(feature: feature, code: code)
      if let known = inputs[input] { return known }
      inputs[input] = inputs.count
      return inputs.count - 1
    }
    let (split, left, right): (Split, ParsedTrees.Node, ParsedTrees.Node)
    switch node {
    case .leaf(let value):
      steps.append(.leaf(value, into: place))
      return
    case .number(let feature, let threshold, let missingGoesLeft, let below, let above):
      split = Split(
        column: column(feature, nil), threshold: threshold, missingGoesLeft: missingGoesLeft)
      (left, right) = (below, above)
    case .level(let feature, let code, let missingIsOther, let level, let other):
      split = Split(column: column(feature, code), threshold: 0.5, missingGoesLeft: missingIsOther)
      (left, right) = (other, level)
    case .presence(let feature, let present, let missing):
      split = Split(column: column(feature, 0), threshold: .infinity, missingGoesLeft: false)
      (left, right) = (present, missing)
    }
    if case .leaf(let one) = left, case .leaf(let two) = right {
      steps.append(.leaves(split, left: one, right: two, into: place))
      return
    }
    add(left, into: place, &steps, &inputs, &places)
    add(right, into: place + 1, &steps, &inputs, &places)
    steps.append(.sides(split, left: place, right: place + 1, into: place))
  }

  // MARK: Clients

  func margins(_ matrix: FeatureMatrix, rows: [Int]) -> [Double] {
    var columns = [SIMD8<Float>](repeating: .zero, count: inputs.count * Self.vectors)
    var results = [SIMD8<Float>](repeating: .zero, count: places * Self.vectors)
    var margins: [Double] = []
    margins.reserveCapacity(rows.count)
    for start in stride(from: 0, to: rows.count, by: Self.block) {
      let rows = rows[start..<min(start + Self.block, rows.count)]
      for (place, input) in inputs.enumerated() { fill(&columns, place, input, matrix, rows) }
      var sums = [SIMD8<Float>](repeating: SIMD8(repeating: base), count: Self.vectors)
      for tree in trees {
        for step in tree { Self.take(step, columns, &results) }
        for place in 0..<Self.vectors { sums[place] += results[place] }
      }
      var left = rows.count
      for sum in sums {
        if left >= Self.lanes {
          margins += [
            Double(sum[0]), Double(sum[1]), Double(sum[2]), Double(sum[3]), Double(sum[4]), Double(sum[5]),
            Double(sum[6]), Double(sum[7]),
          ]
        } else {
          for lane in 0..<max(0, left) { margins.append(Double(sum[lane])) }
        }
        left -= Self.lanes
      }
    }
    return margins
  }

  private func fill(
    _ columns: inout [SIMD8<Float>], _ place: Int, _ input: Input, _ matrix: FeatureMatrix,
    _ rows: ArraySlice<Int>
  ) {
    let values = matrix.columns[input.feature]
    let end = Double(matrix.features[input.feature].levels.count)
    // A level never met is missing.
    func flag(_ value: Double, _ code: Double) -> Float {
      value >= 0 && value < end ? (value == code ? 1 : 0) : .nan
    }
    let code = input.code.map(Double.init)
    var target = place * Self.vectors
    var next = rows.startIndex
    while next < rows.endIndex {
      let count = rows.endIndex - next
      if let code {
        columns[target] = Self.eight(count) { flag(values[rows[next + $0]], code) }
      } else {
        columns[target] = Self.eight(count) { TreeEncoding.single(values[rows[next + $0]]) }
      }
      target += 1
      next += Self.lanes
    }
  }

  /// The first `count` of eight values; the others do not matter.
  @inline(__always)
  private static func eight(_ count: Int, _ value: (Int) -> Float) -> SIMD8<Float> {
    if count >= lanes {
      return SIMD8(value(0), value(1), value(2), value(3), value(4), value(5), value(6), value(7))
    }
    var vector = SIMD8<Float>.zero
    for lane in 0..<count { vector[lane] = value(lane) }
    return vector
  }

  @inline(__always)
  private static func take(_ step: Step, _ columns: [SIMD8<Float>], _ results: inout [SIMD8<Float>]) {
    switch step {
    case .leaf(let value, let place):
      let target = place * vectors
      for index in 0..<vectors { results[target + index] = SIMD8(repeating: value) }
    case .leaves(let split, let left, let right, let place):
      let (one, two) = (SIMD8<Float>(repeating: left), SIMD8<Float>(repeating: right))
      let (column, target) = (split.column * vectors, place * vectors)
      // No comparison holds for a missing value.
      if split.missingGoesLeft {
        for index in 0..<vectors {
          results[target + index] = one.replacing(
            with: two, where: columns[column + index] .>= split.threshold)
        }
      } else {
        for index in 0..<vectors {
          results[target + index] = two.replacing(
            with: one, where: columns[column + index] .< split.threshold)
        }
      }
    case .sides(let split, let left, let right, let place):
      let (column, target) = (split.column * vectors, place * vectors)
      let (one, two) = (left * vectors, right * vectors)
      if split.missingGoesLeft {
        for index in 0..<vectors {
          results[target + index] = results[one + index].replacing(
            with: results[two + index], where: columns[column + index] .>= split.threshold)
        }
      } else {
        for index in 0..<vectors {
          results[target + index] = results[two + index].replacing(
            with: results[one + index], where: columns[column + index] .< split.threshold)
        }
      }
    }
  }
}

/// A model's steps, made when they are first asked for.
final class TreeMarginsOnce: Sendable {
  private let made = Mutex<TreeMargins??>(nil)

  /// `nil` where XGBoost itself is to be asked.
  func margins(of model: FittedXGBoost) -> TreeMargins? {
    made.withLock { made in
      if let made { return made }
      let found = (try? ParsedTrees(model)).flatMap { TreeMargins($0) }
      made = .some(found)
      return found
    }
  }
}
