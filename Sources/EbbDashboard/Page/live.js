// What follows the filter: KPIs, churn by every attribute of the cells, two attributes crossed, sentences.

let pairAxes = null;

/** The whole base, for comparison. */
const base = () => cube.whole;

function kpi(id, title) {
  return make('div', { class: 'kpi', 'data-kpi': id }, make('dt', null, title),
    make('dd', null, make('span', { class: 'value' }), make('span', { class: 'beside' })));
}

function kpis() {
  const list = [kpi('clients', word('clients')), kpi('churn', word('churnRate'))];
  if (cube.balance) list.push(kpi('balance', word('balanceHeld')));
  if (cube.expected) list.push(kpi('expected', word('expectedLeavers')));
  if (cube.atRisk) list.push(kpi('atRisk', word('moneyAtRisk')));
  if (!cube.expected) list.push(kpi('churned', word('leftCount')));
  return make('dl', { class: 'kpis', 'aria-live': 'polite' }, list);
}

function setKPI(id, value, beside) {
  for (const element of document.querySelectorAll('[data-kpi="' + id + '"]')) {
    setText(element.querySelector('.value'), value);
    setText(element.querySelector('.beside'), beside);
  }
}

function updateKPIs(all) {
  const whole = base();
  const isWhole = chosen.size === 0;
  const sums = isWhole ? whole : all;
  const rate = sums.n > 0 ? sums.churned / sums.n : null;
  const [low, high] = wilson(sums.churned, sums.n);
  const ofBase = (share) => isWhole ? word('wholeBase') : percent(share) + ' ' + word('ofBase');
  setKPI('clients', integer(sums.n), ofBase(sums.n / whole.n));
  setKPI('churn', percent(rate), interval(low, high, 'share') + (isWhole || rate === null ? '' : ', ' + word('times', { number: fixed(rate / (whole.churned / whole.n), 2) })));
  setKPI('churned', integer(sums.churned), ofBase(sums.churned / whole.churned));
  if (cube.balance) setKPI('balance', money(sums.balance), ofBase(sums.balance / whole.balance));
  if (cube.expected) setKPI('expected', integer(sums.expected), percent(sums.n > 0 ? sums.expected / sums.n : null) + ' ' + word('ofClients'));
  if (cube.atRisk) setKPI('atRisk', money(sums.atRisk), ofBase(sums.atRisk / whole.atRisk));
}

/** A row of a bar chart for each value of an axis that has clients. */
function barRows(axis, counts) {
  const set = chosen.get(axis);
  const rows = [];
  for (let value = 0; value < cube.sizes[axis]; value++) {
    const n = counts.n[value];
    if (cube.present[axis][value] === 0) continue;
    const label = texts.axes[axis].values[value];
    const rate = n > 0 ? counts.churned[value] / n : null;
    const [low, high] = wilson(counts.churned[value], n);
    const isChosen = Boolean(set && set.has(value));
    rows.push({
      label, y: rate, low, high, n, churned: counts.churned[value], key: value, axis, chosen: isChosen,
      dimmed: Boolean(set) && !isChosen, value: percent(rate),
      text: label + ': ' + (rate === null ? '' : percent(rate) + ' ' + interval(low, high, 'share') + separator()) + counted(n, 'clients'),
    });
  }
  const judged = rows.filter((row) => row.n >= 30 && row.y !== null && cube.axes[axis].values[row.key] !== 'pooled');
  const highest = judged.reduce((best, row) => (best === null || row.y > best.y ? row : best), null);
  const average = aggregated.all.n > 0 ? aggregated.all.churned / aggregated.all.n : null;
  const standsOut = highest !== null && judged.length > 1 && average !== null && highest.low > average;
  if (standsOut) highest.highlighted = true;
  return { rows, judged, highest: standsOut ? highest : null, average };
}

function barTitle(axis, { judged, highest, average }) {
  const attribute = texts.axes[axis].name;
  if (judged.length === 0) return word('tooFewIn', { attribute });
  if (highest) return word('highestAt', { attribute, level: highest.label, rate: percent(highest.y), average: percent(average) });
  const rates = judged.map((row) => row.y);
  return word('hardlyDiffers', { attribute, low: percent(Math.min(...rates)), high: percent(Math.max(...rates)) });
}

