/// The names under which bank exports know the roles, in Russian, English and transliteration.
///
/// The first list of a role holds names that leave no doubt; names of the second list give way to a column with a
/// name of the first (a `region` beside a `city` is a plain attribute), and of the third to both.
enum RoleAliases {
  static let names: [Role: [[String]]] = [
    .id: [
      [
        "user id", "client id", "customer id", "cust id", "clientnum", "client num", "client number",
        "customer number", "customer no", "client no", "id client", "id customer", "id user", "client key",
        "customer key", "client code", "customer code", "ид клиента", "id клиента", "айди клиента",
        "номер клиента", "клиент ид", "клиент id", "код клиента", "идентификатор клиента", "клиентский номер",
        "ид пользователя", "id пользователя", "идентификатор пользователя", "id klienta", "nomer klienta",
        "kod klienta", "cif", "cif number", "юзер ид", "уникальный идентификатор клиента",
      ],
      ["id", "ид", "uid", "guid", "uuid", "идентификатор", "user", "client", "customer", "клиент", "код"],
    ],
    .churn: [
      [
        "churn", "churned", "churn flag", "is churn", "is churned", "churn label", "churn status",
        "churn value",
        "exited", "has exited", "is exited", "attrition", "attrition flag", "attrited", "отток",
        "признак оттока",
        "флаг оттока", "факт оттока", "отток клиента", "отток клиентов", "в оттоке", "ушел", "ушла", "ушли",
        "ушедший", "клиент ушел", "ушел из банка", "покинул банк", "покинул", "факт ухода", "признак ухода",
        "флаг ухода", "уход", "уход клиента", "ottok", "ushel", "uhod", "churn yn", "customer churn",
      ],
      [
        "left", "has left", "is left", "left bank", "is gone", "gone", "lost", "is lost", "closed",
        "is closed",
        "leave", "attrition status", "закрыл счет", "закрыт", "потерян", "расторг договор",
      ],
      ["target", "label", "y", "целевая", "целевая переменная", "таргет"],
    ],
    .products: [
      [
        "products", "num of products", "products number", "number of products", "num products", "n products",
        "product count", "products count", "count of products", "products num", "no of products",
        "total products", "products qty", "product number", "количество продуктов", "число продуктов",
        "кол во продуктов", "колво продуктов", "продукты", "продуктов", "продуктов у клиента",
        "кол продуктов", "kolichestvo produktov", "kol vo produktov", "kolvo produktov", "produkty",
        "chislo produktov", "количество банковских продуктов", "количество услуг",
      ],
      [
        "total relationship count", "relationship count", "product", "продукт", "prod cnt", "prod count",
        "nprod",
        "products cnt", "num prod",
      ],
    ],
    .city: [
      [
        "city", "город", "town", "gorod", "город клиента", "город проживания", "client city", "customer city",
        "населенный пункт", "город обслуживания",
      ],
      [
        "geography", "geo", "region", "регион", "country", "страна", "location", "область",
        "регион проживания",
        "state", "geographic region", "местоположение", "субъект", "субъект рф", "region name", "city name",
        "region klienta", "край", "местность",
      ],
      [
        "branch", "branch city", "филиал", "отделение", "district", "район", "офис", "branch name", "office",
        "filial", "город филиала", "отделение банка",
      ],
    ],
    .gender: [
      [
        "gender", "sex", "пол", "пол клиента", "client gender", "customer gender", "pol", "гендер",
        "pol klienta",
      ],
      ["is female", "is male", "male", "female", "женщина", "мужчина"],
    ],
    .age: [
      [
        "age", "возраст", "возраст клиента", "customer age", "client age", "age years", "полных лет",
        "vozrast",
        "возраст лет", "возраст полных лет", "age in years", "количество полных лет",
      ],
      ["лет"],
    ],
    .objects: [
      [
        "objects", "объекты", "количество объектов", "число объектов", "кол во объектов", "колво объектов",
        "объектов", "equity", "собственность", "объекты собственности", "количество объектов собственности",
        "число объектов собственности", "объекты в собственности", "количество объектов в собственности",
        "num of objects", "number of objects", "objects number", "objects count", "num objects", "obekty",
        "баллы собственности", "количество баллов собственности", "ownership", "ownership points",
        "equity points", "недвижимость", "kolichestvo obektov", "имущество",
      ],
      ["tenure", "property", "properties", "assets", "property count", "активы"],
    ],
    .balance: [
      [
        "balance", "баланс", "остаток", "account balance", "остаток на счете", "остаток на счетах",
        "баланс счета",
        "баланс на счете", "balans", "ostatok", "сумма на счете", "средства на счете", "остаток средств",
        "acct balance", "bal", "client balance", "customer balance", "balance amount", "баланс клиента",
        "остаток по счету", "остаток по счетам", "остаток денежных средств",
      ],
      [
        "avg balance", "average balance", "средний остаток", "средний баланс", "deposit balance",
        "сумма вклада",
      ],
    ],
    .income: [
      [
        "estimated salary", "est salary", "salary", "income", "доход", "зарплата", "оценочный доход",
        "оценочная зарплата", "estimated income", "est income", "предполагаемая зарплата",
        "предполагаемый доход",
        "заработная плата", "зп", "з п", "dohod", "zarplata", "dokhod", "месячный доход", "доход в месяц",
        "доход клиента", "monthly income", "annual income", "yearly income", "annual salary",
        "monthly salary",
        "годовой доход", "среднемесячный доход", "доходы", "заработок", "расчетный доход",
        "расчетная зарплата",
        "ожидаемая зарплата", "оценка дохода", "оценка зарплаты", "оклад", "client income", "customer income",
      ],
      ["wage", "wages", "earnings", "pay", "оценочный заработок"],
    ],
    .score: [
      [
        "credit score", "score", "скоринг", "кредитный рейтинг", "баллы", "скоринговый балл",
        "кредитный скоринг",
        "скорбалл", "скор балл", "кредитный балл", "баллы кредитного скоринга", "балл скоринга",
        "балл кредитного скоринга", "credit rating", "creditscore", "fico", "fico score", "scoring",
        "scoring score", "баллы скоринга", "skoring", "количество баллов", "скоринговые баллы", "пкр",
        "персональный кредитный рейтинг", "кредитные баллы",
      ],
      ["балл", "рейтинг", "rating", "скор", "risk score"],
    ],
    .card: [
      [
        "credit card", "has cr card", "has credit card", "cr card", "кредитная карта", "кредитка",
        "наличие кредитной карты", "есть кредитная карта", "наличие кредитки", "есть кредитка",
        "credit card flag", "has card", "is credit card", "наличие карты", "есть карта", "кред карта",
        "кредитной карты", "kreditnaya karta", "kreditka", "cc flag", "cc", "флаг кредитной карты",
        "признак кредитной карты", "has credit card flag", "hascrcard",
      ],
      ["card", "карта", "cards", "карты", "кредитные карты", "credit cards"],
    ],
    .activity: [
      [
        "is active member", "active member", "loyalty", "активность", "лояльность", "is active", "active",
        "активный клиент", "активен", "активный", "клиент активен", "признак активности", "флаг активности",
        "active client", "active customer", "is active client", "is active customer", "activity flag",
        "active flag", "activity", "loyal", "is loyal", "лоялен", "лояльный", "aktivnost", "loyalnost",
        "активность клиента", "лояльность клиента", "активный участник", "isactivemember", "active status",
      ],
      ["last activity", "последняя активность", "недавняя активность"],
    ],
  ]

