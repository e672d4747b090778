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
    self.init(packing: values, magnitude: values.reduce(0) { $0 | ($1 ^ ($1 >> 63)) })
  }

  /// - Parameter magnitude: the bits that any of the values uses, those of negative ones turned over; more do no harm
  ///   but to the width.
  init(packing values: [Int64], magnitude: Int64) {
    if magnitude <= Int64(Int8.max) {
      self = .int8(Self.narrowed(values))
    } else if magnitude <= Int64(Int16.max) {
      self = .int16(Self.narrowed(values))
    } else if magnitude <= Int64(Int32.max) {
      self = .int32(Self.narrowed(values))
    } else {
      self = .int64(values)
    }
  }

  private static func narrowed<Width: FixedWidthInteger>(_ values: [Int64]) -> [Width] {
    unsafe [Width](unsafeUninitializedCapacity: values.count) { narrow, count in
      for index in values.indices {
        unsafe narrow.initializeElement(at: index, to: Width(truncatingIfNeeded: values[index]))
      }
      count = values.count
    }
  }
}
