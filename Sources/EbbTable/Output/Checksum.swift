internal import CZlib

/// Tells whether a file is still what was written.
public enum Checksum {
  /// CRC-32 as zlib, gzip and the command `crc32` count it, in eight hexadecimal digits.
  public static func crc32(_ bytes: [UInt8]) -> String {
    let sum = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe crc32_z(0, buffer.baseAddress, buffer.count)
    }
    let digits = String(UInt32(truncatingIfNeeded: bytes.isEmpty ? 0 : sum), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