  /// Names of a churn column that say the opposite: yes means that the client stayed.
  static let stayed: [String] = [
    "stayed", "is stayed", "has stayed", "stay", "retained", "is retained", "retention", "retention flag",
    "remained", "is remaining", "not churned", "not exited", "non churn", "остался", "осталась", "остались",
    "клиент остался", "остался в банке", "остался клиентом", "не ушел", "не покинул банк", "удержан",
    "удержание",
    "признак удержания", "действующий клиент", "ostalsya", "сохранен",
  ]

  /// Words that may stand beside an alias without changing what the column is.
  static let neutralWords: [String] = [
    "client", "clients", "customer", "customers", "user", "users", "member", "bank", "banking", "the", "of",
    "in",
    "at", "on", "a", "an", "by", "for", "per", "flag", "is", "has", "have", "if", "current", "value", "val",
    "num",
    "number", "no", "count", "cnt", "qty", "n", "amount", "amt", "sum", "total", "indicator", "ind", "yn",
    "data",
    "rub", "rubles", "usd", "eur", "years", "k", "thousand", "account", "acct", "full", "s",
    "клиент", "клиента", "клиентов", "клиентом", "клиенту", "у", "в", "на", "из", "по", "банк", "банка",
    "банке",
    "банковских", "банковские", "банку", "признак", "флаг", "факт", "наличие", "есть", "показатель",
    "значение",
    "количество", "число", "кол", "во", "колво", "сумма", "общий", "общая", "общее", "текущий", "текущая",
    "текущее", "руб", "рублей", "рубли", "тыс", "млн", "лет", "шт", "дату", "отчетную", "данные",
    "пользователя",
    "физлица", "фл", "счет", "счете", "счета", "счетах", "всего", "итого", "его", "используемых",
  ]
}
