import Foundation
import Testing

@testable import EbbForecast

/// Filled gaps are a way to learn sooner: what comes out must forecast gaps as if they had never been filled.
struct GapFillingTests {
  static let input = MadeUpClients.make(1500)
  static let rows = Array(input.churned.indices)

  /// Gaps in a category, in few values and in one of two levels besides the balance; 0, 1 and 5 are complete.
  static let gaps: FeatureMatrix = {
    let matrix = input.matrix
    var columns = matrix.columns
    for (index, every) in [(2, 7), (3, 11), (4, 13)] {
      for row in columns[index].indices where row % every == 3 { columns[index][row] = .nan }
    }
    return FeatureMatrix(features: matrix.features, columns: columns)
  }()

  @Test func columnsWithGapsOnly() {
    let encoding = TreeEncoding(Self.gaps.features)
    let filling = GapFilling(encoding, Self.gaps, rows: Self.rows)
    for (column, isFilled) in zip(encoding.columns, filling.isFilled) {
      #expect(isFilled == !["age", "noise"].contains(column.feature), "\(column.name)")
    }
    #expect(zip(filling.isFilled, filling.fillings).allSatisfy { $0 ? $1 == -TreeEncoding.limit : $1.isNaN })
    // A level never met is a gap too; clients beyond the training have no say.
    var columns = Self.input.matrix.columns
    columns[4][7] = 2
    let odd = FeatureMatrix(features: Self.gaps.features, columns: columns)
    func gender(_ rows: [Int]) -> [Bool] {
      zip(encoding.columns, GapFilling(encoding, odd, rows: rows).isFilled)
        .filter { $0.0.feature == "gender" }.map(\.1)
    }
    #expect(gender(Self.rows) == [true] && gender([0, 1, 2, 8]) == [false])
  }

  @Test func aMonotoneColumnIsLeftToXGBoost() throws {
    let encoding = TreeEncoding(Self.gaps.features)
    let filling = GapFilling(
      encoding, Self.gaps, rows: Self.rows, monotone: ["balance": 1, "products": 0])
    let isFilled = Dictionary(
      zip(encoding.columns.map(\.name), filling.isFilled), uniquingKeysWith: { first, _ in first })
    #expect(isFilled["balance"] == false && isFilled["products"] == true)
  }

  @Test(arguments: [2, 4]) func gapsAreForecastAsWhenFilled(depth: Int) throws {
    let model = XGBoostClassifier(learningRate: 0.2, maximumDepth: depth, rounds: 40)
    let test = Self.rows.filter { $0 % 3 == 0 }
    let rows = Self.rows.filter { $0 % 3 != 0 }
    let filled = try model.margins(Self.gaps, churned: Self.input.churned, rows: rows, test: test)
    let trees = try model.fit(Self.gaps, churned: Self.input.churned, rows: rows)
    #expect(filled == (try trees.margins(Self.gaps, rows: test)))
    #expect(filled == (try trees.libraryMargins(Self.gaps, rows: test)))
    // As the many of a large table are forecast
    let many = (0..<20_100).map { test[$0 % test.count] }
    let repeated = try model.margins(Self.gaps, churned: Self.input.churned, rows: rows, test: many)
    #expect(repeated == many.indices.map { filled[$0 % test.count] })
  }

  @Test func whatThePartKeptAsideSaysIsTrueOfTheModel() throws {
    let held = Self.rows.filter { $0 % 4 == 0 }
    let trees = try XGBoostClassifier(learningRate: 0.2, maximumDepth: 3, rounds: 100).fit(
      Self.gaps, churned: Self.input.churned, rows: Self.rows.filter { $0 % 4 != 0 }, validation: held,
      patience: 8)
    let margins = try trees.margins(Self.gaps, rows: held)
    let losses = zip(margins, held).map { margin, row in
      log1p(exp(Self.input.churned[row] ? -margin : margin))
    }
    let loss = losses.reduce(0, +) / Double(held.count)
    #expect(abs(loss - (try #require(trees.stoppingLoss))) < 1e-5)
  }

  @Test func onlyTheSwitchesOfFilledColumnsAreSet() throws {
    let matrix = FeatureMatrix(
      features: [.init(name: "x", kind: .number), .init(name: "y", kind: .number)],
      columns: [[.nan, 1, 2, 3], [1, 2, 3, 4]])
    let encoding = TreeEncoding(matrix.features)
    let filling = GapFilling(encoding, matrix, rows: [0, 1, 2, 3])
    #expect(filling.isFilled == [true, false])
    let text = #"{"trees":[{"default_left":[0,0,0],"left_children":[1,-1,-1],"split_indices":[0,1,0]},"#
    let more = #"{"default_left":[0, 1],"split_indices":[1, 0]}]}"#
    let told = try filling.told(in: Array((text + more).utf8))
    let expected =
      text.replacing("[0,0,0]", with: "[1,0,1]") + more.replacing("[0, 1]", with: "[0, 1]")
    #expect(String(decoding: told, as: UTF8.self) == expected)
    for damaged in [#"{"default_left":[0,0]}"#, #"{"default_left":[0,0],"split_indices":[0]}"#] {
      #expect(throws: TreeError.self) { try filling.told(in: Array(damaged.utf8)) }
    }
    let whole = GapFilling(encoding, matrix, rows: [1, 2, 3])
    #expect(try whole.told(in: Array(text.utf8)) == Array(text.utf8))
  }
}
