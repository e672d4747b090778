import EbbClients

extension Catalogue {
  /// The catalogue with other money: `cost.call` (of a contact), `strength.call`, `capacity.call` (contacts a day) by a
  /// channel's id, `effect.mature` and `offerCost.mature` by a recommendation's. Names without a dot are passed over: they
  /// are fields of `MoneyAssumptions`.
  public func overridden(by values: [String: Double]) throws(MoneyAssumptionError) -> Catalogue {
    var channels = channels
    var entries = recommendations
    for (written, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let dot = written.firstIndex(of: ".") else { continue }
      let name = String(written[..<dot])
      let id = String(written[written.index(after: dot)...])
      guard let known = MoneyAssumptionName.ofCatalogue.first(where: { $0.name == name }) else {
        throw MoneyAssumptionName.unknown(name)
      }
      let isOfChannel = name == "cost" || name == "strength" || name == "capacity"
      let ids = isOfChannel ? channels.map(\.id) : entries.map(\.id)
      guard let place = ids.firstIndex(of: id) else {
        throw .unknownSubject(
          name: written, id: id, suggestion: NearestName.find(id, among: ids), known: ids)
      }
      try known.check(value, as: written)
      if isOfChannel {
        let channel = channels[place]
        channels[place] = Channel(
          id: channel.id, name: channel.name, cost: name == "cost" ? value : channel.cost,
          strength: name == "strength" ? value : channel.strength,
          capacityPerDay: name == "capacity" ? Int(value) : channel.capacityPerDay)
      } else {
        let entry = entries[place]
        entries[place] = Entry(
          id: entry.id, title: entry.title, audience: entry.audience, when: entry.when, why: entry.why,
          action: entry.action, offers: entry.offers, measure: entry.measure, caution: entry.caution,
          channels: entry.channels, offerCost: name == "offerCost" ? value : entry.offerCost,
          effect: name == "effect" ? value : entry.effect, grade: entry.grade,
          isInvestigation: entry.isInvestigation, line: entry.line)
      }
    }
    return Catalogue(channels: channels, recommendations: entries)
  }
}
