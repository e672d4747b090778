/// The house rules: each takes files and says what is wrong with them, nothing where all is well.
enum Rules {
  static func arrows(_ files: [SourceFile]) -> [String] {
    files.flatMap { file -> [String] in
      guard let allowed = RoomMap.imports(of: file.room) else {
        return ["\(file.path): the room \(file.room) is not on the map"]
      }
      return file.imports.filter { !allowed.contains($0) && !RoomMap.system.contains($0) && $0 != file.room }
        .map { "\(file.path): \(file.room) may not import \($0)" }
    }
  }

  static let longestFile = 400

  static func length(_ files: [SourceFile]) -> [String] {
    files.filter { $0.lineCount > longestFile }.map {
      "\($0.path): \($0.lineCount) lines, \(longestFile) at most; split it by concept"
    }
  }

  /// Names that say nothing about what a file holds.
  static let emptyNames = ["util", "utils", "utilities", "helper", "helpers", "common", "misc"]

  /// Also as a part of a name: `StringUtils.swift`, a folder `Helpers`.
  static func names(_ files: [SourceFile]) -> [String] {
    files.compactMap { file in
      let parts = file.path.split { !$0.isLetter }.flatMap(camelParts)
      return parts.first { emptyNames.contains($0) }.map { "\(file.path): “\($0)” is no concept" }
    }
  }

  /// Files that may leave memory safety, each for a reason.
  static let unsafeFiles: Set<String> = [
    // System calls on descriptors and mapped memory.
    "Sources/EbbTable/Source/Descriptor.swift",
    "Sources/EbbTable/Source/ByteStream.swift",
    "Sources/EbbTable/Output/OutputFile.swift",
    "Sources/EbbWarehouse/UnnamedFile.swift",
    "Sources/EbbWarehouse/Spark/NamedPipes.swift",
    "Sources/ebb/Console.swift",
    "Sources/ebb/Interruption.swift",
    "Sources/ebb/ResultFolder.swift",
    // zlib's stream and sum.
    "Sources/EbbTable/Output/Checksum.swift",
    "Sources/EbbTable/Source/Inflater.swift",
    // The reader's inner loops.
    "Sources/EbbTable/Reader/EightBytes.swift",
    "Sources/EbbTable/PackedIntegers.swift",
    // libpq's connections.
    "Sources/EbbWarehouse/Postgres/PostgresConnection.swift",
    // libzip's archives, libxlsxwriter's books.
    "Sources/EbbDeck/Package/ZipArchive.swift",
    "Sources/EbbDeck/Package/EmbeddedBook.swift",
    // Bytes of embedded files.
    "Sources/EbbDashboard/PageAsset.swift",
    // XGBoost's handles.
    "Sources/EbbForecast/Trees/Booster.swift",
    "Sources/EbbForecast/Trees/DenseMatrix.swift",
    // libyaml's parser.
    "Sources/EbbRetention/Catalogue/YamlEvents.swift",
    // The library that writes workbooks
    "Sources/EbbWorkbook/Spreadsheet.swift",
  ]

  /// Listed files that are not there.
  static func staleList(_ files: [SourceFile], listed: Set<String> = unsafeFiles) -> [String] {
    listed.subtracting(files.map(\.path)).sorted().map {
      "\($0): listed as unsafe, and there is no such file"
    }
  }

  static func safety(_ files: [SourceFile]) -> [String] {
    files.compactMap { file in
      let word = file.words.first { $0 == "unsafe" || $0.contains("Unsafe") || $0.hasPrefix("unsafe") }
      return switch (word, unsafeFiles.contains(file.path)) {
      case (let word?, false): "\(file.path): “\(word)” outside the named files"
      case (nil, true): "\(file.path): needs no `unsafe` any more; take it off the list"
      default: nil
      }
    }
  }

  /// `StringUtils` → string, utils.
  private static func camelParts(_ word: Substring) -> [String] {
    var parts: [String] = []
    for letter in word {
      if letter.isUppercase || parts.isEmpty { parts.append("") }
      parts[parts.count - 1] += letter.lowercased()
    }
    return parts
  }
}
