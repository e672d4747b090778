import EbbWords

/// A bank's own template as the stage: its masters, layouts and theme stay as they are; slides stand in the places it leaves.
enum TemplateStage {
  /// - Throws: `DeckError` where the file is no presentation, or has no layout with a title.
  static func make(_ bytes: [UInt8], path: String) throws(DeckError) -> DeckStage {
    guard let parts = TemplateParts(bytes),
      let main = parts.relationships(of: "/").first(where: { $0.type.hasSuffix("/officeDocument") })?.target,
      let presentation = parts.tree(main), presentation.name == "p:presentation",
      let size = presentation.first("p:sldSz"), let width = size.attributes["cx"].flatMap({ Int($0) }),
      let height = size.attributes["cy"].flatMap({ Int($0) }), width > 1_000_000, height > 1_000_000
    else { throw .notAPresentation(path: path) }
    let relationships = parts.relationships(of: main)
    let masters = (presentation.first("p:sldMasterIdLst")?.all("p:sldMasterId") ?? []).compactMap {
      item -> DeckStage.Master? in
      guard let target = relationships.first(where: { $0.id == item.attributes["r:id"] })?.target else {
        return nil
      }
      return DeckStage.Master(part: target, id: item.attributes["id"] ?? "2147483648")
    }
    let page = Box(x: 0, y: 0, width: width, height: height)
    guard let master = masters.first, let places = layouts(parts, masters, page) else {
      throw .noLayout(path: path)
    }
    let theme = parts.relationships(of: master.part).first { $0.type.hasSuffix("/theme") }?.target
    guard let theme, let look = parts.tree(theme) else { throw .noLayout(path: path) }
    let map = parts.tree(master.part)?.first("p:clrMap")?.attributes ?? [:]
    let own = DeckTheme.ebb
    let (heading, body) = fonts(look)
    return DeckStage(
      width: width, height: height, masters: masters, parts: parts.closure(from: masters.map(\.part)),
      cover: places.cover, finding: places.finding, content: content(places.finding, page),
      headingMetrics: FontMetrics(font: heading), bodyMetrics: FontMetrics(font: body),
      palette: DeckStage.rgb(own).merging(palette(look, map)) { $1 }, mainTheme: theme, theme: own,
      isTemplate: true)
  }

  // MARK: Layouts

  private static func layouts(_ parts: TemplateParts, _ masters: [DeckStage.Master], _ page: Box)
    -> (cover: DeckStage.Layout, finding: DeckStage.Layout)?
  {
    var found: [(type: String, layout: DeckStage.Layout)] = []
    for master in masters {
      let above = parts.tree(master.part).map(placeholders) ?? []
      for relationship in parts.relationships(of: master.part)
      where relationship.type.hasSuffix("/slideLayout") {
        guard let tree = parts.tree(relationship.target),
          let layout = layout(relationship.target, placeholders(tree), above, page)
        else { continue }
        found.append((tree.attributes["type"] ?? "", layout))
      }
    }
    func one(_ types: [String]) -> DeckStage.Layout? {
      types.lazy.compactMap { type in found.first { $0.type == type }?.layout }.first
    }
    guard let finding = one(["titleOnly", "obj", "tx", "objOnly"]) ?? found.last?.layout else { return nil }
    return (one(["title", "secHead"]) ?? finding, finding)
  }

  private struct Placeholder {
    let type: String
    let index: Int?
    let box: Box?
  }

  private static func placeholders(_ tree: XMLTree) -> [Placeholder] {
    (tree.at("p:cSld/p:spTree")?.all("p:sp") ?? []).compactMap { shape in
      guard let place = shape.at("p:nvSpPr/p:nvPr/p:ph") else { return nil }
      let transform = shape.at("p:spPr/a:xfrm")
      func number(_ path: String, _ key: String) -> Int? {
        transform?.first(path)?.attributes[key].flatMap { Int($0) }
      }
      var box: Box?
      if let x = number("a:off", "x"), let y = number("a:off", "y"), let width = number("a:ext", "cx"),
        let height = number("a:ext", "cy")
      {
        box = Box(x: x, y: y, width: width, height: height)
      }
      return Placeholder(
        type: place.attributes["type"] ?? "obj", index: place.attributes["idx"].flatMap { Int($0) }, box: box)
    }
  }

  private static func layout(_ name: String, _ own: [Placeholder], _ above: [Placeholder], _ page: Box)
    -> DeckStage.Layout?
  {
    guard let title = own.first(where: { $0.type == "title" || $0.type == "ctrTitle" }) else { return nil }
    func box(_ place: Placeholder) -> Box? {
      place.box ?? above.first { $0.type == (place.type == "ctrTitle" ? "title" : place.type) }?.box
    }
    guard let titleBox = box(title), titleBox.width > page.width / 4 else { return nil }
    var layout = DeckStage.Layout(part: name, titleType: title.type, title: titleBox)
    func place(_ type: String) -> (index: Int?, box: Box)? {
      own.first { $0.type == type }.flatMap { place in box(place).map { (place.index, $0) } }
    }
    layout.subtitle = place("subTitle")
    layout.footer = place("ftr")
    layout.number = place("sldNum")
    return layout
  }

  /// Below the title, above the footer, as wide as the title; where that leaves too little, the page's middle.
  private static func content(_ layout: DeckStage.Layout, _ page: Box) -> Box {
    let margin = page.width / 24
    let feet = [layout.footer?.box.y, layout.number?.box.y].compactMap(\.self).filter { $0 > page.height / 2 }
    let bottom = min(feet.min() ?? page.height, page.height - page.height / 16) - page.height / 80
    let top = layout.title.bottom + page.height / 60
    let left = max(margin / 2, layout.title.x)
    let right = min(page.width - margin / 2, max(layout.title.right, page.width - left))
    let found = Box(x: left, y: top, width: right - left, height: bottom - top)
    if found.height > page.height * 6 / 10, found.width > page.width * 7 / 10 { return found }
    return Box(
      x: margin, y: page.height * 24 / 100, width: page.width - 2 * margin, height: page.height * 66 / 100)
  }

  // MARK: Look

  private static func fonts(_ theme: XMLTree) -> (heading: String, body: String) {
    let fonts = theme.at("a:themeElements/a:fontScheme")
    func face(_ name: String) -> String { fonts?.at(name + "/a:latin")?.attributes["typeface"] ?? "Arial" }
    return (face("a:majorFont"), face("a:minorFont"))
  }

  private static func palette(_ theme: XMLTree, _ map: [String: String]) -> [String: String] {
    var found: [String: String] = [:]
    for colour in theme.at("a:themeElements/a:clrScheme")?.children ?? [] {
      let rgb = colour.children.first.flatMap { $0.attributes["lastClr"] ?? $0.attributes["val"] }
      if let rgb, rgb.count == 6, UInt32(rgb, radix: 16) != nil {
        found[String(colour.name.dropFirst(2))] = rgb
      }
    }
    for (name, target) in map { if let rgb = found[target] { found[name] = rgb } }
    return found
  }
}
