import EbbWarehouse

enum WarehouseErrorWords {
  static func explain(_ error: WarehouseError, _ language: Language) -> Explanation {
    func q(_ text: String) -> String { TableErrorWords.quoted(text, language) }
    func say(_ english: String, _ russian: String) -> String { Phrase(en: english, ru: russian)[language] }
    func server(_ text: String) -> [String] {
      text.isEmpty
        ? [] : [say("the server says: ", "сервер отвечает: ") + String(TextTable.visible(text).prefix(500))]
    }
    func spark(_ text: String) -> [String] {
      text.isEmpty ? [] : [say("it says: ", "он сообщает: ") + String(TextTable.visible(text).prefix(500))]
    }
    let number = NumberFormat(language)
    switch error {
    case .badAddress(let said):
      return Explanation(
        message: say("this is no address of a database", "это не адрес базы данных"), details: server(said),
        remedy: say(
          "Write it as psql takes it: postgresql://user@host:5432/database.",
          "Адрес пишется, как для psql: postgresql://пользователь@сервер:5432/база."))
    case .cannotConnect(let source, let said):
      return Explanation(
        message: say("cannot connect to \(source)", "не удалось соединиться с \(source)"),
        details: server(said),
        remedy: say(
          "Check the address, and that psql connects to it from here.",
          "Проверьте адрес и соединяется ли с ним psql с этой машины."))
    case .password(let source, let given, let said):
      return Explanation(
        message: given
          ? say("\(source) does not accept the password", "\(source) не принимает пароль")
          : say("\(source) asks for a password", "\(source) спрашивает пароль"),
        details: server(said),
        remedy: say(
          "Give it by the variable PGPASSWORD or the file ~/.pgpass.",
          "Пароль задаётся переменной PGPASSWORD или файлом ~/.pgpass."))
    case .noTable(let name):
      return Explanation(
        message: say("there is no table \(q(name)) in the database", "в базе нет таблицы \(q(name))"),
        remedy: say(
          "Write schema.name; capital letters count.", "Пишите схема.имя; заглавные буквы различаются."))
    case .emptyTable(let name):
      return Explanation(
        message: say("no row of \(q(name)) to study", "в \(q(name)) нет ни одной подходящей строки"))
    case .tableExists(let name):
      return Explanation(
        message: say("\(q(name)) is there already", "\(q(name)) уже есть"),
        remedy: say(
          "Scores go into a new table: name another one, or drop it.",
          "Прогноз пишется в новую таблицу: назовите другую или удалите эту."))
    case .noRights(let table, let said):
      return Explanation(
        message: say(
          "this user may not read \(q(table))", "этому пользователю нельзя читать \(q(table))"),
        details: server(said),
        remedy: say(
          "Ask for GRANT SELECT on the table and USAGE on its schema.",
          "Попросите права GRANT SELECT на таблицу и USAGE на её схему."))
    case .badCondition(let condition, let said):
      return Explanation(
        message: say("the condition \(q(condition)) does not work", "условие \(q(condition)) не годится"),
        details: server(said),
        remedy: say("Write SQL as after WHERE.", "Пишите на SQL, как после WHERE."))
    case .timeout(let seconds):
      return Explanation(
        message: seconds > 0
          ? say(
            "a statement took longer than \(number.integer(seconds)) s",
            "запрос выполнялся дольше \(number.integer(seconds)) с")
          : say(
            "the server stopped a statement that took too long", "сервер остановил слишком долгий запрос"),
        remedy: say(
          "Allow more by --statement-timeout, or study fewer rows by --where.",
          "Разрешите больше времени: --statement-timeout, или возьмите меньше строк: --where."))
    case .lostConnection(let said):
      return Explanation(
        message: say("the connection to the database was lost", "соединение с базой оборвалось"),
        details: server(said),
        remedy: say(
          "Nothing was left behind: run the study again.",
          "Ничего лишнего не осталось: запустите исследование ещё раз."))
    case .noSpark(let home):
      return Explanation(
        message: home.map {
          say("there is no Spark in SPARK_HOME (\(q($0)))", "в SPARK_HOME (\(q($0))) нет Spark")
        } ?? say("there is no Spark on this machine", "на этой машине нет Spark"),
        remedy: say(
          "Set SPARK_HOME to the cluster's Spark, or put its spark-submit on the PATH. All but the study of Spark tables works without it.",
          "Укажите в SPARK_HOME каталог Spark или добавьте его spark-submit в PATH. Всё, кроме таблиц Spark, работает и без него."
        ))
    case .sparkFailed(let said):
      return Explanation(
        message: say("Spark did not start", "Spark не запустился"), details: spark(said),
        remedy: say(
          "Check --master and --conf, and that spark-submit starts an application from here (Java, Python).",
          "Проверьте --master и --conf и запускает ли spark-submit приложения с этой машины (Java, Python)."))
    case .noPath(let path):
      return Explanation(
        message: say("there is nothing at \(q(path))", "по пути \(q(path)) ничего нет"),
        remedy: say(
          "Write the path as Spark reads it: /data/clients.parquet, hdfs://…, s3a://….",
          "Пишите путь так, как его читает Spark: /data/clients.parquet, hdfs://…, s3a://…."))
    case .unknownFormat(let path):
      return Explanation(
        message: say(
          "the format of the files at \(q(path)) is not known", "формат файлов по пути \(q(path)) неизвестен"),
        remedy: say(
          "Name it: --table 'parquet./data/clients' (parquet, orc, csv, json, avro, delta, iceberg, hudi).",
          "Назовите его: --table 'parquet./data/clients' (parquet, orc, csv, json, avro, delta, iceberg, hudi)."
        ))
    case .unreadableFile(let said):
      return Explanation(
        message: say("the head of the file cannot be read", "начало файла не читается"), details: spark(said))
    case .changed:
      return Explanation(
        message: say("the table changed while it was being read", "таблица изменилась, пока её читали"),
        remedy: say(
          "Its answers are not of one moment, so there is no study: run it again when nothing is being written.",
          "Ответы относятся к разным моментам, поэтому исследования нет: запустите снова, когда в таблицу не пишут."
        ))
    case .unsupported(.linesBeforeHeading):
      return Explanation(
        message: say("there are lines before the heading", "перед заголовками есть лишние строки"),
        remedy: say(
          "Spark reads headings from the first line: remove what stands before it.",
          "Spark берёт заголовки из первой строки: уберите то, что стоит перед ними."))
    case .cancelled: return Explanation(message: say("stopped", "остановлено"))
    case .refused(let said, let state):
      return Explanation(
        message: say(
          "the database refused a statement (\(state))", "база не выполнила запрос (\(state))"),
        details: server(said))
    case .tooManyRows(let table, let rows, let limit, let chapters):
      let names = chapters.joined(separator: ", ")
      return Explanation(
        message: say(
          "\(q(table)) has \(number.integer(rows)) rows, of which \(number.integer(limit)) are read: too few for the chapter \(names)",
          "в \(q(table)) строк: \(number.integer(rows)), а читается \(number.integer(limit)): для главы \(names) мало"
        ),
        remedy: say(
          "Leave it out: --chapters quality,profile,churn,segments,portraits,hypotheses,riskGroups,forecast; or read all rows: --training-clients all.",
          "Обойдитесь без неё: --chapters quality,profile,churn,segments,portraits,hypotheses,riskGroups,forecast; или прочтите все строки: --training-clients all."
        ))
    case .unreadableColumn(let column, let reason):
      let detail =
        switch reason {
        case .spellings:
          say(
            "it holds too many different texts to be told to the database one by one",
            "в нём слишком много разных текстов, чтобы перечислить их базе")
        case .numbers:
          say(
            "its numbers mean something else to the database than to the reader",
            "его числа база понимает не так, как при чтении файла")
        }
      return Explanation(
        message: say(
          "column \(q(column)) cannot be worked out in the database",
          "столбец \(q(column)) нельзя посчитать в базе"), details: [detail],
        remedy: say(
          "Give it a numeric type in a view, or leave it out: --map ignored=…",
          "Задайте ему числовой тип в представлении или уберите: --map ignored=…"))
    case .disagreement(let column):
      return Explanation(
        message: column == "*"
          ? say(
            "the database counts other clients than its rows make",
            "база насчитала не тех клиентов, что получаются из её строк")
          : say(
            "the database says something else of column \(q(column)) than its rows do",
            "о столбце \(q(column)) база говорит не то, что его строки"),
        remedy: say(
          "Rather no study than a wrong one: export the table and study the file.",
          "Лучше никакого исследования, чем неверное: выгрузите таблицу и исследуйте файл."))
    case .unsupported(.duplicatesOfSample):
      return Explanation(
        message: say(
          "rows that stand twice are only looked for where all rows are read",
          "повторы ищутся, только если читаются все строки"),
        remedy: say("Read them all: --training-clients all.", "Прочтите все: --training-clients all."))
    case .unsupported(.orderOfRows):
      return Explanation(
        message: say(
          "rows in a database have no order: neither the first nor the last of several can be kept",
          "у строк в базе нет порядка: оставить первую или последнюю из нескольких нельзя"),
        remedy: say(
          "Choose rows by --where, or keep them all.", "Выберите строки условием --where или оставьте все."))
    }
  }
}
