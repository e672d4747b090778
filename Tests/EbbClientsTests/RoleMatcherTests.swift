import EbbTable
import Testing

@testable import EbbClients

@Suite struct RoleMatcherTests {
  private func roles(_ headings: String) throws -> [Role] {
    try RoleMatcher.match(headings: headings.split(separator: "|").map(String.init)).columns.map(\.role)
  }

  /// Headings met in published tables and notebooks of this kind.
  @Test(arguments: [
    "userid|score|City|Gender|Age|Objects|Balance|Products|CreditCard|Loyalty|estimated_salary|Churn",
    "USERID|score|city|gender|age|equity|balance|products|credit_card|last_activity|EST_SALARY|churn",
    "userid|score|city|gender|age|objects|balance|products|credit_\u{441}ard|loyalty|estimated_salary|churn",
    "customer_id|credit_score|country|gender|age|tenure|balance|products_number|credit_card|active_member|estimated_salary|churn",
    "CustomerId|CreditScore|Geography|Gender|Age|Tenure|Balance|NumOfProducts|HasCrCard|IsActiveMember|EstimatedSalary|Exited",
    "ид клиента|скоринг|город|пол|возраст|объекты|баланс|количество продуктов|кредитная карта|активность|оценочный доход|отток",
    "Номер клиента|Баллы кредитного скоринга|Регион|Пол клиента|Возраст, лет|Количество объектов в собственности|Остаток на счёте (руб.)|Число продуктов|Наличие кредитной карты|Активный клиент|Доход, руб.|Ушёл",
    "ID_клиента|Кредитный рейтинг|ГОРОД|ПОЛ|ВОЗРАСТ|Собственность|ОСТАТОК|Кол-во продуктов|Кредитка|Лояльность|Зарплата|Клиент ушёл",
    "id|скоринговый балл|филиал|sex|Customer_Age|Equity|Account Balance|num_products|has_card|is_active|income|attrition_flag",
  ])
  func findsAllTwelve(headings: String) throws {
    let expected: [Role] = [
      .id, .score, .city, .gender, .age, .objects, .balance, .products, .card, .activity, .income, .churn,
    ]
    #expect(try roles(headings) == expected)
  }

  @Test(arguments: [
    ("churn_probability", Role.attribute), ("Balance2", .attribute), ("credit_score_band", .attribute),
    ("income_type", .attribute), ("customer value", .attribute), ("Number of credit cards", .card),
    ("current account balance", .balance), ("Пол клиента банка", .gender), ("product type", .attribute),
    ("tenure_months", .attribute), ("Surname", .ignored), ("Фамилия", .ignored), ("№ п/п", .ignored),
    ("RowNumber", .ignored), ("", .ignored), ("Unnamed: 0", .ignored), ("Номер телефона", .ignored),
    ("остался", .churn), ("Retained", .churn), ("complaints", .attribute),
    ("Последняя активность", .activity),
    ("Паспорт", .ignored), ("left", .churn), ("пол", .gender),
  ])
  func readsOne(heading: String, role: Role) throws {
    #expect(try RoleMatcher.match(headings: [heading]).columns.map(\.role) == [role])
  }

  @Test func theBetterNameTakesTheRole() throws {
    #expect(try roles("City|Region|Branch") == [.city, .attribute, .attribute])
    #expect(try roles("Region|Филиал") == [.city, .attribute])
    #expect(try roles("client_id|id") == [.id, .attribute])
    #expect(try roles("Age|Customer age in full years") == [.age, .attribute])
  }

  @Test func equallyGoodNamesAreReported() throws {
    let found = try RoleMatcher.match(headings: ["salary", "income", "churn"])
    #expect(found.columns.map(\.role) == [.attribute, .attribute, .churn])
    #expect(found.ambiguous == [AmbiguousRole(role: .income, columns: ["income", "salary"])])
    let mapped = try RoleMatcher.match(
      headings: ["salary", "income", "churn"], mapping: RoleMapping(argument: "income=salary"))
    #expect(mapped.columns.map(\.role) == [.income, .attribute, .churn])
    #expect(mapped.ambiguous.isEmpty)
  }

  @Test func noAliasMeansTwoThings() { #expect(AliasIndex.shared.clashes == []) }

  @Test func everyAliasIsFound() throws {
    for (role, lists) in RoleAliases.names {
      for alias in lists.joined() {
        #expect(try RoleMatcher.match(headings: [alias.uppercased()]).columns[0].role == role, "\(alias)")
      }
    }
  }

  @Test func noRoleIsGivenTwice() throws {
    var seed = SystemIndependentGenerator(seed: 7)
    let all = RoleAliases.names.values.flatMap { $0.joined() }.sorted()
    for _ in 0..<50 {
      let headings = Array(Set((0..<20).map { _ in all[Int.random(in: 0..<all.count, using: &seed)] }))
      let roles = try RoleMatcher.match(headings: headings).columns.map(\.role).filter(\.isUnique)
      #expect(Set(roles).count == roles.count)
    }
  }

  @Test func tellsTheReaderWhatChurnNeeds() throws {
    let found = try RoleMatcher.match(headings: ["CustomerId", "Exited"])
    let options = found.readOptions(ReadOptions(maxRejectedShare: 0.5))
    #expect(options.kinds == ["Exited": .flag])
    #expect(options.required == ["Exited"])
    #expect(options.maxRejectedShare == 0.5)
  }

  @Test func sayingStayedIsNoticed() throws {
    #expect(try RoleMatcher.match(headings: ["is_stayed"]).churnMeansStayed)
    #expect(try RoleMatcher.match(headings: ["Клиент остался"]).churnMeansStayed)
    #expect(try !RoleMatcher.match(headings: ["Churn"]).churnMeansStayed)
    #expect(
      try RoleMatcher.match(headings: ["retained"], mapping: RoleMapping(argument: "churn=retained"))
        .churnMeansStayed)
  }
}

/// SplitMix64: the same numbers everywhere.
struct SystemIndependentGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
