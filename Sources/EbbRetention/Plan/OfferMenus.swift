/// Clients sorted by what may be offered to them, and among those who have the same choice by what is at stake.
///
/// An offer's cost is the same for everybody and its gain is (value at stake) × effect − cost. So within a menu everything
/// about a client is one number, the best choice is found by thresholds on it, and sums over clients are differences of
/// prefix sums. The order follows from the clients, not from their rows.
struct OfferMenus: Sendable {
  struct Menu: Sendable {
    /// Indices of offers by effect, the weakest first; of equal effect the dearest first.
    let offers: [Int]
    /// Places of its clients.
    let places: Range<Int>
  }

  let offers: [PlanOffer]
  let menus: [Menu]
  /// Value at stake by place: within a menu the largest first.
  let stake: [Double]
  /// Row of the client at each place.
  let rows: [UInt32]
  /// Sums of `stake` before a place, each menu's own: entry place + index of the menu.
  private let prefix: [Double]
  /// The same of the probability of leaving.
  private let chances: [Double]

  /// - Parameter stakes: value at stake by row.
  /// - Note: Offers that cannot be made (a channel with no capacity, a cost above the budget) and those another offer of the
  ///   menu is never worse than are left out, and so are clients whom no offer gains by.
  init(clients: PlanClients, stakes: [Double], offers: [PlanOffer], limits: PlanLimits) {
    self.offers = offers
    let open = offers.indices.filter { index in
      let offer = offers[index]
      if offer.effect <= 0 || limits.contacts == 0 || limits.capacity(offer.channel) == 0 { return false }
      return limits.budget.map { offer.cost <= $0 * (1 + 1e-12) + 1e-9 } ?? true
    }
    var recommendationBits: UInt64 = 0
    var channelBits: UInt64 = 0
    for index in open {
      recommendationBits |= 1 << UInt64(offers[index].recommendation)
      channelBits |= 1 << UInt64(offers[index].channel)
    }
    struct Key: Hashable {
      let audiences: UInt64
      let channels: UInt64
    }
    struct Entry {
      let stake: Double
      let row: UInt32
      var menu: UInt32
    }
    var menuOfKey: [Key: Int] = [:]
    var menuOfOffers: [[Int]: Int] = [:]
    var lists: [[Int]] = []
    var thresholds: [Double] = []
    var entries: [Entry] = []
    var lastKey = Key(audiences: 0, channels: 0)
    var lastMenu = -1
    for row in stakes.indices where stakes[row] > 0 && clients.mayBeContacted(row) {
      let key = Key(
        audiences: clients.audiences[row] & recommendationBits,
        channels: channelBits & (clients.channelsAllowed?[row] ?? .max))
      if key.audiences == 0 || key.channels == 0 { continue }
      let menu: Int
      if key == lastKey, lastMenu >= 0 {
        menu = lastMenu
      } else if let known = menuOfKey[key] {
        menu = known
      } else {
        let list = Self.useful(
          open.filter {
            key.audiences >> UInt64(offers[$0].recommendation) & 1 == 1
              && key.channels >> UInt64(offers[$0].channel) & 1 == 1
          }, offers: offers, limits: limits)
        if let known = menuOfOffers[list] {
          menu = known
        } else {
          menu = lists.count
          menuOfOffers[list] = menu
          lists.append(list)
          thresholds.append(list.map { offers[$0].cost / offers[$0].effect }.min() ?? .infinity)
        }
        menuOfKey[key] = menu
      }
      lastKey = key
      lastMenu = menu
      if stakes[row] > thresholds[menu] {
        entries.append(Entry(stake: stakes[row], row: UInt32(row), menu: UInt32(menu)))
      }
    }
    let order = lists.indices.sorted { lists[$0].lexicographicallyPrecedes(lists[$1]) }
    var rank = [UInt32](repeating: 0, count: lists.count)
    for (place, menu) in order.enumerated() { rank[menu] = UInt32(place) }
    for index in entries.indices { entries[index].menu = rank[Int(entries[index].menu)] }
    let identity = clients.identity
    entries.sort {
      if $0.menu != $1.menu { return $0.menu < $1.menu }
      if $0.stake != $1.stake { return $0.stake > $1.stake }
      let (first, second) = (identity[Int($0.row)], identity[Int($1.row)])
      return first != second ? first < second : $0.row < $1.row
    }
    stake = entries.map(\.stake)
    rows = entries.map(\.row)
    var menus: [Menu] = []
    var prefix: [Double] = []
    var chances: [Double] = []
    prefix.reserveCapacity(entries.count + lists.count)
    chances.reserveCapacity(entries.count + lists.count)
    var start = 0
    for (place, menu) in order.enumerated() {
      var end = start
      var sum = 0.0
      var lost = 0.0
      var leavers = 0.0
      prefix.append(0)
      chances.append(0)
      while end < entries.count, entries[end].menu == UInt32(place) {
        // Neumaier's sum: differences of these decide between plans.
        let next = sum + entries[end].stake
        lost +=
          sum >= entries[end].stake ? (sum - next) + entries[end].stake : (entries[end].stake - next) + sum
        sum = next
        prefix.append(sum + lost)
        leavers += clients.chance(Int(entries[end].row))
        chances.append(leavers)
        end += 1
      }
      menus.append(Menu(offers: lists[menu], places: start..<end))
      start = end
    }
    self.menus = menus
    self.prefix = prefix
    self.chances = chances
  }

  var count: Int { rows.count }

  /// Sum of what is at stake for a menu's clients at these places.
  func sum(_ menu: Int, _ places: Range<Int>) -> Double {
    prefix[places.upperBound + menu] - prefix[places.lowerBound + menu]
  }

  /// Leavers expected among a menu's clients at these places.
  func leavers(_ menu: Int, _ places: Range<Int>) -> Double {
    chances[places.upperBound + menu] - chances[places.lowerBound + menu]
  }

  /// The first place in the range whose stake is not above the threshold.
  func end(above threshold: Double, in places: Range<Int>) -> Int {
    var (low, high) = (places.lowerBound, places.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if stake[middle] > threshold { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Offers that no other one replaces at no loss: not weaker, not dearer, and in the same channel or one without limit.
  private static func useful(_ list: [Int], offers: [PlanOffer], limits: PlanLimits) -> [Int] {
    func replaces(_ better: Int, _ worse: Int) -> Bool {
      let (first, second) = (offers[better], offers[worse])
      guard first.effect >= second.effect, first.cost <= second.cost else { return false }
      let isFree = limits.capacity(first.channel) == nil
      guard first.channel == second.channel || isFree else { return false }
      if first.effect > second.effect || first.cost < second.cost { return true }
      // Alike: the one without a limit, then the first.
      let otherIsFree = limits.capacity(second.channel) == nil
      return isFree == otherIsFree || first.channel == second.channel ? better < worse : isFree
    }
    return list.filter { worse in !list.contains { $0 != worse && replaces($0, worse) } }.sorted {
      let (first, second) = (offers[$0], offers[$1])
      if first.effect != second.effect { return first.effect < second.effect }
      return first.cost != second.cost ? first.cost > second.cost : $0 < $1
    }
  }
}
