/// Whole numbers in the narrowest of four widths that holds them all.
public enum PackedIntegers: Sendable, Equatable {
  case int8([Int8])
  case int16([Int16])
  case int32([Int32])
  case int64([Int64])

  public var count: Int {
    switch self {
    case .int8(let values): values.count
    case .int16(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    }
  }

  /// For loops over many rows, switch over the case once and use the array inside.
  public subscript(row: Int) -> Int64 {
    switch self {
    case .int8(let values): Int64(values[row])
    case .int16(let values): Int64(values[row])
    case .int32(let values): Int64(values[row])
    case .int64(let values): values[row]
    }
  }

  /// Packs `values` into the narrowest width.
  public init(packing values: [Int64]) {
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    if low >= Int64(Int8.min), high <= Int64(Int8.max) {
      self = .int8(values.map(Int8.init(truncatingIfNeeded:)))
    } else if low >= Int64(Int16.min), high <= Int64(Int16.max) {
      self = .int16(values.map(Int16.init(truncatingIfNeeded:)))
    } else if low >= Int64(Int32.min), high <= Int64(Int32.max) {
      self = .int32(values.map(Int32.init(truncatingIfNeeded:)))
    } else {
      self = .int64(values)
    }
  }
}
