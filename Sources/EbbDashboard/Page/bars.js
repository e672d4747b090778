// Bars and cells that follow the filter. The page draws them itself, after the same specification that Vega-Lite saves
// them by: a filter has to be answered within a few frames, and a drawing library alone takes longer.

const rowHeight = 28;

/** What a chart's choice is worked out from: as it was when a drag began. */
function choiceOf(change) {
  let before = null;
  return {
    range(from, to, isAdded) {
      before = before || new Map(chosen);
      chosen.clear();
      for (const [axis, values] of before) chosen.set(axis, values);
      change(from, to, isAdded);
      updateLive();
    },
    done() { before = null; filterChanged(); },
    undo() {
      if (!before) return;
      chosen.clear();
      for (const [axis, values] of before) chosen.set(axis, values);
      before = null;
      updateLive();
    },
  };
}

/**
 * Choosing along marks that lie one below the other, `step` high from `top` on, in a picture `height` high.
 *
 * `rows` gives the rows behind them; `pick` is what a click on one does where it does not choose a value.
 */
function chooseDown(svg, marks, { axis, rows, height, top, step, pick }) {
  if (marks.length === 0) return;
  const choice = choiceOf((from, to, isAdded) => {
    const values = new Set(isAdded ? chosen.get(axis) : []);
    for (let index = Math.min(from, to); index <= Math.max(from, to); index++) values.add(rows()[index].key);
    choose(axis, values);
  });
  chooseWith(svg, {
    marks, columns: 1,
    near: (_, y) => {
      const box = svg.getBoundingClientRect();
      return Math.max(0, Math.min(marks.length - 1, Math.floor(((y - box.top) * height / box.height - top) / step)));
    },
    pick: (index) => { if (pick) pick(rows()[index]); else { toggle(axis, rows()[index].key); filterChanged(); } },
    ...(pick ? { range() {}, done() {}, undo() {} } : choice),
  });
}

/** Lines and figures of the axis of shares, where they have changed; where on it a share lies. */
function drawTicks(parts, most, left, right, top, bottom) {
  const { step, ticks } = stepsTo(most, Math.max(2, Math.min(5, Math.floor((right - left) / 60))));
  const end = ticks[ticks.length - 1];
  const x = (value) => Math.round((left + (value / end) * (right - left)) * 10) / 10;
  if (parts.most !== end || parts.step !== step) {
    parts.most = end;
    parts.step = step;
    const decimals = step >= 0.0099 ? 0 : step >= 0.00099 ? 1 : 2;
    fill(parts.grid, ticks.map((tick) => [
      draw2D('line', { x1: x(tick), x2: x(tick), y1: top, y2: bottom }),
      draw2D('text', { x: x(tick), y: bottom + 15, 'text-anchor': 'middle' }, percent(tick, decimals))]));
  }
  return x;
}

/** Churn by the values of an attribute of the cells. */
function liveAttribute(entry) {
  const { axis } = entry.specification;
  // Titles of a test speak of all clients.
  const [title, note] = [entry.titleText, entry.noteText];
  entry.follow = () => {
    const bars = barRows(axis, aggregated.byAxis[axis]);
    entry.specification.spec.height = bars.rows.length * rowHeight;
    if (entry.specification.isTest && chosen.size === 0) updateChart(entry.id, bars.rows, title, note);
    else updateChart(entry.id, bars.rows, barTitle(axis, bars), word('intervalNote', { clients: counted(bars.clients, 'clients') }));
  };
  return liveBars(entry);
}

function liveBars(entry) {
  let parts = null;

  /** Everything anew, for this width. */
  function draw(width) {
    const rows = entry.rows;
    const names = rows.map((row) => row.label);
    const widest = Math.max(0, ...names.map(textWidth));
    const left = Math.ceil(Math.min(entry.widest ?? 200, width * 0.4, widest)) + 10;
    const right = width - 58;
    const bottom = rows.length * rowHeight + 4;
    const height = bottom + 44;
    const grid = draw2D('g', { class: 'grid-lines', 'aria-hidden': 'true' });
    const reference = draw2D('line', { class: 'reference', y1: 4, y2: bottom, 'aria-hidden': 'true' });
    const svg = draw2D('svg', { width, height, viewBox: '0 0 ' + width + ' ' + height, role: 'listbox', 'aria-multiselectable': 'true', class: 'bars' },
      grid, draw2D('text', { class: 'axis-title', x: (left + right) / 2, y: height - 9, 'text-anchor': 'middle', 'aria-hidden': 'true' }, word('churnRate')));
    const marks = rows.map((row, index) => {
      const y = 4 + index * rowHeight;
      const mark = draw2D('g', { class: 'pick', role: 'option' },
        draw2D('rect', { class: 'whole', x: 0, y, width, height: rowHeight }),
        draw2D('rect', { class: 'bar', x: left, y: y + 4, height: rowHeight - 8, rx: 2 }),
        draw2D('line', { class: 'whisker', y1: y + rowHeight / 2, y2: y + rowHeight / 2 }),
        draw2D('text', { class: 'name', x: left - 8, y: y + rowHeight / 2, 'text-anchor': 'end' }, cutTo(row.label, left - 10)),
        draw2D('rect', { class: 'name', x: 0, y, width: left, height: rowHeight }),
        draw2D('text', { class: 'figure', x: width - 4, y: y + rowHeight / 2, 'text-anchor': 'end' }));
      return mark;
    });
    svg.append(...marks, reference);
    parts = { svg, grid, reference, marks, left, right, bottom, most: null };
    chooseDown(svg, marks, { axis: rows[0]?.axis, rows: () => entry.rows, height, top: 4, step: rowHeight, pick: entry.pick });
    update();
    fill(entry.host, svg);
  }

  /** Other rows of the same names. */
  function update() {
    const { svg, marks, left, right, bottom } = parts;
    const rows = entry.rows;
    let most = cube.whole.churned / cube.whole.n;
    for (const row of rows) if (row.high > most) most = row.high;
    const x = drawTicks(parts, most, left, right, 4, bottom);
    const average = x(cube.whole.churned / cube.whole.n);
    setMark(parts.reference, 'x1', average);
    setMark(parts.reference, 'x2', average);
    setMark(svg, 'aria-label', entry.titleText);
    rows.forEach((row, index) => {
      const mark = marks[index];
      const [, bar, whisker, , , figure] = mark.children;
      mark.row = row;
      setMark(mark, 'class', 'pick' + (row.chosen ? ' chosen' : '') + (row.dimmed ? ' dimmed' : '') + (row.highlighted ? ' highlighted' : '') + (row.isAbsent ? ' absent' : '') + (row.conditions === null ? ' fixed' : ''));
      setMark(mark, 'aria-selected', row.chosen ? 'true' : 'false');
      setMark(mark, 'aria-label', row.text);
      setMark(bar, 'width', row.y === null ? 0 : Math.max(0, x(row.y) - left));
      setMark(whisker, 'x1', row.low === null ? left : x(row.low));
      setMark(whisker, 'x2', row.low === null ? left : x(row.high));
      if (figure.firstChild?.data !== row.value) figure.textContent = row.value;
    });
  }

  return { draw, update, isFit: () => parts !== null && parts.marks.length === entry.rows.length };
}
