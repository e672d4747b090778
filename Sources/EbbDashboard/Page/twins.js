// Two shares of every level side by side, counted from the cells: the make-up of those who left and of those who stayed;
// who left and who was expected to.

const twinHeight = 46;

const twinKinds = {
  makeUp: {
    names: () => [word('ofLeft'), word('ofStayed')],
    axisTitle: () => word('shareOfGroup'),
    rows(axis) {
      const { n, churned } = aggregated.byAxis[axis];
      const left = sumOf(churned);
      const stayed = sumOf(n) - left;
      return (value) => [share(churned[value], left), share(n[value] - churned[value], stayed)];
    },
    title(axis, rows) {
      const found = widest(rows);
      return found ? word('makeUpTitle', { attribute: texts.axes[axis].title, level: found.label, left: percent(found.pair[0].y), stayed: percent(found.pair[1].y) })
        : word('tooFewIn', { attribute: texts.axes[axis].name });
    },
  },
  expected: {
    names: () => [word('didLeave'), word('wereExpected')],
    axisTitle: () => word('churnRate'),
    rows(axis) {
      // Forecast and fact of the same clients: those of the cells.
      const { n, churned } = aggregated.byCells[axis];
      const expected = sumBy(axis, cube.expected);
      return (value) => [share(churned[value], n[value]), { y: n[value] > 0 ? expected[value] / n[value] : null, low: null, high: null, n: n[value] }];
    },
    title(axis, rows) {
      const attribute = texts.axes[axis].title;
      const beyond = rows.filter((row) => row.pair[1].y !== null && (row.pair[1].y < row.pair[0].low || row.pair[1].y > row.pair[0].high));
      const found = widest(beyond);
      if (found) return word('expectedApart', { attribute, level: found.label, left: percent(found.pair[0].y), expected: percent(found.pair[1].y) });
      return widest(rows) ? word('expectedAgrees', { attribute }) : word('tooFewIn', { attribute: texts.axes[axis].name });
    },
  },
};

const sumOf = (values) => values.reduce((all, value) => all + value, 0);

function share(part, all) {
  const [low, high] = wilson(part, all);
  return { y: all > 0 ? part / all : null, low, high, n: all };
}

/** The row whose two shares are farthest apart, of those of enough clients. */
function widest(rows) {
  const judged = rows.filter((row) => row.n >= 30 && !row.isPooled && row.pair.every((one) => one.y !== null));
  return judged.reduce((best, row) => (best === null || Math.abs(row.pair[0].y - row.pair[1].y) > Math.abs(best.pair[0].y - best.pair[1].y) ? row : best), null);
}

/** A row for each value of an axis that has clients, with its two shares. */
function twinRows(axis, kind) {
  const set = chosen.get(axis);
  const pairOf = kind.rows(axis);
  const { n } = kind === twinKinds.expected ? aggregated.byCells[axis] : aggregated.byAxis[axis];
  const names = kind.names();
  const rows = [];
  for (let value = 0; value < cube.sizes[axis]; value++) {
    if (cube.present[axis][value] === 0) continue;
    const pair = pairOf(value);
    const label = texts.axes[axis].values[value];
    const isChosen = Boolean(set && set.has(value));
    rows.push({
      label, key: value, axis, n: n[value], pair, isPooled: cube.axes[axis].values[value] === 'pooled',
      chosen: isChosen, dimmed: Boolean(set) && !isChosen, isAbsent: n[value] === 0 && chosen.size === 0,
      text: label + ': ' + pair.map((one, index) => names[index] + ' ' + percent(one.y) + (one.low === null ? '' : ' ' + interval(one.low, one.high, 'share'))).join(separator()) + separator() + counted(n[value], 'clients'),
    });
  }
  return rows;
}

/** The chart's table: one share of every row, then the other. */
const twinLines = (rows, kind) => kind.names().flatMap((series, index) => rows.map((row) => ({
  label: row.label, series, y: row.pair[index].y, low: row.pair[index].low ?? undefined, high: row.pair[index].high ?? undefined,
  n: row.n, text: row.text, dimmed: row.dimmed, value: percent(row.pair[index].y),
})));

