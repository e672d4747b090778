// Rooms are built of blocks that the study brings ready in both languages.

const builders = {
  text: (block) => make('p', { class: block.class || null }, block.text),
  heading: (block) => make('h3', { class: 'section' }, block.text),
  list: (block) => make('ul', { class: block.class || 'sentences' }, block.items.map((item) => make('li', null,
    typeof item === 'string' ? item : [item.text, item.badge ? make('span', { class: 'badge ' + (item.kind || '') }, item.badge) : null]))),
  chart: (block) => figureOf(block.chart, { class: block.class }),
  charts: (block) => make('div', { class: 'grid ' + (block.class || '') }, block.charts.map((chart) => figureOf(chart))),
  table: (block) => tableOf(block.table),
  facts: (block) => make('dl', { class: 'kpis' }, block.items.map((item) => make('div', { class: 'kpi', 'data-kpi': item.id || null }, make('dt', null, item.title),
    make('dd', null, make('span', { class: 'value' }, inUnit(item.value, item.unit)), make('span', { class: 'beside' }, item.beside || ''))))),
  fold: (block) => {
    const box = make('details', { class: 'fold' }, make('summary', null, block.title, block.badge ? make('span', { class: 'badge ' + (block.badgeKind || '') }, block.badge) : null));
    // Built when it is opened; open for print.
    box.addEventListener('toggle', () => {
      if (!box.open || box.dataset.built) return;
      box.dataset.built = 'yes';
      append(box, block.blocks.map(build));
      watchCharts(box);
    });
    return box;
  },
  cards: (block) => make('div', { class: 'cards' }, block.cards.map((card) => make('article', { class: 'card' },
    make('h3', null, card.title, card.badge ? make('span', { class: 'badge ' + (card.kind || '') }, card.badge) : null), card.blocks.map(build)))),
  kpis: () => kpis(),
  sentences: () => make('ul', { id: 'live-sentences', class: 'sentences', 'aria-live': 'polite' }),
  attributes: (block) => make('div', { class: 'grid' }, block.charts.map((chart) => figureOf(chart, {
    class: 'live', onpick: (row) => { toggle(row.axis, row.key); filterChanged(); },
  }))),
  pair: (block) => pairBlock(block),
  simulator: (block) => simulator(block.card),
  planner: (block) => make('div', null, planner(block.plan), figureOf(block.chart, { class: 'alone' })),
};

const build = (block) => builders[block.kind](block);

function pairBlock(block) {
  const picker = (which, id) => {
    const select = make('select', { id, onchange: () => {
      pairAxes[which] = Number(select.value);
      if (pairAxes[0] === pairAxes[1]) pairAxes[1 - which] = cube.axes.findIndex((_, axis) => axis !== pairAxes[which]);
      first.value = pairAxes[0];
      second.value = pairAxes[1];
      updateLive();
      redrawPair();
    } }, texts.axes.map((axis, index) => make('option', { value: index, selected: index === pairAxes[which] }, axis.title)));
    return select;
  };
  pairAxes = pairAxes || block.axes.slice();
  const first = picker(0, 'pair-first');
  const second = picker(1, 'pair-second');
  const figure = figureOf(block.chart, { class: 'live wide', onpick: (row) => {
      const isThis = row.chosen && chosen.get(pairAxes[0])?.size === 1 && chosen.get(pairAxes[1])?.size === 1;
      for (const which of [0, 1]) if (isThis) chosen.delete(pairAxes[which]); else choose(pairAxes[which], new Set([row.keys[which]]));
      filterChanged();
    } });
  nameAxes(views.get('live.pair'));
  return make('div', { class: 'pair' }, make('div', { class: 'pickers' }, make('label', { for: 'pair-first' }, word('rows') + ' ', first), make('label', { for: 'pair-second' }, word('columns') + ' ', second)), figure);
}

/** Other axes need another drawing: rows and columns have other names. */
function redrawPair() {
  const entry = views.get('live.pair');
  if (!entry) return;
  nameAxes(entry);
  entry.drawnWidth = 0;
  draw(entry);
}

/** Every value keeps its place whatever is chosen. */
function nameAxes(entry) {
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
