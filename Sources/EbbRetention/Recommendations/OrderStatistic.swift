import EbbStatistics

/// A type-7 quantile of unsorted numbers, in linear time on average.
enum OrderStatistic {
  /// `nil` for no numbers. Reorders `values`.
  static func quantile(_ values: inout [Double], _ p: Double) -> Double? {
    guard let position = quantilePosition(count: values.count, p) else { return nil }
    let low = select(&values, position.index)
    // What lies right of the place is no smaller: its least is the next.
    guard position.fraction > 0 else { return low }
    var high = Double.infinity
    for index in (position.index + 1)..<values.count { high = min(high, values[index]) }
    return interpolate(low, high, position.fraction)
  }

  /// Hoare's selection with the median of three; falls back to sorting where it does not get on.
  private static func select(_ values: inout [Double], _ place: Int) -> Double {
    var (low, high) = (0, values.count - 1)
    var rounds = 0
    while low < high {
      rounds += 1
      if rounds > 100 {
        values[low...high].sort()
        break
      }
      let middle = low + (high - low) / 2
      let (a, b, c) = (values[low], values[middle], values[high])
      let pivot = max(min(a, b), min(max(a, b), c))
      var (i, j) = (low, high)
      while i <= j {
        while values[i] < pivot { i += 1 }
        while values[j] > pivot { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if place <= j {
        high = j
      } else if place >= i {
        low = i
      } else {
        break
      }
    }
    return values[place]
  }
}
