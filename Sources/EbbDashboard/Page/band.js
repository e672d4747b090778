// The filter's own band: what is chosen in words and in chips, lists to choose from, and a way back.

let bandParts = null;

function updateBand() {
  if (!bandParts) return;
  const whole = base();
  const sums = chosen.size === 0 ? whole : aggregated.all;
  setText(bandParts.words, filterInWords());
  setText(bandParts.count, counted(sums.n, 'clients') + ', ' + percent(sums.n / whole.n) + ' ' + word('ofBase'));
  fill(bandParts.chips, [...chosen].sort((a, b) => a[0] - b[0]).map(([axis, values]) => make('li', null, make('button', {
    type: 'button', class: 'chip', onclick: () => { chosen.delete(axis); filterChanged(); focusBand(axis); },
    'aria-label': word('clearOne') + ': ' + texts.axes[axis].title,
  }, texts.axes[axis].title + ': ' + [...values].map((value) => texts.axes[axis].values[value]).join(', '), make('span', { 'aria-hidden': 'true' }, ' ×')))));
  bandParts.clear.disabled = chosen.size === 0;
  for (const { box, axis, value } of bandParts.boxes) box.checked = Boolean(chosen.get(axis)?.has(value));
  bandParts.summaries.forEach(({ summary, count }, axis) => {
    const set = chosen.get(axis);
    setText(count, set ? String(set.size) : '');
    summary.classList.toggle('active', Boolean(set));
  });
}

const focusBand = (axis) => document.querySelector('#filters summary[data-axis="' + axis + '"]')?.focus();

function band() {
  const boxes = [];
  const summaries = [];
  const filters = cube.axes.map((_, axis) => {
    const count = make('span', { class: 'count' });
    const summary = make('summary', { 'data-axis': axis }, texts.axes[axis].title, ' ', count);
    summaries.push({ summary, count });
    const labels = texts.axes[axis].values.map((name, value) => {
      if (cube.present[axis][value] === 0) return null;
      const box = make('input', { type: 'checkbox', value, 'data-axis': axis, onchange: () => { toggle(axis, value); filterChanged(); } });
      boxes.push({ box, axis, value });
      return make('label', null, box, ' ', name);
    });
    return make('details', { class: 'filter' }, summary, make('fieldset', null, make('legend', { class: 'hidden' }, texts.axes[axis].title), labels));
  });
  for (const filter of filters) {
    filter.addEventListener('toggle', () => {
      if (filter.open) for (const other of filters) if (other !== filter) other.open = false;
    });
    filter.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { filter.open = false; filter.querySelector('summary').focus(); }
    });
  }
  bandParts = {
    boxes, summaries,
    count: make('strong', { id: 'filter-count' }), words: make('span', { id: 'filter-words' }), chips: make('ul', { id: 'chips', 'aria-label': word('chosen') }),
    clear: make('button', {
      type: 'button', id: 'clear-all', onclick: () => { chosen.clear(); filterChanged(); document.querySelector('#filters summary')?.focus(); },
    }, word('clearAll')),
  };
  return make('section', { id: 'band', 'aria-label': word('filter') },
    make('div', { id: 'filters' }, filters),
    make('div', { class: 'chosen' },
      make('p', { id: 'filter-line', 'aria-live': 'polite' }, bandParts.count, ' ', bandParts.words), bandParts.chips, bandParts.clear));
}

document.addEventListener('click', (event) => {
  for (const filter of document.querySelectorAll('#filters details[open]')) if (!filter.contains(event.target)) filter.open = false;
});
