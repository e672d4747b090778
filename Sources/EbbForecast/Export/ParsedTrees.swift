import Foundation

/// XGBoost's JSON read: the trees, and what a forecast begins with.
struct ParsedTrees: Sendable {
  indirect enum Node: Sendable {
    case leaf(Float)
    /// Below the threshold goes left, else right.
    case number(feature: Int, threshold: Float, missingGoesLeft: Bool, left: Node, right: Node)
    /// A column of a category: this level goes one way, the others the other way.
    case level(feature: Int, code: Int, missingIsOther: Bool, level: Node, other: Node)
    /// Whatever the level, or none.
    case presence(feature: Int, present: Node, missing: Node)
  }

  let trees: [Node]
  /// The margin that leaves are added to, in XGBoost's single precision.
  let base: Float
  /// Indices of the features that splits ask, ascending.
  let features: [Int]

  private struct File: Decodable {
    let learner: Learner
    struct Learner: Decodable {
      let gradientBooster: GradientBooster
      let learnerModelParam: Parameters
      let objective: Objective
    }
    struct Objective: Decodable { let name: String }
    /// The base score is a probability; since version 3.1 in brackets.
    struct Parameters: Decodable { let baseScore: String }
    struct GradientBooster: Decodable {
      let name: String
      let model: Model
    }
    struct Model: Decodable { let trees: [Tree] }
    struct Tree: Decodable {
      let leftChildren: [Int]
      let rightChildren: [Int]
      let splitIndices: [Int]
      let splitConditions: [Float]
      let defaultLeft: [Switch]
    }
    /// 0 or 1; in files of some versions false or true.
    struct Switch: Decodable {
      let isOn: Bool
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        isOn = try (try? container.decode(Int.self)).map { $0 != 0 } ?? container.decode(Bool.self)
      }
    }
  }

  init(_ model: FittedXGBoost) throws(SQLExportError) {
    let file: File
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      file = try decoder.decode(File.self, from: Data(model.json))
    } catch {
      throw .unreadableTrees(reason: "\(error)")
    }
    let learner = file.learner
    guard learner.gradientBooster.name == "gbtree", learner.objective.name == "binary:logistic" else {
      throw .unreadableTrees(reason: "\(learner.gradientBooster.name), \(learner.objective.name)")
    }
    let score = learner.learnerModelParam.baseScore.filter { $0 != "[" && $0 != "]" }
    guard let probability = Float(score), probability > 0, probability < 1 else {
      throw .unreadableTrees(reason: "base_score \(score)")
    }
    // As XGBoost's LogisticRegression::ProbToMargin.
    base = -log(1 / probability - 1)
    var trees: [Node] = []
    var used: Set<Int> = []
    for tree in learner.gradientBooster.model.trees {
      var left = tree.leftChildren.count
      trees.append(try Self.node(0, of: tree, model.encoding, &used, &left))
    }
    self.trees = trees
    features = used.sorted()
  }

  /// - Parameter left: nodes that may still come; more than there are means that they run in a circle.
  private static func node(
    _ index: Int, of tree: File.Tree, _ encoding: TreeEncoding, _ used: inout Set<Int>, _ left: inout Int
  ) throws(SQLExportError) -> Node {
    left -= 1
    let count = tree.leftChildren.count
    guard left >= 0, tree.leftChildren.indices.contains(index),
      [
        tree.rightChildren.count, tree.splitIndices.count, tree.splitConditions.count,
        tree.defaultLeft.count,
      ]
      .allSatisfy({ $0 == count })
    else { throw .unreadableTrees(reason: "tree of \(count) nodes") }
    let condition = tree.splitConditions[index]
    if tree.leftChildren[index] == -1 { return .leaf(condition) }
    let column = tree.splitIndices[index]
    guard encoding.sources.indices.contains(column) else {
      throw .foreignFeatures
    }
    let goesLeft = tree.defaultLeft[index].isOn
    let source = encoding.sources[column]
    let below = try node(tree.leftChildren[index], of: tree, encoding, &used, &left)
    let above = try node(tree.rightChildren[index], of: tree, encoding, &used, &left)
    used.insert(source.feature)
    guard let code = source.code else {
      return .number(
        feature: source.feature, threshold: condition, missingGoesLeft: goesLeft, left: below, right: above)
    }
    // The column is 1 for the level and 0 for the others.
    let (levelLeft, otherLeft) = (1 < condition, 0 < condition)
    if levelLeft == otherLeft {
      return .presence(
        feature: source.feature, present: otherLeft ? below : above, missing: goesLeft ? below : above)
    }
    return .level(
      feature: source.feature, code: code, missingIsOther: goesLeft == otherLeft,
      level: levelLeft ? below : above, other: otherLeft ? below : above)
  }
}
