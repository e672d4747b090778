import CMalloc

/// Memory that is freed and soon wanted again.
enum FreedMemory {
  /// Keeps up to half a gigabyte of it in the process instead of giving it back: where a table goes by in blocks, every
  /// block wants as much as the one before, and the system would clear each page again first.
  static func keep() {
    _ = mallopt(M_MMAP_THRESHOLD, 32 << 20)
    _ = mallopt(M_TRIM_THRESHOLD, 512 << 20)
  }
}
