import EbbTable
import Foundation

/// Why a folder is no model that can be used.
public enum ModelError: Error, Sendable, Equatable {
  case noFolder(path: String)
  case missingFile(path: String)
  /// Not written by Ebb, or not a model.
  case notAModel(path: String, reason: String)
  /// The file is not what was written: its sum differs.
  case damaged(path: String)
  case newerVersion(path: String, found: Int, known: Int)
  /// The model has no such method.
  case noMethod(ForecastMethod, known: [ForecastMethod])
}

/// `model/`: a manifest, the scorecards, XGBoost's own JSON, the calibration; each file with its checksum in the
/// manifest, so that a damaged folder is told from a whole one. The same model is the same bytes.
public enum ModelFolder {
  public static let name = "model"
  public static let manifestName = "model.json"
  static let scorecardsName = "scorecards.json"
  static let treesName = "trees.json"
  static let calibrationName = "calibration.json"
  public static let fileNames = [manifestName, scorecardsName, treesName, calibrationName]
  private static let largest = 256 << 20

  private struct Envelope: Codable {
    let kind: String
    let manifest: SavedModel.Manifest
    /// How the trees were trained.
    let trees: TreeNote?
    /// By file.
    let checksums: [String: String]
  }
  private struct TreeNote: Codable {
    let rounds: Int
    let classifier: XGBoostClassifier
    let stoppingLoss: Double?
  }
  private struct Version: Decodable {
    struct Manifest: Decodable { let version: Int }
    let kind: String
    let manifest: Manifest
  }
  private static let kind = "ebb-model"

  // MARK: Writing

  /// The folder's files, the manifest last: a folder half written has none.
  public static func files(_ model: SavedModel) throws -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    var cards: [String: Scorecard] = [:]
    var calibrations: [String: Calibration] = [:]
    var note: TreeNote?
    for (method, calibrated) in model.models {
      calibrations[method.rawValue] = calibrated.calibration
      switch calibrated.fitted {
      case .scorecard(let card): cards[method.rawValue] = card
      case .trees(let trees):
        files.append((treesName, trees.json))
        note = TreeNote(
          rounds: trees.rounds, classifier: trees.classifier, stoppingLoss: trees.stoppingLoss)
      case .rate, .groups: break
      }
    }
    files.append((scorecardsName, try encoded(cards)))
    files.append((calibrationName, try encoded(calibrations)))
    files.sort { $0.name < $1.name }
    let sums = Dictionary(uniqueKeysWithValues: files.map { ($0.name, Checksum.crc32($0.bytes)) })
    files.append(
      (
        manifestName,
        try encoded(Envelope(kind: kind, manifest: model.manifest, trees: note, checksums: sums))
      ))
    return files
  }

  private static func encoded(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }

  // MARK: Reading

  /// Opens a folder and checks everything in it.
  public static func read(_ path: String) throws(ModelError) -> SavedModel {
    guard OutputFile.isDirectory(path) else { throw .noFolder(path: path) }
    let place = path + "/" + manifestName
    let text = try bytes(place)
    let version: Version = try decoded(text, place)
    guard version.kind == kind else { throw .notAModel(path: place, reason: "kind: \(version.kind)") }
    let known = SavedModel.Manifest.currentVersion
    guard version.manifest.version <= known else {
      throw .newerVersion(path: place, found: version.manifest.version, known: known)
    }
    let envelope: Envelope = try decoded(text, place)
    func part(_ name: String) throws(ModelError) -> [UInt8] {
      let found = try bytes(path + "/" + name)
      guard envelope.checksums[name] == Checksum.crc32(found) else { throw .damaged(path: path + "/" + name) }
      return found
    }
    let cards: [String: Scorecard] = try decoded(try part(scorecardsName), path + "/" + scorecardsName)
    let calibrations: [String: Calibration] = try decoded(
      try part(calibrationName), path + "/" + calibrationName)
    guard calibrations.values.allSatisfy(\.isSound) else {
      throw .notAModel(path: path + "/" + calibrationName, reason: "isotonic")
    }
    let features = envelope.manifest.features.map(\.feature)
    var models: [ForecastMethod: CalibratedModel] = [:]
    for (name, card) in cards {
      guard let method = ForecastMethod(rawValue: name), card.fits(features) else {
        throw .notAModel(path: path + "/" + scorecardsName, reason: name)
      }
      models[method] = CalibratedModel(fitted: .scorecard(card), calibration: calibrations[name] ?? .none)
    }
    if let note = envelope.trees {
      let trees = FittedXGBoost(
        encoding: TreeEncoding(features), json: try part(treesName), rounds: note.rounds,
        classifier: note.classifier, stoppingLoss: note.stoppingLoss)
      guard trees.opens(features) else {
        throw .notAModel(path: path + "/" + treesName, reason: "XGBoost")
      }
      models[.trees] = CalibratedModel(
        fitted: .trees(trees), calibration: calibrations[ForecastMethod.trees.rawValue] ?? .none)
    }
    guard models[envelope.manifest.champion] != nil else {
      throw .notAModel(path: place, reason: envelope.manifest.champion.rawValue)
    }
    return SavedModel(manifest: envelope.manifest, models: models)
  }

  private static func bytes(_ path: String) throws(ModelError) -> [UInt8] {
    do throws(TableError) {
      let source = try ByteSource(path: path)
      guard (source.fileSize ?? 0) <= largest else { throw TableError.readFailed(path: path, reason: "size") }
      return try source.prefix(largest)
    } catch {
      if case .noSuchFile = error { throw .missingFile(path: path) }
      throw .notAModel(path: path, reason: "\(error)")
    }
  }

  private static func decoded<Value: Decodable>(_ bytes: [UInt8], _ path: String) throws(ModelError) -> Value
  {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(bytes))
    } catch {
      throw .notAModel(path: path, reason: "\(error)")
    }
  }
}

extension Calibration {
  /// Whether it can be asked: a curve from a file may have any number of points.
  var isSound: Bool {
    guard case .isotonic(let curve) = self else { return true }
    return !curve.scores.isEmpty && curve.scores.count == curve.probabilities.count
  }
}

extension Scorecard {
  /// Whether every index in it points at something: a card from a file may say anything.
  func fits(_ matrix: [FeatureMatrix.Feature]) -> Bool {
    guard features.count == bins.count, regression.coefficients.count == bins.count + interactions.count
    else {
      return false
    }
    let bounded = zip(features, bins).allSatisfy { feature, bins in
      matrix.indices.contains(feature) && bins.woe.count == bins.stayed.count
        && bins.churned.count == bins.stayed.count && bins.count > 0
        && bins.kind == matrix[feature].kind
        && (bins.kind == .number
          ? bins.cuts.count + 2 == bins.count
          : bins.binOfLevel.allSatisfy { (0..<bins.count).contains($0) })
    }
    return bounded
      && interactions.allSatisfy {
        bins.indices.contains($0.first) && bins.indices.contains($0.second)
          && $0.offsets.count == bins[$0.first].count * bins[$0.second].count
      }
  }
}

extension FittedXGBoost {
  /// Whether XGBoost opens it and takes clients with these features.
  func opens(_ features: [FeatureMatrix.Feature]) -> Bool {
    let nobody = FeatureMatrix(features: features, columns: features.map { _ in [.nan] })
    return (try? margins(nobody, rows: [0]))?.count == 1
  }
}
