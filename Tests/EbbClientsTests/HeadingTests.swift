import Testing

@testable import EbbClients

@Suite struct HeadingTests {
  @Test(arguments: [
    ("\u{FEFF}userid", "userid"), ("USER_ID", "userid"), ("UserId", "userid"), ("user.id", "userid"),
    ("Credit Score", "creditscore"), ("credit_\u{441}ard", "creditcard"),
    ("\u{421}redit\u{A0}\u{421}ard", "creditcard"),
    ("«Balance»", "balance"), ("Balance (руб.)", "balance"), ("Age, years", "age"), ("  Age\t", "age"),
    ("NumOfProducts", "numofproducts"), ("est-salary", "estsalary"), ("(id)", "id"),
    ("Balance [RUB]", "balance"),
  ])
  func isTheSame(text: String, joined: String) {
    #expect(Heading(text).joined == joined)
  }

  @Test(arguments: [
    ("HasCrCard", ["has", "cr", "card"]), ("clientID", ["client", "id"]), ("EST_SALARY", ["est", "salary"]),
    ("CRCard2", ["cr", "card", "2"]), ("isActiveMember", ["is", "active", "member"]),
  ])
  func splitsWords(text: String, words: [String]) {
    #expect(Heading(text).words == words)
  }

  @Test(arguments: [
    ("Доход, руб.", "доход"), ("УШЁЛ", "ушел"), ("Ушел", "ушёл"), ("кол-во продуктов", "Кол во продуктов"),
    ("Oтток", "Отток"), ("Возраст (полных лет)", "возраст"), ("е\u{308}лка", "ёлка"),
  ])
  func joinsRussianSpellings(first: String, second: String) {
    #expect(Heading(first).joined == Heading(second).joined)
  }

  @Test func keepsDifferentNamesApart() {
    #expect(Heading("Balance2") != Heading("Balance"))
    #expect(Heading("churn probability").joined != Heading("churn").joined)
  }
}
