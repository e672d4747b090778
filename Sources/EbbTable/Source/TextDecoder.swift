/// Turns blocks of encoded bytes into UTF-8, carrying what a block border cuts.
///
/// What is not text in the encoding becomes bytes that are not UTF-8 either (a lone surrogate its three-byte
/// form, an unassigned code `0xFF`), so that the parser rejects just the row it stands in.
struct TextDecoder {
  let encoding: Dialect.Encoding
  private var pendingByte: UInt8?
  private var pendingSurrogate: UInt16?

  init(encoding: Dialect.Encoding) {
    self.encoding = encoding
  }

  static let invalidByte: UInt8 = 0xFF

  mutating func decode(_ bytes: [UInt8]) -> [UInt8] {
    switch encoding {
    case .utf8: return bytes
    case .windows1251: return Self.decodeWindows1251(bytes)
    case .utf16LittleEndian, .utf16BigEndian: return decodeUTF16(bytes)
    }
  }

  /// What is left when the bytes end: half a character is no character.
  mutating func finish() -> [UInt8] {
    var output: [UInt8] = []
    if let surrogate = pendingSurrogate { Self.append(UInt32(surrogate), to: &output) }
    if pendingByte != nil { output.append(Self.invalidByte) }
    pendingByte = nil
    pendingSurrogate = nil
    return output
  }

  private mutating func decodeUTF16(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 2 + 4)
    let little = encoding == .utf16LittleEndian
    var index = 0
    while index < bytes.count {
      let first: UInt8
      if let kept = pendingByte {
        first = kept
        pendingByte = nil
      } else {
        first = bytes[index]
        index += 1
        if index == bytes.count {
          pendingByte = first
          break
        }
      }
      let second = bytes[index]
      index += 1
      let unit = little ? UInt16(second) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(second)
      if let high = pendingSurrogate {
        pendingSurrogate = nil
        if unit & 0xFC00 == 0xDC00 {
          Self.append(0x10000 + (UInt32(high) & 0x3FF) << 10 + UInt32(unit) & 0x3FF, to: &output)
          continue
        }
        Self.append(UInt32(high), to: &output)
      }
      if unit & 0xFC00 == 0xD800 {
        pendingSurrogate = unit
      } else {
        Self.append(UInt32(unit), to: &output)
      }
    }
    return output
  }

  /// UTF-8 of a scalar; of a lone surrogate the three bytes that no UTF-8 reader accepts.
  private static func append(_ scalar: UInt32, to output: inout [UInt8]) {
    switch scalar {
    case 0..<0x80: output.append(UInt8(scalar))
    case 0x80..<0x800:
      output.append(UInt8(0xC0 | scalar >> 6))
      output.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      output.append(UInt8(0xE0 | scalar >> 12))
      output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      output.append(UInt8(0x80 | scalar & 0x3F))
    default:
      output.append(UInt8(0xF0 | scalar >> 18))
      output.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      output.append(UInt8(0x80 | scalar & 0x3F))
    }
  }

  private static func decodeWindows1251(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      if byte < 0x80 {
        output.append(byte)
      } else if byte >= 0xC0 {
        // А…я stand in one row in both.
        append(UInt32(byte) - 0xC0 + 0x410, to: &output)
      } else if byte == 0x98 {
        output.append(invalidByte)
      } else {
        append(UInt32(windows1251Upper[Int(byte) - 0x80]), to: &output)
      }
    }
    return output
  }

  /// Codes 0x80…0xBF (Unicode consortium, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1251.TXT).
  static let windows1251Upper: [UInt16] = [
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A,
    0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x0000, 0x2122,
    0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6,
    0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456,
    0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
  ]
}