let aggregated = null;

function updateLive() {
  if (!cube) return;
  const started = performance.now();
  aggregated = aggregate(pairAxes);
  const counting = performance.now() - started;
  updateKPIs(aggregated.all);
  updateBand();
  updateSentences();
  const note = (n) => word('intervalNote', { clients: counted(n, 'clients') });
  for (let axis = 0; axis < cube.axes.length; axis++) {
    const id = 'live.' + cube.axes[axis].id;
    if (!views.has(id)) continue;
    const bars = barRows(axis, aggregated.byAxis[axis]);
    views.get(id).specification.spec.height = bars.rows.length * 28;
    updateChart(id, bars.rows, barTitle(axis, bars), note(bars.rows.reduce((sum, row) => sum + row.n, 0)));
  }
  updatePair();
  page.timing = { counting, all: performance.now() - started };
  document.documentElement.dataset.filterMilliseconds = page.timing.all.toFixed(1);
}

// Sentences

function updateSentences() {
  const list = document.getElementById('live-sentences');
  if (!list) return;
  const whole = base();
  const { all, byAxis } = chosen.size === 0 ? { all: whole, byAxis: aggregated.byAxis } : aggregated;
  const sentences = [];
  const rate = all.n > 0 ? all.churned / all.n : null;
  const [low, high] = wilson(all.churned, all.n);
  if (rate === null) sentences.push(word('nobody'));
  else {
    sentences.push(word('sentenceChurn', {
      rate: percent(rate), churned: integer(all.churned), clients: counted(all.n, 'ofClients'), interval: interval(low, high, 'share'),
    }));
    let excess = null;
    let best = null;
    for (let axis = 0; axis < cube.axes.length; axis++) {
      if (chosen.has(axis)) continue;
      for (let value = 0; value < cube.sizes[axis]; value++) {
        const n = byAxis[axis].n[value];
        if (n < 30 || cube.axes[axis].values[value] === 'pooled') continue;
        const level = byAxis[axis].churned[value] / n;
        const more = byAxis[axis].churned[value] - n * rate;
        if (excess === null || more > excess.more) excess = { axis, value, level, more, n };
        if (best === null || wilson(byAxis[axis].churned[value], n)[1] < best.end) best = { axis, value, level, n, end: wilson(byAxis[axis].churned[value], n)[1] };
      }
    }
    const said = (found) => ({
      attribute: texts.axes[found.axis].name, level: texts.axes[found.axis].values[found.value], rate: percent(found.level),
      clients: counted(found.n, 'ofClients'), more: integer(found.more),
    });
    if (excess && excess.more >= 1) sentences.push(word('sentenceExcess', said(excess)));
    if (best && best.level < rate) sentences.push(word('sentenceBest', said(best)));
  }
  fill(list, sentences.map((sentence) => make('li', null, sentence)));
}

// Filter band

function updateBand() {
  const words = document.getElementById('filter-words');
  if (!words) return;
  const whole = base();
  const sums = chosen.size === 0 ? whole : aggregated.all;
  setText(words, filterInWords());
  setText(document.getElementById('filter-count'), counted(sums.n, 'clients') + ', ' + percent(sums.n / whole.n) + ' ' + word('ofBase'));
  const chips = document.getElementById('chips');
  fill(chips, [...chosen].sort((a, b) => a[0] - b[0]).map(([axis, values]) => make('li', null, make('button', {
    type: 'button', class: 'chip', onclick: () => { chosen.delete(axis); filterChanged(); focusBand(axis); },
    'aria-label': word('clearOne') + ': ' + texts.axes[axis].title,
  }, texts.axes[axis].title + ': ' + [...values].map((value) => texts.axes[axis].values[value]).join(', '), make('span', { 'aria-hidden': 'true' }, ' ×')))));
  document.getElementById('clear-all').disabled = chosen.size === 0;
  for (const box of document.querySelectorAll('#filters input[type=checkbox]')) {
    const set = chosen.get(Number(box.dataset.axis));
    box.checked = Boolean(set && set.has(Number(box.value)));
  }
  for (const summary of document.querySelectorAll('#filters summary')) {
    const set = chosen.get(Number(summary.dataset.axis));
    setText(summary.querySelector('.count'), set ? String(set.size) : '');
    summary.classList.toggle('active', Boolean(set));
  }
}

