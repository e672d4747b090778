import Foundation
import FoundationXML

/// An XML file read into elements; for templates, of which few places are looked at.
final class XMLTree {
  let name: String
  let attributes: [String: String]
  private(set) var children: [XMLTree] = []

  private init(_ name: String, _ attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// `nil` where the bytes are no well-formed XML. Entities are not resolved, so nothing outside is read.
  static func read(_ bytes: [UInt8]) -> XMLTree? {
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    let reader = Reader()
    parser.delegate = reader
    return parser.parse() ? reader.root : nil
  }

  func first(_ name: String) -> XMLTree? { children.first { $0.name == name } }

  /// "p:cSld/p:spTree"
  func at(_ path: String) -> XMLTree? {
    path.split(separator: "/").reduce(Optional(self)) { found, name in found?.first(String(name)) }
  }

  func all(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

  private final class Reader: NSObject, XMLParserDelegate {
    var root: XMLTree?
    private var open: [XMLTree] = []

    func parser(
      _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      let element = XMLTree(elementName, attributes)
      if let parent = open.last { parent.children.append(element) } else { root = element }
      open.append(element)
      if open.count > 200 { parser.abortParsing() }
    }

    func parser(
      _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?
    ) {
      open.removeLast()
    }
  }
}