function liveTwins(entry) {
  const { axis } = entry.specification;
  const kind = twinKinds[entry.specification.twins];
  let parts = null;
  let rows = [];

  entry.follow = () => {
    rows = twinRows(axis, kind);
    entry.specification.spec.height = rows.length * 48;
    updateChart(entry.id, twinLines(rows, kind), kind.title(axis, rows), word('twinNote', { clients: counted(rows.reduce((sum, row) => sum + row.n, 0), 'clients') }));
  };

  function draw(width) {
    const left = Math.ceil(Math.min(200, width * 0.4, Math.max(0, ...rows.map((row) => textWidth(row.label))))) + 10;
    const right = width - 58;
    const top = 24;
    const bottom = top + rows.length * twinHeight;
    const height = bottom + 44;
    const grid = draw2D('g', { class: 'grid-lines', 'aria-hidden': 'true' });
    const names = kind.names();
    const second = 4 + 18 + Math.ceil(textWidth(names[0])) + 18;
    const svg = draw2D('svg', { width, height, viewBox: '0 0 ' + width + ' ' + height, role: 'listbox', 'aria-multiselectable': 'true', class: 'bars twins' },
      draw2D('g', { 'aria-hidden': 'true' },
        draw2D('rect', { class: 'bar first', x: 4, y: 4, width: 12, height: 12, rx: 2 }), draw2D('text', { x: 22, y: 10 }, names[0]),
        draw2D('rect', { class: 'bar second', x: second, y: 4, width: 12, height: 12, rx: 2 }), draw2D('text', { x: second + 18, y: 10 }, names[1])),
      grid, draw2D('text', { class: 'axis-title', x: (left + right) / 2, y: height - 9, 'text-anchor': 'middle', 'aria-hidden': 'true' }, kind.axisTitle()));
    const marks = rows.map((row, index) => {
      const y = top + index * twinHeight;
      const line = (which) => y + 13 + which * 19;
      return draw2D('g', { class: 'pick', role: 'option' },
        draw2D('rect', { class: 'whole', x: 0, y, width, height: twinHeight }),
        ...[0, 1].flatMap((which) => [
          draw2D('rect', { class: 'bar ' + (which ? 'second' : 'first'), x: left, y: line(which) - 8, height: 16, rx: 2 }),
          draw2D('line', { class: 'whisker', y1: line(which), y2: line(which) }),
          draw2D('text', { class: 'figure', x: width - 4, y: line(which), 'text-anchor': 'end' })]),
        draw2D('text', { class: 'name', x: left - 8, y: y + twinHeight / 2, 'text-anchor': 'end' }, cutTo(row.label, left - 10)),
        draw2D('rect', { class: 'name', x: 0, y, width: left, height: twinHeight }));
    });
    svg.append(...marks);
    parts = { svg, grid, marks, left, right, top, bottom, most: null };
    chooseDown(svg, marks, { axis, rows: () => rows, height, top, step: twinHeight });
    update();
    fill(entry.host, svg);
  }

  function update() {
    const { svg, marks, left, right, top, bottom } = parts;
    let most = 0;
    for (const row of rows) for (const one of row.pair) most = Math.max(most, one.high ?? one.y ?? 0);
    const x = drawTicks(parts, most, left, right, top, bottom);
    setMark(svg, 'aria-label', entry.titleText);
    rows.forEach((row, index) => {
      const mark = marks[index];
      mark.row = row;
      setMark(mark, 'class', 'pick' + (row.chosen ? ' chosen' : '') + (row.dimmed ? ' dimmed' : '') + (row.isAbsent ? ' absent' : ''));
      setMark(mark, 'aria-selected', row.chosen ? 'true' : 'false');
      setMark(mark, 'aria-label', row.text);
      row.pair.forEach((one, which) => {
        const [bar, whisker, figure] = [...mark.children].slice(1 + which * 3, 4 + which * 3);
        setMark(bar, 'width', one.y === null ? 0 : Math.max(0, x(one.y) - left));
        setMark(whisker, 'x1', one.low === null ? left : x(one.low));
        setMark(whisker, 'x2', one.low === null ? left : x(one.high));
        const text = percent(one.y);
        if (figure.firstChild?.data !== text) figure.textContent = text;
      });
    });
  }

  return { draw, update, isFit: () => parts !== null && parts.marks.length === rows.length };
}
