import EbbClients

/// What a column of two meanings was taken for: the arm of the experiment, or the outcome.
public struct ReadMeaning: Sendable, Equatable {
  /// How the meaning of the values is known.
  public enum Basis: String, Sendable, Codable, Equatable {
    /// The words say it.
    case words
    /// Yes and no, or 1 and 0, under this heading.
    case yesNo
    /// One of two values says it, so the other is the opposite.
    case opposite
    case byUser
  }
  public struct Unknown: Sendable, Codable, Equatable {
    public let text: String
    public let rows: Int
  }
  let column: String
  /// Values of the control group, or of those who left.
  let yes: [String]
  /// Values of the treated, or of those who stayed.
  let no: [String]
  /// Values of neither, most frequent first.
  let unknown: [Unknown]
  let basis: Basis
}

/// The meaning of each code of a column: `true` control (or left), `false` treated (or stayed), `nil` neither.
struct MeaningOfCodes {
  let reading: ReadMeaning
  let byCode: [Bool?]

  /// - Parameters:
  ///   - explicit: what a text says by itself.
  ///   - yesMeans: what yes and 1 mean under the heading; `nil`: they mean nothing here.
  ///   - said: the text that the user says means `true`.
  ///   - completes: where one of two values says it by itself, the other is the opposite.
  ///   - restIsNo: once the user has named a value, every other that does not say the same is `false`.
  /// Returns `nil` where no value says anything.
  init?(
    _ column: CodedColumn, explicit: (String) -> Bool?, yesMeans: Bool?, said: String?, completes: Bool,
    restIsNo: Bool
  ) {
    var meanings = [Bool?](repeating: nil, count: column.texts.count)
    var basis = ReadMeaning.Basis.words
    let used = column.used
    if let said {
      basis = .byUser
      let wanted = Heading(said).joined
      for code in used {
        let text = column.texts[code]
        if text == said || (!wanted.isEmpty && Heading(text).joined == wanted) { meanings[code] = true }
      }
      guard meanings.contains(true) else { return nil }
    }
    var byWords = 0
    for code in used where meanings[code] == nil {
      guard let meaning = explicit(column.texts[code]) else { continue }
      byWords += 1
      // What the user did not name is not what the user named.
      if said == nil || !meaning { meanings[code] = meaning }
    }
    // Yes and no only where no word speaks for itself: beside "closed", "active" is no yes.
    if byWords == 0, let yesMeans {
      for code in used where meanings[code] == nil {
        if let yes = FlagWord.isYes(column.texts[code]) {
          meanings[code] = said == nil ? yes == yesMeans : false
        }
      }
    }
    if said == nil, byWords == 0 { basis = .yesNo }
    if said != nil, restIsNo || completes && !meanings.contains(false) {
      for code in used where meanings[code] == nil && explicit(column.texts[code]) != true {
        meanings[code] = false
      }
    } else if completes, byWords > 0, used.count == 2, let known = used.first(where: { meanings[$0] != nil }),
      let meaning = meanings[known], let other = used.first(where: { $0 != known }), meanings[other] == nil
    {
      meanings[other] = !meaning
      basis = .opposite
    }
    // "1" beside "2", or "y" beside "x", is no yes.
    let isHalf = !(meanings.contains(true) && meanings.contains(false))
    if basis == .yesNo, isHalf, used.contains(where: { meanings[$0] == nil }) { return nil }
    guard used.contains(where: { meanings[$0] != nil }) else { return nil }
    byCode = meanings
    func texts(_ meaning: Bool) -> [String] {
      used.filter { meanings[$0] == meaning }.map { column.texts[$0] }.sorted {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
    }
    reading = ReadMeaning(
      column: column.name, yes: texts(true), no: texts(false),
      unknown: used.filter { meanings[$0] == nil }
        .map { .init(text: column.texts[$0], rows: column.counts[$0]) }
        .sorted { ($1.rows, $0.text) < ($0.rows, $1.text) },
      basis: basis)
  }

  var hasBoth: Bool { !reading.yes.isEmpty && !reading.no.isEmpty }
}
