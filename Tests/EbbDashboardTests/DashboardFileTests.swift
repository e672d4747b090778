import EbbCharts
import EbbStudy
import EbbWords
import Foundation
import Testing

@testable import EbbDashboard

@Suite struct DashboardFileTests {
  private func text(_ study: Study, _ language: Language = .english) throws -> String {
    String(decoding: try DashboardFile.make(study, language: language), as: UTF8.self)
  }

  private func count(_ piece: String, in text: String) -> Int {
    text.components(separatedBy: piece).count - 1
  }

  private func packed(_ id: String, in page: String) throws -> String {
    let start = try #require(page.range(of: "id=\"\(id)\">")?.upperBound)
    let end = try #require(page[start...].range(of: "</script>")?.lowerBound)
    return String(page[start..<end])
  }

  /// Texts of the data stand in the data's element only, and nothing there can end it.
  @Test func textsOfTheDataAreInert() async throws {
    let study = try await DashboardFixture.study(DashboardFixture.hostileRows(900))
    let page = try text(study, .russian)
    let scripts = 3 + (PageAsset.drawing == nil ? 0 : 1)
    #expect(count("<script", in: page) == scripts && count("</script>", in: page) == scripts)
    #expect(!page.contains("alert(1)"))
    // Base64 has no sign that could end an element.
    for id in ["data", "cells"] {
      #expect(try packed(id, in: page).allSatisfy { $0.isLetter || $0.isNumber || "+/=".contains($0) })
    }
    // And it reads back as it was.
    let data = try JSONText.plain(PageData(study, language: .russian).json)
    #expect(try packed("data", in: page) == PageAsset(text: data).packed)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
    let cube = try #require(object["cube"] as? [String: Any])
    let axes = try #require(cube["axes"] as? [[String: Any]])
    let cities = try #require(axes.first { $0["id"] as? String == "city" }?["values"] as? [String])
    #expect(Set(["<script>alert(1)</script>", "__proto__", "]]>"]).isSubset(of: cities))
  }

  /// The same study is the same bytes: from whatever number of cores, and read back from its file.
  @Test func theSameStudyIsTheSameBytes() async throws {
    let rows = await DashboardFixture.hostileRows(900)
    let one = try await DashboardFixture.study(rows, cores: 1)
    let two = try await DashboardFixture.study(rows, cores: 2)
    for language in Language.allCases {
      let page = try DashboardFile.make(one, language: language)
      #expect(page == (try DashboardFile.make(one, language: language)))
      #expect(page == (try DashboardFile.make(two, language: language)))
      let again = try JSONDecoder().decode(Study.self, from: JSONEncoder().encode(one))
      #expect(page == (try DashboardFile.make(again, language: language)))
    }
    #expect(try text(one, .english) != text(one, .russian))
  }

  /// The policy lets run what is in the page and nothing else.
  @Test func thePolicyKnowsEveryScriptAndStyle() async throws {
    let page = try text(try await DashboardFixture.study(DashboardFixture.rows(300)))
    let policy = try #require(
      page.components(separatedBy: "Content-Security-Policy\" content=\"").last?.components(
        separatedBy: "\">"
      ).first)
    #expect(policy.hasPrefix("default-src 'none';") && !policy.contains("unsafe") && !policy.contains("http"))
    func contents(_ opening: String, _ closing: String) -> [String] {
      page.components(separatedBy: opening).dropFirst().compactMap {
        $0.components(separatedBy: closing).first
      }
    }
    let scripts = contents("<script>", "</script>")
    #expect(scripts.count == 1)
    for script in scripts { #expect(policy.contains(PageAsset(text: script).hash)) }
    if let drawing = PageAsset.drawing {
      // The library is let in by what it is once it is unpacked.
      #expect(policy.contains(drawing.hash))
      #expect(try packed("drawing", in: page) == drawing.packed)
    }
    for style in contents("<style>", "</style>") { #expect(policy.contains(PageAsset(text: style).hash)) }
    #expect(count("sha256-", in: policy) == 2 + (PageAsset.drawing == nil ? 0 : 1))
    #expect(!page.contains(" style=\"") && !page.contains(" onclick="))
  }
}
