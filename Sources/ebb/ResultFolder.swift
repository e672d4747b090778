import EbbDashboard
import EbbForecast
import EbbRetention
import EbbStudy
import EbbTable
import EbbWords
import EbbWorkbook
import Glibc

/// The folder a study is written into. It is made only when there is something to write; its other files are left
/// alone, ours are replaced whole.
struct ResultFolder {
  static let rejectedName = "rejected.csv"

  let path: String
  /// Files of a former run that are going to be replaced.
  let former: [String]

  /// - Throws: where `path` is a file, so that nobody waits for a study that has no place.
  init(_ path: String) throws(OutputError) {
    self.path = path
    if OutputFile.exists(path), !OutputFile.isDirectory(path) {
      throw .failed(path: path, reason: "not a folder")
    }
    former = [StudyFile.name, Self.rejectedName, DashboardFile.name].filter {
      OutputFile.exists(path + "/" + $0)
    }
  }

  func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

  /// Writes `rejected.csv` where there are rejected rows, and removes a former one where there are none.
  func writeRejected(_ rows: [RejectedRow], _ language: Language) throws -> String? {
    let place = path(of: Self.rejectedName)
    if rows.isEmpty {
      unsafe unlink(place)
      return nil
    }
    try OutputFile.makeFolder(path)
    try RejectedRowsFile.write(rows, to: place) { RejectedRowWords.reason($0)[language] }
    return place
  }

  func write(_ study: Study) throws -> String {
    try OutputFile.makeFolder(path)
    let place = path(of: StudyFile.name)
    try OutputFile.write(StudyFile.encode(study), to: place)
    return place
  }

  /// Writes the dashboard's cells and what their columns mean, where the study has them.
  func writeExtract(of study: Study) throws -> [String] {
    guard let cells = CellExtract.cells(study), let dictionary = CellExtract.dictionary(study) else {
      return []
    }
    return [try write(cells, CellExtract.name), try write(dictionary, CellExtract.dictionaryName)]
  }

  /// Writes `contacts.xlsx` and `contacts.csv`, and removes former ones where there is nobody to contact.
  func write(_ contacts: ContactList?, of study: Study, _ language: Language) throws -> [String] {
    let (workbook, lines) = (path(of: ContactBook.name), path(of: ContactBook.linesName))
    guard let contacts, contacts.count > 0 else {
      unsafe unlink(workbook)
      unsafe unlink(lines)
      return []
    }
    try OutputFile.makeFolder(path)
    try ContactBook(contacts, study: study, language: language).write(workbook: workbook, lines: lines)
    return [workbook, lines]
  }

  /// Writes what a renderer made.
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try OutputFile.makeFolder(path)
    let place = path(of: name)
    try OutputFile.write(bytes, to: place)
    return place
  }

  /// Writes the folder `model`, its manifest last, and removes a former one where there is no model.
  func write(_ model: SavedModel?) throws -> String? {
    let folder = path(of: ModelFolder.name)
    // A former manifest must not stand beside files of this run.
    unsafe unlink(folder + "/" + ModelFolder.manifestName)
    guard let model else {
      for name in ModelFolder.fileNames { unsafe unlink(folder + "/" + name) }
      unsafe rmdir(folder)
      return nil
    }
    try OutputFile.makeFolder(path)
    try OutputFile.makeFolder(folder)
    for file in try ModelFolder.files(model) {
      try OutputFile.write(file.bytes, to: folder + "/" + file.name)
    }
    return folder
  }
}
