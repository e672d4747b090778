/// The deck's look: colours, fonts, logo. Without a theme file Ebb's own: dark ink on white, blue for what stays and a deep
/// orange for what leaves, told apart by people who do not see red and green alike.
struct DeckTheme: Sendable, Equatable {
  /// RGB without "#", by the theme's own names.
  var colours: [(name: String, rgb: String)] {
    [
      ("dk1", text), ("lt1", background), ("dk2", quiet), ("lt2", panel), ("accent1", calm),
      ("accent2", alarm),
      ("accent3", third), ("accent4", fourth), ("accent5", fifth), ("accent6", sixth), ("hlink", calm),
      ("folHlink", quiet),
    ]
  }
  var text = "1B2733"
  var background = "FFFFFF"
  var quiet = "4D5B69"
  var panel = "F2F4F6"
  var calm = "1F6FAE"
  var alarm = "C4501B"
  var third = "15806A"
  var fourth = "8A4B9C"
  var fifth = "8A6D00"
  var sixth = "4D5B69"
  var headingFont = "Arial"
  var bodyFont = "Arial"
  var logo: Logo? = nil

  struct Logo: Sendable, Equatable {
    let bytes: [UInt8]
    let pathExtension: String
    /// In pixels.
    let width: Int
    let height: Int
  }

  static let ebb = DeckTheme()

  var markup: Markup {
    func font(_ name: String, _ typeface: String) -> Markup {
      Markup(
        name, [:],
        [
          Markup("a:latin", ["typeface": typeface]), Markup("a:ea", ["typeface": ""]),
          Markup("a:cs", ["typeface": ""]),
        ])
    }
    func fills() -> [Markup] {
      (0..<3).map { _ in Markup("a:solidFill", [:], [Markup("a:schemeClr", val: "phClr")]) }
    }
    let lines = [6_350, 12_700, 19_050].map {
      Markup(
        "a:ln", ["w": String($0)],
        [
          Markup("a:solidFill", [:], [Markup("a:schemeClr", val: "phClr")]),
          Markup("a:prstDash", val: "solid"),
        ])
    }
    let effects = (0..<3).map { _ in Markup("a:effectStyle", [:], [Markup("a:effectLst")]) }
    return Markup(
      "a:theme", ["xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main", "name": "Ebb"],
      [
        Markup(
          "a:themeElements", [:],
          [
            Markup(
              "a:clrScheme", ["name": "Ebb"],
              colours.map { Markup("a:" + $0.name, [:], [Markup("a:srgbClr", val: $0.rgb)]) }),
            Markup(
              "a:fontScheme", ["name": "Ebb"],
              [font("a:majorFont", headingFont), font("a:minorFont", bodyFont)]),
            Markup(
              "a:fmtScheme", ["name": "Ebb"],
              [
                Markup("a:fillStyleLst", [:], fills()), Markup("a:lnStyleLst", [:], lines),
                Markup("a:effectStyleLst", [:], effects), Markup("a:bgFillStyleLst", [:], fills()),
              ]),
          ])
      ])
  }
}
