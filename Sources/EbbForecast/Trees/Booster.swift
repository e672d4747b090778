import CXGBoost

/// The one file that holds XGBoost's handles. Everything it hands out is a plain value.
///
/// A booster is made, trained, asked and dropped inside one function; it is not shared between tasks.
@safe struct Booster: ~Copyable {
  private let handle: BoosterHandle

  private init(handle: BoosterHandle) { unsafe self.handle = handle }

  static func make(parameters: [(String, String)], matrix: borrowing DenseMatrix) throws(TreeError) -> Booster
  {
    var out: BoosterHandle?
    var dmatrix: DMatrixHandle? = unsafe matrix.handle
    try check(unsafe XGBoosterCreate(&dmatrix, 1, &out))
    let booster = unsafe Booster(handle: out!)
    for (name, value) in parameters { try check(unsafe XGBoosterSetParam(booster.handle, name, value)) }
    return booster
  }

  /// Opens a model saved in XGBoost's own JSON.
  static func open(json: [UInt8], threads: Int) throws(TreeError) -> Booster {
    var out: BoosterHandle?
    try check(unsafe XGBoosterCreate(nil, 0, &out))
    let booster = unsafe Booster(handle: out!)
    try check(unsafe XGBoosterSetParam(booster.handle, "nthread", String(threads)))
    let code = unsafe json.withUnsafeBytes {
      unsafe XGBoosterLoadModelFromBuffer(booster.handle, $0.baseAddress, bst_ulong($0.count))
    }
    try check(code)
    return booster
  }

  func train(round: Int, on matrix: borrowing DenseMatrix) throws(TreeError) {
    try check(unsafe XGBoosterUpdateOneIter(handle, Int32(round), matrix.handle))
  }

  /// Log-loss on another matrix after `round`; what was forecast of it before is kept, so each round costs one tree.
  func logLoss(round: Int, on matrix: borrowing DenseMatrix) throws(TreeError) -> Double {
    var dmatrix: DMatrixHandle? = unsafe matrix.handle
    var text: UnsafePointer<CChar>?
    let code = unsafe "held".withCString { name in
      var names: UnsafePointer<CChar>? = unsafe name
      return unsafe XGBoosterEvalOneIter(handle, Int32(round), &dmatrix, &names, 1, &text)
    }
    try check(code)
    let line = unsafe String(cString: text!)
    guard let colon = line.lastIndex(of: ":"), let loss = Double(line[line.index(after: colon)...]) else {
      throw TreeError(message: "no log-loss in \(line)")
    }
    return loss
  }

  /// What to ask of the trees.
  enum Output: Int {
    case margin = 1
    /// SHAP values in the margin, the last column is the base value.
    case contributions = 2
    /// SHAP interaction values.
    case interactions = 4
  }

  /// Row-major values; `rounds` 0 means all trees.
  func predict(_ matrix: borrowing DenseMatrix, _ output: Output, rounds: Int = 0) throws(TreeError)
    -> [Float]
  {
    let config =
      "{\"type\": \(output.rawValue), \"training\": false, \"iteration_begin\": 0, "
      + "\"iteration_end\": \(rounds), \"strict_shape\": true}"
    var shape: UnsafePointer<bst_ulong>?
    var dimensions: bst_ulong = 0
    var result: UnsafePointer<Float>?
    try check(
      unsafe XGBoosterPredictFromDMatrix(handle, matrix.handle, config, &shape, &dimensions, &result))
    var count = 1
    for index in 0..<Int(dimensions) { count *= Int(unsafe shape![index]) }
    return unsafe Array(UnsafeBufferPointer(start: result, count: count))
  }

  /// The first `rounds` trees as a booster's JSON.
  func json(rounds: Int) throws(TreeError) -> [UInt8] {
    var out: BoosterHandle?
    try check(unsafe XGBoosterSlice(handle, 0, Int32(rounds), 1, &out))
    let slice = unsafe Booster(handle: out!)
    return try slice.json()
  }

  func json() throws(TreeError) -> [UInt8] {
    var length: bst_ulong = 0
    var text: UnsafePointer<CChar>?
    try check(unsafe XGBoosterSaveModelToBuffer(handle, "{\"format\": \"json\"}", &length, &text))
    return unsafe text!.withMemoryRebound(to: UInt8.self, capacity: Int(length)) {
      unsafe Array(UnsafeBufferPointer(start: $0, count: Int(length)))
    }
  }

  deinit { unsafe XGBoosterFree(handle) }
}

/// A dense matrix in XGBoost's memory; NaN means missing.
@safe struct DenseMatrix: ~Copyable {
  fileprivate let handle: DMatrixHandle

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
    try check(code)
    let matrix = unsafe DenseMatrix(handle: out!)
    if let labels {
      let code = unsafe labels.withUnsafeBufferPointer {
        unsafe XGDMatrixSetFloatInfo(matrix.handle, "label", $0.baseAddress, bst_ulong($0.count))
      }
      try check(code)
    }
    return matrix
  }

  deinit { unsafe XGDMatrixFree(handle) }
}

/// XGBoost's own word on what went wrong.
public struct TreeError: Error, Equatable, Sendable {
  public let message: String
}

private func check(_ code: Int32) throws(TreeError) {
  if code != 0 { throw TreeError(message: unsafe String(cString: XGBGetLastError())) }
}
