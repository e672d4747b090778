/// Names of columns that never enter a figure.
enum IgnoredNames {
  /// Numbers of rows. A column with such a name is ignored if it holds whole numbers; with a name of the second
  /// list, only if they all differ.
  static let rowNumber: [[String]] = [
    [
      "row number", "row num", "row no", "row id", "row index", "row", "№", "№ п/п", "п/п", "пп", "n п/п",
      "n/n",
      "nn", "n pp", "номер строки", "порядковый номер", "номер по порядку", "nomer stroki", "номер записи",
      "unnamed", "unnamed 0", "serial number", "sr no",
    ],
    [
      "line", "line number", "record", "record number", "index", "idx", "n", "no", "num", "number", "номер",
      "строка", "индекс", "nomer", "column 1", "x1", "x", "seq", "serial", "s no",
    ],
  ]

  /// Persons, and where to find them.
  static let personal: [String] = [
    "surname", "last name", "lastname", "first name", "firstname", "name", "full name", "middle name",
    "client name", "customer name", "patronymic", "фамилия", "имя", "отчество", "фио", "ф и о", "фамилия имя",
    "фамилия имя отчество", "имя клиента", "фамилия клиента", "фио клиента", "familiya", "imya", "fio",
    "otchestvo", "phone", "telephone", "phone number", "mobile", "mobile phone", "cell", "cell phone",
    "contact",
    "телефон", "номер телефона", "мобильный", "мобильный телефон", "тел", "контактный телефон", "telefon",
    "email", "e mail", "mail", "почта", "эл почта", "электронная почта", "адрес электронной почты",
    "passport",
    "passport number", "паспорт", "номер паспорта", "серия паспорта", "серия и номер паспорта",
    "паспортные данные", "pasport", "инн", "inn", "снилс", "snils", "ssn", "tax id", "address", "street",
    "адрес", "улица", "адрес проживания", "адрес регистрации", "iban", "account number", "номер счета",
    "лицевой счет", "card number", "номер карты", "номер договора", "contract number", "pan",
  ]
}
