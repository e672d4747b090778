import CXGBoost

/// A dense matrix in XGBoost's memory; NaN means missing.
@safe struct DenseMatrix: ~Copyable {
  let handle: DMatrixHandle

  private init(handle: DMatrixHandle) { unsafe self.handle = handle }

  /// `values` row-major, `columns` in each row.
  static func make(values: [Float], rows: Int, columns: Int, labels: [Float]?, threads: Int) throws(TreeError)
    -> DenseMatrix
  {
    var out: DMatrixHandle?
    let code = unsafe values.withUnsafeBufferPointer {
      unsafe XGDMatrixCreateFromMat_omp(
        $0.baseAddress, bst_ulong(rows), bst_ulong(columns), .nan, &out, Int32(threads))
    }
    try TreeError.check(code)
    let matrix = unsafe DenseMatrix(handle: out!)
    if let labels {
      let code = unsafe labels.withUnsafeBufferPointer {
        unsafe XGDMatrixSetFloatInfo(matrix.handle, "label", $0.baseAddress, bst_ulong($0.count))
      }
      try TreeError.check(code)
    }
    return matrix
  }

  /// A matrix to learn from alone, a byte a value, its numbers cut where those of `reference` are; of `reference` too it
  /// holds no more than the cuts.
  static func binned(
    values: [Float], rows: Int, columns: Int, labels: [Float], bins: Int, reference: borrowing DenseMatrix
  ) throws(TreeError) -> DenseMatrix {
    try unsafe binned(values, rows, columns, labels, bins, reference.handle)
  }

  /// The same with cuts of its own.
  static func binned(values: [Float], rows: Int, columns: Int, labels: [Float], bins: Int) throws(TreeError)
    -> DenseMatrix
  {
    try unsafe binned(values, rows, columns, labels, bins, nil)
  }

  private static func binned(
    _ values: [Float], _ rows: Int, _ columns: Int, _ labels: [Float], _ bins: Int,
    _ reference: DMatrixHandle?
  ) throws(TreeError) -> DenseMatrix {
    var proxy: DMatrixHandle?
    try TreeError.check(unsafe XGProxyDMatrixCreate(&proxy))
    defer { unsafe XGDMatrixFree(proxy) }
    var out: DMatrixHandle?
    let code = unsafe values.withUnsafeBufferPointer { values in
      unsafe labels.withUnsafeBufferPointer { labels in
        let address = UInt(bitPattern: values.baseAddress)
        let shape = "{\"data\": [\(address), true], \"shape\": [\(rows), \(columns)], "
        let text = shape + "\"typestr\": \"<f4\", \"version\": 3}"
        return unsafe text.withCString { text in
          var batch = unsafe Batch(proxy: proxy, values: text, labels: labels)
          return unsafe withUnsafeMutablePointer(to: &batch) { batch in
            unsafe XGQuantileDMatrixCreateFromCallback(
              batch, proxy, reference, Batch.reset, Batch.next,
              "{\"missing\": NaN, \"nthread\": 1, \"max_bin\": \(bins)}", &out)
          }
        }
      }
    }
    try TreeError.check(code)
    return unsafe DenseMatrix(handle: out!)
  }

  deinit { unsafe XGDMatrixFree(handle) }
}

/// All rows at once for XGBoost's iterator, which asks for them several times.
@unsafe private struct Batch {
  let proxy: DMatrixHandle?
  /// Where the values lie, in numpy's array interface.
  let values: UnsafePointer<CChar>
  let labels: UnsafeBufferPointer<Float>
  var isTaken = false

  static let reset: @convention(c) (UnsafeMutableRawPointer?) -> Void = { context in
    unsafe context?.assumingMemoryBound(to: Batch.self).pointee.isTaken = false
  }

  static let next: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
    guard let batch = unsafe context?.assumingMemoryBound(to: Batch.self), unsafe !batch.pointee.isTaken
    else { return 0 }
    unsafe batch.pointee.isTaken = true
    let one = unsafe batch.pointee
    guard unsafe XGProxyDMatrixSetDataDense(one.proxy, one.values) == 0 else { return 0 }
    let count = unsafe bst_ulong(one.labels.count)
    return unsafe XGDMatrixSetDenseInfo(one.proxy, "label", one.labels.baseAddress, count, 1) == 0 ? 1 : 0
  }
}

/// XGBoost's own word on what went wrong.
public struct TreeError: Error, Equatable, Sendable {
  public let message: String

  static func check(_ code: Int32) throws(TreeError) {
    if code != 0 { throw TreeError(message: unsafe String(cString: XGBGetLastError())) }
  }
}
