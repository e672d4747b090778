// What follows the filter: KPIs, churn by every attribute of the cells, two attributes crossed, sentences.

/** The whole base, for comparison. */
const base = () => cube.whole;

/** Key figures of the rooms that follow the filter. */
const kpiParts = [];

function kpi(id, title) {
  const part = { id, value: make('span', { class: 'value' }), beside: make('span', { class: 'beside' }) };
  kpiParts.push(part);
  return make('div', { class: 'kpi', 'data-kpi': id }, make('dt', null, title), make('dd', null, part.value, part.beside));
}

function kpis() {
  const list = [kpi('clients', word('clients')), kpi('churn', word('churnRate'))];
  if (cube.balance) list.push(kpi('balance', word('balanceHeld')));
  if (cube.expected) list.push(kpi('expected', word('expectedLeavers')));
  if (cube.atRisk) list.push(kpi('atRisk', word('moneyAtRisk')));
  if (!cube.expected) list.push(kpi('churned', word('leftCount')));
  return make('dl', { class: 'kpis' }, list);
}

function setKPI(id, value, beside) {
  for (const part of kpiParts) {
    if (part.id !== id) continue;
    setText(part.value, value);
    setText(part.beside, beside);
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
      dimmed: Boolean(set) && !isChosen, value: percent(rate), isAbsent: n === 0 && chosen.size === 0,
      text: label + ': ' + (rate === null ? '' : percent(rate) + ' ' + interval(low, high, 'share') + separator()) + counted(n, 'clients'),
    });
  }
  const judged = rows.filter((row) => row.n >= 30 && row.y !== null && cube.axes[axis].values[row.key] !== 'pooled');
  const highest = judged.reduce((best, row) => (best === null || row.y > best.y ? row : best), null);
  // Of all that the chart shows, its own filter set aside.
  const clients = rows.reduce((sum, row) => sum + row.n, 0);
  const average = clients > 0 ? rows.reduce((sum, row) => sum + row.churned, 0) / clients : null;
  const standsOut = highest !== null && judged.length > 1 && average !== null && highest.low > average;
  if (standsOut) highest.highlighted = true;
  return { rows, judged, clients, highest: standsOut ? highest : null, average };
}

function barTitle(axis, { judged, highest, average }) {
  const attribute = texts.axes[axis].name;
  if (judged.length < 2 && !highest) return word('tooFewIn', { attribute });
  if (highest) return word(chosen.has(axis) ? 'highestShown' : 'highestAt', { attribute, level: highest.label, rate: percent(highest.y), average: percent(average) });
  const rates = judged.map((row) => row.y);
  return word('hardlyDiffers', { attribute, low: percent(Math.min(...rates)), high: percent(Math.max(...rates)) });
}

let aggregated = null;

function updateLive() {
  if (!cube) return;
  const started = performance.now();
  const pair = views.get('live.pair');
  const isPair = Boolean(pair && !pair.figure.closest('[hidden]'));
  aggregated = aggregate(isPair ? pairAxes : null);
  const counting = performance.now() - started;
  updateKPIs(aggregated.all);
  updateBand();
  updateSentences();
  document.documentElement.toggleAttribute('data-filtered', chosen.size > 0);
  // What is not shown is brought up to date when its room is.
  for (const entry of views.values()) if (entry.follow && !entry.figure.closest('[hidden]')) entry.follow();
  if (isPair) updatePair();
  updateGroups();
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
