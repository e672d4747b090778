// Two attributes crossed.

/** Rows and columns; `null` until the room is built. */
let pairAxes = null;

/** What the address asks for; `null` for the study's own pair. */
function setPair(axes) {
  if (!pairStart) return;
  pairAxes = (axes || pairStart).slice();
  for (const [which, id] of [[0, 'pair-first'], [1, 'pair-second']]) {
    const select = document.getElementById(id);
    if (select) select.value = pairAxes[which];
  }
  nameAxes(views.get('live.pair'));
}

/** The pair that the study begins with. */
let pairStart = null;

function pairBlock(block) {
  const picker = (which, id) => {
    const select = make('select', { id, onchange: () => {
      pairAxes[which] = Number(select.value);
      if (pairAxes[0] === pairAxes[1]) pairAxes[1 - which] = cube.axes.findIndex((_, axis) => axis !== pairAxes[which]);
      first.value = pairAxes[0];
      second.value = pairAxes[1];
      nameAxes(views.get('live.pair'));
      filterChanged();
    } }, texts.axes.map((axis, index) => make('option', { value: index, selected: index === pairAxes[which] }, axis.title)));
    return select;
  };
  pairStart = block.axes;
  pairAxes = (state.pair || pairStart).slice();
  const first = picker(0, 'pair-first');
  const second = picker(1, 'pair-second');
  const figure = figureOf(block.chart, { class: 'live wide', live: liveGrid });
  nameAxes(views.get('live.pair'));
  return make('div', { class: 'pair' }, make('div', { class: 'pickers' }, make('label', { for: 'pair-first' }, word('rows') + ' ', first), make('label', { for: 'pair-second' }, word('columns') + ' ', second)), figure);
}

/** Every value keeps its place whatever is chosen. */
function nameAxes(entry) {
  if (!entry) return;
  const names = (axis) => texts.axes[axis].values.filter((_, value) => cube.present[axis][value] > 0);
  entry.specification.spec.height = names(pairAxes[0]).length * 36;
  for (const layer of entry.specification.spec.layer) {
    layer.encoding.y.scale = { domain: names(pairAxes[0]) };
    layer.encoding.x.scale = { domain: names(pairAxes[1]) };
    layer.encoding.x.axis.title = texts.axes[pairAxes[1]].title;
  }
  entry.specification.columns.forEach((column) => {
    if (column.field === 'series') column.title = texts.axes[pairAxes[0]].title;
    if (column.field === 'label') column.title = texts.axes[pairAxes[1]].title;
  });
}

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
