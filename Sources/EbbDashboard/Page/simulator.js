// One client: the scorecard's points added up in the page.

let clientView = null;

function simulator(card) {
  const bands = card.characteristics.map(() => 0);
  card.characteristics.forEach((characteristic, index) => {
    // Begin with the band of most clients.
    let most = -1;
    characteristic.bins.forEach((bin, place) => { if ((bin.n ?? 0) > most) { most = bin.n ?? 0; bands[index] = place; } });
  });
  const start = bands.slice();
  const words = texts.card;
  const points = make('strong', { id: 'sim-points' });
  const risk = make('strong', { id: 'sim-risk' });
  const against = make('span', { id: 'sim-against' });
  const meter = make('div', { class: 'meter-fill' });
  const parts = make('tbody');
  const selects = card.characteristics.map((characteristic, index) => {
    const select = make('select', { id: 'sim-' + index, onchange: () => { bands[index] = Number(select.value); update(); state.client = bands.join() === start.join() ? null : bands.slice(); remember(false); } },
      characteristic.bins.map((bin, place) => make('option', { value: place, selected: place === bands[index] }, words.characteristics[index].bins[place])));
    return make('label', { for: 'sim-' + index }, make('span', null, words.characteristics[index].title), select);
  });

  /** A client as an address has one; what it says wrongly is passed over. */
  function set(client) {
    bands.forEach((_, index) => {
      const band = client?.[index];
      bands[index] = band < card.characteristics[index].bins.length ? band : start[index];
      selects[index].querySelector('select').value = bands[index];
    });
    update();
  }

  function update() {
    const rows = [[word('basePoints'), '', card.basePoints]];
    let sum = card.basePoints;
    card.characteristics.forEach((characteristic, index) => {
      const bin = characteristic.bins[bands[index]];
      sum += bin.points;
      rows.push([words.characteristics[index].title, words.characteristics[index].bins[bands[index]], bin.points]);
    });
    card.pairs.forEach((pair) => {
      const value = pair.points[bands[pair.first]][bands[pair.second]];
      sum += value;
      rows.push([words.characteristics[pair.first].title + ' × ' + words.characteristics[pair.second].title,
        words.characteristics[pair.first].bins[bands[pair.first]] + ', ' + words.characteristics[pair.second].bins[bands[pair.second]], value]);
    });
    const probability = probabilityOf(card, sum);
    setText(points, integer(sum));
    setText(risk, percent(probability));
    setText(against, card.overall ? word('times', { number: fixed(probability / card.overall, 2) }) : '');
    meter.style.width = Math.max(0.5, probability * 100) + '%';
    fill(parts, rows.map(([name, value, number], index) => make('tr', null, make('th', { scope: 'row' }, name), make('td', null, value),
      make('td', { class: 'number' }, index === 0 ? integer(number) : signed(number, 0)))),
      make('tr', { class: 'total' }, make('th', { scope: 'row' }, word('sum')), make('td'), make('td', { class: 'number' }, integer(sum))));
  }

  const box = make('section', { class: 'simulator', 'aria-labelledby': 'sim-title' }, make('h3', { id: 'sim-title' }, word('oneClient')),
    make('p', { class: 'note' }, word('oneClientNote')),
    make('div', { class: 'simulator-body' },
      make('div', { class: 'selects' }, selects),
      make('div', { class: 'outcome' },
        make('p', { 'aria-live': 'polite', class: 'risk' }, word('chanceOfLeaving') + ' ', risk, ' ', against, ' ', make('span', { class: 'points' }, word('points') + ': ', points)),
        make('div', { class: 'meter', 'aria-hidden': 'true' }, meter),
        make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': word('pointsTable') }, make('table', null, make('caption', { class: 'hidden' }, word('pointsTable')),
          make('thead', null, make('tr', null, make('th', { scope: 'col' }, word('attribute')), make('th', { scope: 'col' }, word('value')), make('th', { scope: 'col', class: 'number' }, word('points')))), parts)))));
  clientView = { set };
  set(state.client);
  return box;
}

/** Odds of staying double every `pointsToDouble` points; `baseOdds` at `baseScore`. */
function probabilityOf(card, points) {
  const odds = card.scale.baseOdds * Math.pow(2, (points - card.scale.baseScore) / card.scale.pointsToDouble);
  return 1 / (1 + odds);
}
