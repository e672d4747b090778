import CXGBoost

/// Trees in XGBoost's memory. Everything it hands out is a plain value.
///
/// A booster is made, trained, asked and dropped inside one function; it is not shared between tasks.
@safe struct Booster: ~Copyable {
  private let handle: BoosterHandle

  private init(handle: BoosterHandle) { unsafe self.handle = handle }

  static func make(parameters: [(String, String)], matrix: borrowing DenseMatrix) throws(TreeError) -> Booster
  {
    var out: BoosterHandle?
    var dmatrix: DMatrixHandle? = unsafe matrix.handle
    try TreeError.check(unsafe XGBoosterCreate(&dmatrix, 1, &out))
    let booster = unsafe Booster(handle: out!)
    for (name, value) in parameters {
      try TreeError.check(unsafe XGBoosterSetParam(booster.handle, name, value))
    }
    return booster
  }

  /// Opens a model saved in XGBoost's own JSON.
  static func open(json: [UInt8], columns: Int, threads: Int) throws(TreeError) -> Booster {
    var out: BoosterHandle?
    try TreeError.check(unsafe XGBoosterCreate(nil, 0, &out))
    let booster = unsafe Booster(handle: out!)
    try TreeError.check(unsafe XGBoosterSetParam(booster.handle, "nthread", String(threads)))
    // Settings are taken note of when something is asked, and reading the model would use all cores before that.
    try TreeError.check(unsafe XGBoosterSetParam(booster.handle, "num_feature", String(columns)))
    var length: bst_ulong = 0
    var settings: UnsafePointer<CChar>?
    try TreeError.check(unsafe XGBoosterSaveJsonConfig(booster.handle, &length, &settings))
    let code = unsafe json.withUnsafeBytes {
      unsafe XGBoosterLoadModelFromBuffer(booster.handle, $0.baseAddress, bst_ulong($0.count))
    }
    try TreeError.check(code)
    return booster
  }

  func train(round: Int, on matrix: borrowing DenseMatrix) throws(TreeError) {
    try TreeError.check(unsafe XGBoosterUpdateOneIter(handle, Int32(round), matrix.handle))
  }

  /// Log-loss on another matrix after `round`; what was forecast of it before is kept, so each round costs one tree.
  func logLoss(round: Int, on matrix: borrowing DenseMatrix) throws(TreeError) -> Double {
    var dmatrix: DMatrixHandle? = unsafe matrix.handle
    var text: UnsafePointer<CChar>?
    let code = unsafe "held".withCString { name in
      var names: UnsafePointer<CChar>? = unsafe name
      return unsafe XGBoosterEvalOneIter(handle, Int32(round), &dmatrix, &names, 1, &text)
    }
    try TreeError.check(code)
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
    try TreeError.check(
      unsafe XGBoosterPredictFromDMatrix(handle, matrix.handle, config, &shape, &dimensions, &result))
    var count = 1
    for index in 0..<Int(dimensions) { count *= Int(unsafe shape![index]) }
    return unsafe Array(UnsafeBufferPointer(start: result, count: count))
  }

  /// The first `rounds` trees as a booster's JSON.
  func json(rounds: Int) throws(TreeError) -> [UInt8] {
    var out: BoosterHandle?
    try TreeError.check(unsafe XGBoosterSlice(handle, 0, Int32(rounds), 1, &out))
    let slice = unsafe Booster(handle: out!)
    return try slice.json()
  }

  func json() throws(TreeError) -> [UInt8] {
    var length: bst_ulong = 0
    var text: UnsafePointer<CChar>?
    try TreeError.check(unsafe XGBoosterSaveModelToBuffer(handle, "{\"format\": \"json\"}", &length, &text))
    return unsafe text!.withMemoryRebound(to: UInt8.self, capacity: Int(length)) {
      unsafe Array(UnsafeBufferPointer(start: $0, count: Int(length)))
    }
  }

  deinit { unsafe XGBoosterFree(handle) }
}
