import EbbForecast
import Testing

struct StratifiedFoldsTests {
  @Test(arguments: [2, 5, 10], [3, 57, 1000]) func everyFoldHasItsShare(count: Int, n: Int) {
    let churned = (0..<n).map { $0 % 5 == 1 }
    let folds = StratifiedFolds(churned: churned, count: count, seed: 9)
    let sizes = (0..<count).map { folds.test($0).count }
    let left = (0..<count).map { fold in folds.test(fold).count { churned[$0] } }
    #expect(sizes.reduce(0, +) == n && sizes.max()! - sizes.min()! <= 1)
    #expect(left.max()! - left.min()! <= 1)
    #expect(folds.test(0).count + folds.training(0).count == n)
    #expect(StratifiedFolds(churned: churned, count: count, seed: 9) == folds)
  }
}
