import EbbWords
import Testing

@Suite struct TextTableTests {
  @Test func columnsAlignByDisplayWidth() {
    var table = TextTable([.init("Город"), .init("n", .right)])
    table.add(["Ярославль", "5"])
    table.add(["上海", "1234"])
    #expect(table.render() == "Город         n\nЯрославль     5\n上海       1234")
  }

  @Test func longCellsAreCutWithAnEllipsis() {
    var table = TextTable([.init("", maximumWidth: 5), .init("x")])
    table.add(["abcdefgh", "1"])
    #expect(table.render() == "       x\nabcd…  1")
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    #expect(TextTable.visible("a\u{1B}[31mb\nc\u{202E}d") == "a�[31mb↵cd")
  }
}
