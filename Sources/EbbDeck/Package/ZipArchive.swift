internal import CZip
import Glibc

/// The zip container, by libzip, in memory. Times and attributes are fixed, so the same files give the same bytes.
enum ZipArchive {
  enum Failure: Error, Sendable, Equatable {
    case cannotWrite(String)
    case cannotRead(String)
    /// More files or bytes than a deck can have: not unpacked.
    case tooLarge
  }
  /// Files already compressed are stored as they are.
  private static let stored: Set<String> = ["xlsx", "png", "jpg", "jpeg"]
  /// 1 January 1980, the earliest a zip can say: as Office itself writes.
  private static let date: UInt16 = 0x21
  private static let fileLimit = 5_000
  private static let byteLimit = 400_000_000

  static func make(_ files: [(name: String, bytes: [UInt8])]) throws(Failure) -> [UInt8] {
    guard let source = unsafe zip_source_buffer_create(nil, 0, 0, nil) else { throw .cannotWrite("memory") }
    unsafe zip_source_keep(source)
    defer { unsafe zip_source_free(source) }
    guard let archive = unsafe zip_open_from_source(source, ZIP_TRUNCATE, nil) else {
      throw .cannotWrite("open")
    }
    for file in files {
      guard let index = unsafe add(file.bytes, named: file.name, to: archive) else {
        unsafe zip_discard(archive)
        throw .cannotWrite(file.name)
      }
      let isStored = stored.contains(file.name.split(separator: ".").last.map(String.init) ?? "")
      unsafe zip_set_file_compression(archive, index, isStored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 6)
      unsafe zip_file_set_dostime(archive, index, 0, date, 0)
      unsafe zip_file_set_external_attributes(archive, index, 0, UInt8(ZIP_OPSYS_DOS), 0)
    }
    guard unsafe zip_close(archive) == 0 else {
      unsafe zip_discard(archive)
      throw .cannotWrite("close")
    }
    guard unsafe zip_source_open(source) == 0 else { throw .cannotWrite("reopen") }
    defer { unsafe zip_source_close(source) }
    var stat = unsafe zip_stat_t()
    guard unsafe zip_source_stat(source, &stat) == 0 else { throw .cannotWrite("size") }
    let size = unsafe Int(stat.size)
    var bytes = [UInt8](repeating: 0, count: size)
    let read = unsafe bytes.withUnsafeMutableBytes {
      unsafe zip_source_read(source, $0.baseAddress, UInt64(size))
    }
    guard read == size else { throw .cannotWrite("read back") }
    return bytes
  }

  @unsafe private static func add(_ bytes: [UInt8], named name: String, to archive: OpaquePointer) -> UInt64?
  {
    // libzip frees the copy when it has written it.
    guard let copy = unsafe malloc(max(1, bytes.count)) else { return nil }
    unsafe bytes.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { unsafe copy.copyMemory(from: base, byteCount: buffer.count) }
    }
    guard let source = unsafe zip_source_buffer(archive, copy, UInt64(bytes.count), 1) else {
      unsafe free(copy)
      return nil
    }
    let index = unsafe zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    if index < 0 {
      unsafe zip_source_free(source)
      return nil
    }
    return UInt64(index)
  }

  /// Every file of an archive, in its order; folders are left out.
  static func read(_ bytes: [UInt8]) throws(Failure) -> [(name: String, bytes: [UInt8])] {
    if bytes.isEmpty { throw .cannotRead("empty") }
    let result = unsafe bytes.withUnsafeBytes { buffer -> Result<[(name: String, bytes: [UInt8])], Failure> in
      guard let source = unsafe zip_source_buffer_create(buffer.baseAddress, UInt64(buffer.count), 0, nil)
      else {
        return .failure(.cannotRead("memory"))
      }
      guard let archive = unsafe zip_open_from_source(source, ZIP_RDONLY, nil) else {
        unsafe zip_source_free(source)
        return .failure(.cannotRead("not a zip"))
      }
      defer { unsafe zip_discard(archive) }
      return unsafe entries(archive)
    }
    return try result.get()
  }

  @unsafe private static func entries(_ archive: OpaquePointer)
    -> Result<[(name: String, bytes: [UInt8])], Failure>
  {
    let count = unsafe zip_get_num_entries(archive, 0)
    guard count <= fileLimit else { return .failure(.tooLarge) }
    var files: [(name: String, bytes: [UInt8])] = []
    var total = 0
    for index in 0..<UInt64(max(0, count)) {
      var stat = unsafe zip_stat_t()
      guard unsafe zip_stat_index(archive, index, 0, &stat) == 0, let name = unsafe stat.name else {
        return .failure(.cannotRead("entry"))
      }
      let path = unsafe String(cString: name)
      if path.hasSuffix("/") { continue }
      // A size may lie; what is unpacked counts.
      let size = unsafe Int(clamping: stat.size)
      total += min(size, byteLimit + 1)
      guard total <= byteLimit else { return .failure(.tooLarge) }
      guard let file = unsafe zip_fopen_index(archive, index, 0) else { return .failure(.cannotRead(path)) }
      defer { unsafe zip_fclose(file) }
      var content = [UInt8](repeating: 0, count: size)
      var filled = 0
      while filled < size {
        let got = unsafe content.withUnsafeMutableBytes {
          unsafe zip_fread(file, $0.baseAddress! + filled, UInt64(size - filled))
        }
        guard got > 0 else { return .failure(.cannotRead(path)) }
        filled += Int(got)
      }
      files.append((path, content))
    }
    return .success(files)
  }
}