const focusBand = (axis) => document.querySelector('#filters summary[data-axis="' + axis + '"]')?.focus();

function band() {
  const filters = cube.axes.map((axis, index) => make('details', { class: 'filter' },
    make('summary', { 'data-axis': index }, texts.axes[index].title, ' ', make('span', { class: 'count' })),
    make('fieldset', null, make('legend', { class: 'hidden' }, texts.axes[index].title),
      texts.axes[index].values.map((name, value) => make('label', null, make('input', {
        type: 'checkbox', value, 'data-axis': index,
        onchange: () => { toggle(index, value); filterChanged(); },
      }), ' ', name)))));
  for (const filter of filters) {
    filter.addEventListener('toggle', () => {
      if (filter.open) for (const other of filters) if (other !== filter) other.open = false;
    });
    filter.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { filter.open = false; filter.querySelector('summary').focus(); }
    });
  }
  return make('section', { id: 'band', 'aria-label': word('filter') },
    make('div', { id: 'filters' }, filters),
    make('p', { id: 'filter-line', 'aria-live': 'polite' }, make('strong', { id: 'filter-count' }), ' ', make('span', { id: 'filter-words' })),
    make('div', { class: 'chosen' }, make('ul', { id: 'chips', 'aria-label': word('chosen') }), make('button', {
      type: 'button', id: 'clear-all', onclick: () => { chosen.clear(); filterChanged(); document.querySelector('#filters summary')?.focus(); },
    }, word('clearAll'))));
}

document.addEventListener('click', (event) => {
  for (const filter of document.querySelectorAll('#filters details[open]')) if (!filter.contains(event.target)) filter.open = false;
});

// Two attributes crossed

function updatePair() {
  const entry = views.get('live.pair');
  if (!entry || !pairAxes) return;
  const [first, second] = pairAxes;
  const { n, churned } = aggregated.pair;
  const width = cube.sizes[second];
  const rates = [];
  for (let place = 0; place < n.length; place++) if (n[place] >= 30) rates.push(churned[place] / n[place]);
  const most = Math.max(0.0001, ...rates);
  const rows = [];
  let highest = null;
  for (let row = 0; row < cube.sizes[first]; row++) {
    if (cube.present[first][row] === 0) continue;
    for (let column = 0; column < width; column++) {
      if (cube.present[second][column] === 0) continue;
      const place = row * width + column;
      const count = n[place];
      const rate = count >= 30 ? churned[place] / count : null;
      const [low, high] = wilson(churned[place], count);
      const series = texts.axes[first].values[row];
      const label = texts.axes[second].values[column];
      const isChosen = (!chosen.has(first) || chosen.get(first).has(row)) && (!chosen.has(second) || chosen.get(second).has(column));
      const cell = {
        series, label, y: rate, n: count, churned: churned[place], value: rate === null ? '' : percent(rate, 0), strong: rate !== null && rate / most >= 5 / 7,
        keys: [row, column], chosen: isChosen && (chosen.has(first) || chosen.has(second)), dimmed: !isChosen, low: rate === null ? null : low, high: rate === null ? null : high,
        text: series + ', ' + label + ': ' + (rate === null ? word('fewerThan30') : percent(rate) + ' ' + interval(low, high, 'share')) + separator() + counted(count, 'clients'),
      };
      rows.push(cell);
      if (rate !== null && (highest === null || rate > highest.y)) highest = cell;
    }
  }
  const names = { first: texts.axes[first].name, second: texts.axes[second].name };
  const title = highest ? word('pairTitle', { ...names, row: highest.series, column: highest.label, rate: percent(highest.y), clients: counted(highest.n, 'clients') })
    : word('tooFewIn', { attribute: names.first });
  updateChart('live.pair', rows, title, word('pairNote'));
}
