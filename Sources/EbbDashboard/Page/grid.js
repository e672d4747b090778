// Two attributes crossed: a cell for every pair of values, darker where more leave. Follows the filter like the bars.

const cellHeight = 36;

function liveGrid(entry) {
  let parts = null;

  function draw(width) {
    const rows = entry.rows;
    const lines = [...new Set(rows.map((row) => row.series))];
    const columns = rows.length / Math.max(1, lines.length);
    const heads = rows.slice(0, columns).map((row) => row.label);
    const left = Math.ceil(Math.min(200, width * 0.32, Math.max(0, ...lines.map(textWidth)))) + 10;
    // Where there is little room the drawing is wider than its frame, which scrolls.
    const cell = Math.max(44, (width - left - 4) / Math.max(1, columns));
    const isTurned = heads.some((head) => textWidth(head) > cell - 6);
    const room = isTurned ? Math.ceil(Math.min(120, Math.max(...heads.map(textWidth)))) + 8 : 18;
    const top = room + 20;
    const whole = Math.round(left + cell * columns + 4);
    const height = top + lines.length * cellHeight + 4;
    const middle = (column) => left + (column + 0.5) * cell;
    const svg = draw2D('svg', { width: whole, height, viewBox: '0 0 ' + whole + ' ' + height, role: 'grid', 'aria-multiselectable': 'true', class: 'cells' },
      draw2D('g', { 'aria-hidden': 'true' },
        draw2D('text', { class: 'axis-title', x: left + (whole - left) / 2, y: 12, 'text-anchor': 'middle' }, texts.axes[pairAxes[1]].title),
        ...heads.map((head, column) => (isTurned
          ? draw2D('text', { class: 'head', transform: 'translate(' + (middle(column) + 4) + ' ' + (top - 6) + ') rotate(-90)' }, cutTo(head, room - 6))
          : draw2D('text', { class: 'head', x: middle(column), y: top - 7, 'text-anchor': 'middle' }, head))),
        ...lines.map((line, index) => draw2D('text', { class: 'name', x: left - 8, y: top + (index + 0.5) * cellHeight, 'text-anchor': 'end' }, cutTo(line, left - 10)))));
    const marks = [];
    lines.forEach((_, line) => {
      const group = draw2D('g', { role: 'row' });
      for (let column = 0; column < columns; column++) {
        const mark = draw2D('g', { class: 'pick', role: 'gridcell' },
          draw2D('rect', { x: left + column * cell + 1, y: top + line * cellHeight + 1, width: cell - 2, height: cellHeight - 2 }),
          draw2D('text', { class: 'figure', x: middle(column), y: top + (line + 0.5) * cellHeight, 'text-anchor': 'middle' }));
        group.append(mark);
        marks.push(mark);
      }
      svg.append(group);
    });
    parts = { svg, marks, axes: pairAxes.join() };
    const choice = choiceOf((from, to, isAdded) => {
      const span = (which, of) => {
        const values = new Set(isAdded ? chosen.get(pairAxes[which]) : []);
        for (let index = Math.min(of(from), of(to)); index <= Math.max(of(from), of(to)); index++) {
          values.add(entry.rows[which === 0 ? index * columns : index].keys[which]);
        }
        choose(pairAxes[which], values);
      };
      span(0, (index) => Math.floor(index / columns));
      span(1, (index) => index % columns);
    });
    if (marks.length > 0) {
      chooseWith(svg, {
        marks, columns,
        near: (x, y) => {
          const box = svg.getBoundingClientRect();
          const scale = whole / box.width;
          const between = (value, most) => Math.max(0, Math.min(most - 1, Math.floor(value)));
          return between(((y - box.top) * scale - top) / cellHeight, lines.length) * columns + between(((x - box.left) * scale - left) / cell, columns);
        },
        pick: (index) => {
          const row = entry.rows[index];
          const isThis = row.chosen && [0, 1].every((which) => chosen.get(pairAxes[which])?.size === 1);
          for (const which of [0, 1]) if (isThis) chosen.delete(pairAxes[which]); else choose(pairAxes[which], new Set([row.keys[which]]));
          filterChanged();
        },
        ...choice,
      });
    }
    update();
    fill(entry.host, svg);
  }

  function update() {
    const { svg, marks } = parts;
    let most = 0.0001;
    for (const row of entry.rows) if (row.y > most) most = row.y;
    setMark(svg, 'aria-label', entry.titleText);
    entry.rows.forEach((row, index) => {
      const mark = marks[index];
      mark.row = row;
      const shade = row.y === null ? 0 : Math.min(7, 1 + Math.floor(row.y / most * 7));
      setMark(mark, 'class', 'pick shade-' + shade + (row.chosen ? ' chosen' : '') + (row.dimmed ? ' dimmed' : ''));
      setMark(mark, 'aria-selected', row.chosen ? 'true' : 'false');
      setMark(mark, 'aria-label', row.text);
      const figure = mark.lastChild;
      if (figure.firstChild?.data !== row.value) figure.textContent = row.value;
    });
  }

  return { draw, update, isFit: () => parts !== null && parts.axes === pairAxes.join() && parts.marks.length === entry.rows.length };
}
