import CYaml

/// libyaml's parser over a file's bytes: the one place that speaks to C.
enum YamlEvents {
  /// The document's content. Throws the problem and its line.
  static func document(_ bytes: [UInt8], name: String) throws(CatalogueError) -> YamlNode? {
    var builder = YamlBuilder()
    var failure: (problem: CatalogueError.Problem, line: Int)?
    var parser = unsafe yaml_parser_t()
    guard unsafe yaml_parser_initialize(&parser) == 1 else {
      throw CatalogueError(name: name, line: 1, problem: .broken(reason: "out of memory"))
    }
    defer { unsafe yaml_parser_delete(&parser) }
    unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      while failure == nil {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(&parser, &event) == 1 else {
          failure = unsafe problem(&parser, buffer)
          return
        }
        defer { unsafe yaml_event_delete(&event) }
        let line = unsafe Int(event.start_mark.line) + 1
        let read = unsafe read(&event)
        if let found = builder.take(read, line: line) { failure = (found, line) }
        if case .streamEnd = read { return }
      }
    }
    if let failure { throw CatalogueError(name: name, line: failure.line, problem: failure.problem) }
    return builder.root
  }

  private static func read(_ event: inout yaml_event_t) -> YamlEvent {
    switch unsafe event.type {
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let text = unsafe String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return unsafe .scalar(text, hasTag: scalar.tag != nil, hasAnchor: scalar.anchor != nil)
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe event.data.sequence_start
      return unsafe .listStart(hasTag: start.tag != nil, hasAnchor: start.anchor != nil)
    case YAML_SEQUENCE_END_EVENT: return .listEnd
    case YAML_MAPPING_START_EVENT:
      let start = unsafe event.data.mapping_start
      return unsafe .mappingStart(hasTag: start.tag != nil, hasAnchor: start.anchor != nil)
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: return .other
    }
  }

  private static func problem(
    _ parser: inout yaml_parser_t, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (CatalogueError.Problem, Int) {
    let words = unsafe [parser.context, parser.problem].compactMap { text in
      unsafe text.map { unsafe String(cString: $0) }
    }
    let reason = words.isEmpty ? "no YAML" : words.joined(separator: ": ")
    // The reader of characters knows the place in bytes, all others the line.
    let line =
      unsafe parser.error == YAML_READER_ERROR
      ? unsafe bytes.prefix(Int(parser.problem_offset)).count { $0 == 10 }
      : unsafe Int(parser.problem_mark.line)
    return (.broken(reason: reason), line + 1)
  }
}
