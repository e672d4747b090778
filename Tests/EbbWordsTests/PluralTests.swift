import EbbWords
import Testing

@Suite struct PluralTests {
  @Test(arguments: [
    (0, "клиентов"), (1, "клиент"), (2, "клиента"), (4, "клиента"), (5, "клиентов"), (11, "клиентов"),
    (12, "клиентов"), (14, "клиентов"), (21, "клиент"), (22, "клиента"), (101, "клиент"), (111, "клиентов"),
    (112, "клиентов"), (1_000, "клиентов"), (10_031, "клиент"),
  ])
  func russian(count: Int, form: String) {
    #expect(Plural.clients.form(count, .russian) == form)
  }

  @Test(arguments: [(0, "clients"), (1, "client"), (2, "clients"), (21, "clients")])
  func english(count: Int, form: String) {
    #expect(Plural.clients.form(count, .english) == form)
  }
}
