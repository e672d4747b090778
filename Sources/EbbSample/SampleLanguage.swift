/// How the table is headed and its words are spelled. The clients are the same in both.
public enum SampleLanguage: String, CaseIterable, Sendable {
  /// An empty field where there is no balance.
  case russian
  /// Row numbers and surnames besides, and 0 where there is no balance.
  case english

  /// One line, without its end.
  var heading: String {
    switch self {
    case .russian:
      "userid,score,City,Gender,Age,Objects,Balance,Products,CreditCard,Loyalty,estimated_salary,Churn"
    case .english:
      "RowNumber,CustomerId,Surname,CreditScore,Geography,Gender,Age,Tenure,Balance,NumOfProducts,HasCrCard,"
        + "IsActiveMember,EstimatedSalary,Exited"
    }
  }

  /// In the order of `SampleParameters.City`.
  var cities: [String] {
    switch self {
    case .russian: ["Ярославль", "Рыбинск", "Ростов Великий"]
    case .english: ["France", "Spain", "Germany"]
    }
  }

  var woman: String { self == .russian ? "Ж" : "Female" }
  var man: String { self == .russian ? "М" : "Male" }

  /// One of these for every client, all equally likely; none where the table has no such column.
  var surnames: [String] {
    guard self == .english else { return [] }
    return [
      "Abbott", "Barnes", "Bell", "Bianchi", "Brown", "Castro", "Chen", "Clarke", "Costa", "Dubois", "Evans",
      "Fisher", "Fontaine", "Garcia", "Gibson", "Hall", "Harper", "Hayes", "Ivanova", "Jackson", "Kelly",
      "Klein", "Lambert", "Lopez", "Marino", "Martin", "Meyer", "Moore", "Morel", "Nash", "Novak", "Olsen",
      "Palmer", "Perez", "Quinn", "Ricci", "Rossi", "Ruiz", "Schmidt", "Silva", "Stone", "Taylor", "Turner",
      "Vega", "Wagner", "Walsh", "Weber", "Young",
    ]
  }
}
