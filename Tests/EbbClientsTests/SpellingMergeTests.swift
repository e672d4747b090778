import EbbTable
import Testing

@testable import EbbClients

@Suite struct SpellingMergeTests {
  @Test(arguments: [
    ("Ярославль", "ЯРОСЛАВЛЬ "), ("Ярославль", "г. Ярославль"), ("Орел", "Орёл"),
    ("Ростов-на-Дону", "ростов на дону"),
    ("Москва", "Mосква"), ("г.Тула", "город Тула"),
  ])
  func joinsSpellings(first: String, second: String) {
    #expect(Spellings.key(first, role: .city) == Spellings.key(second, role: .city))
  }

  @Test(arguments: [
    ("Ростов", "Ростов Великий"), ("Ростов", "Ростов-на-Дону"), ("Орел", "Орск"),
    ("Новгород", "Нижний Новгород"),
    ("Город", "г. Город Второй"), ("Химки", "Химкй"),
  ])
  func keepsCitiesApart(first: String, second: String) {
    #expect(Spellings.key(first, role: .city) != Spellings.key(second, role: .city))
  }

  @Test func mergesAreShownWithTheirCounts() throws {
    let (made, quality) = try clients(
      "churn,city\n1,Рыбинск\n0,г. Тула\n0,Тула\n1,ТУЛА\n0,Тула\n1,Рыбинск\n")
    #expect(made.column(.city)?.texts == ["Рыбинск", "Тула", "Тула", "Тула", "Тула", "Рыбинск"])
    #expect(
      quality.spellingMerges == [
        SpellingMerge(
          column: "city", kept: "Тула",
          merged: [.init(text: "ТУЛА", rows: 1), .init(text: "г. Тула", rows: 1)])
      ])
    #expect(made.schema.entry(.city)?.distinct == 2)
  }

  @Test func levelsLostWithDuplicatesAreGone() throws {
    let (made, _) = try clients(
      "id,churn,tariff\n1,1,a\n1,1,b\n2,0,c\n3,0,a\n", options: ClientOptions(duplicates: .first))
    guard case .codes(_, let levels)? = made.table.column(named: "tariff")?.storage else {
      Issue.record("?")
      return
    }
    #expect(levels.texts == ["a", "c"])
  }

  @Test func plainAttributesAreLeftAlone() throws {
    let (made, quality) = try clients("churn,tariff\n1,a\n0,A\n0,a\n")
    #expect(quality.spellingMerges.isEmpty)
    #expect(made.table.column(named: "tariff")?.texts == ["a", "A", "a"])
  }

  @Test(arguments: [
    ("Ж", GenderMeaning.woman), ("жен.", .woman), ("Female", .woman), ("W", .woman), ("ЖЕНСКИЙ", .woman),
    ("м", .man), ("Муж.", .man), ("male", .man), ("M", .man),
  ])
  func knowsGenders(text: String, meaning: GenderMeaning) { #expect(GenderMeaning.of(text) == meaning) }

  @Test func readsGenderFlagsUnderTheirHeading() {
    #expect(GenderMeaning.of("1") == nil)
    #expect(GenderMeaning.of("1", heading: "is_female") == .woman)
    #expect(GenderMeaning.of("нет", heading: "Женщина") == .man)
    #expect(GenderMeaning.of("1", heading: "Gender") == nil)
  }
}
