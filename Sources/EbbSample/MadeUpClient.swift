/// One client who never was.
struct MadeUpClient: Equatable, Sendable {
  let id: Int
  let score: Int
  let city: SampleParameters.City
  let isWoman: Bool
  let age: Int
  let objects: Int
  /// Kopecks.
  let balance: Int?
  let products: Int
  let hasCard: Bool
  let isActive: Bool
  /// Kopecks.
  let salary: Int
  let hasLeft: Bool
  /// A random word to pick the surname by.
  let surname: UInt64
}
