// Rooms are built of blocks that the study brings ready in both languages.

const builders = {
  text: (block) => make('p', { class: block.class || null }, block.text),
  heading: (block) => make('h3', { class: 'section' }, block.text),
  list: (block) => make('ul', { class: block.class || 'sentences' }, block.items.map((item) => make('li', null,
    typeof item === 'string' ? item : [item.text, item.badge ? make('span', { class: 'badge ' + (item.kind || '') }, item.badge) : null]))),
  chart: (block) => figureOf(block.chart, { class: (block.class || '') + (liveOf(block.chart) ? ' live' : ''), live: liveOf(block.chart) }),
  charts: (block) => make('div', { class: 'grid ' + (block.class || '') }, block.charts.map((chart) => figureOf(chart, { class: liveOf(chart) ? 'live' : '', live: liveOf(chart) }))),
  table: (block) => tableOf(block.table),
  facts: (block) => make('dl', { class: 'kpis' }, block.items.map((item) => make('div', { class: 'kpi', 'data-kpi': item.id || null }, make('dt', null, item.title),
    make('dd', null, make('span', { class: 'value' }, inUnit(item.value, item.unit)), make('span', { class: 'beside' }, item.beside || ''))))),
  fold: (block) => {
    const box = make('details', { class: 'fold' }, make('summary', null, block.title, block.badge ? make('span', { class: 'badge ' + (block.badgeKind || '') }, block.badge) : null));
    // Built when it is opened; open for print.
    box.addEventListener('toggle', () => {
      if (!box.open || box.dataset.built) return;
      box.dataset.built = 'yes';
      append(box, block.blocks.map(buildTagged));
      updateLive();
      watchCharts(box);
      drawRest();
    });
    return box;
  },
  cards: (block) => make('div', { class: 'cards' }, block.cards.map((card) => make('article', { class: 'card' },
    make('h3', null, card.title, card.badge ? make('span', { class: 'badge ' + (card.kind || '') }, card.badge) : null), card.blocks.map(build)))),
  kpis: () => kpis(),
  sentences: () => make('ul', { id: 'live-sentences', class: 'sentences', 'aria-live': 'polite' }),
  pair: (block) => pairBlock(block),
  groups: (block) => groupsTable(block),
  compositions: (block) => compositionsTable(block),
  simulator: (block) => simulator(block.card),
  planner: (block) => make('div', null, planner(block.plan), figureOf(block.chart, { class: 'alone' })),
};

const build = (block) => builders[block.kind](block);

/** Tells the page which of a chart's kinds follow the filter. */
const liveOf = (chart) => (chart.twins ? liveTwins : chart.rules ? liveRules : chart.axis !== undefined ? liveAttribute : undefined);

/** What stands by itself in a room and speaks of all clients says so where a filter is set. */
const ofAllKinds = new Set(['list', 'facts', 'cards', 'table', 'planner']);
const buildTagged = (block) => (cube && ofAllKinds.has(block.kind) ? [ofAll(), build(block)] : build(block));
