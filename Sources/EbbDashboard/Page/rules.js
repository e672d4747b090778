// Groups that rules tell of: all clients as the study has them; in a filtered part counted from the cells, where the cells
// tell the rule's values apart.

/** Clients chosen for whom every condition holds; after `aggregate`. */
function countRule(conditions) {
  const { size, codes, n, churned, sizes, failures } = cube;
  const tests = conditions.map(([axis, values]) => {
    const allowed = new Uint8Array(sizes[axis]);
    for (const value of values) allowed[value] = 1;
    return [codes[axis], allowed];
  });
  let [clients, left] = [0, 0];
  for (let cell = 0; cell < size; cell++) {
    if (failures[cell] > 0 || tests.some(([code, allowed]) => allowed[code[cell]] === 0)) continue;
    clients += n[cell];
    left += churned[cell];
  }
  return { n: clients, churned: left };
}

const isChosenRule = (conditions) => conditions.length === chosen.size && conditions.every(([axis, values]) => {
  const set = chosen.get(axis);
  return set && set.size === values.length && values.every((value) => set.has(value));
});

function ruleRows(own, rules) {
  return own.map((row, index) => {
    const conditions = rules[index];
    if (chosen.size === 0) return { ...row, churned: null, conditions, text: row.text + (conditions ? '' : separator() + word('notInCells')) };
    if (!conditions) return { ...row, y: null, low: null, high: null, n: null, value: '—', conditions, dimmed: true, highlighted: false, text: row.label + ': ' + word('notInCells') };
    const { n, churned } = countRule(conditions);
    const [low, high] = wilson(churned, n);
    const rate = n > 0 ? churned / n : null;
    return {
      ...row, y: rate, low, high, n, value: percent(rate), conditions, chosen: isChosenRule(conditions),
      text: row.label + ': ' + (rate === null ? '' : percent(rate) + ' ' + interval(low, high, 'share') + separator()) + counted(n, 'clients'),
    };
  });
}

/** A click filters to the group, or back. */
function pickRule(row) {
  if (!row.conditions) return;
  const isChosen = isChosenRule(row.conditions);
  chosen.clear();
  if (!isChosen) for (const [axis, values] of row.conditions) choose(axis, new Set(values));
  filterChanged();
}

function liveRules(entry) {
  const own = entry.rows;
  const { rules } = entry.specification;
  const [title, note] = [entry.titleText, entry.noteText];
  entry.pick = pickRule;
  entry.widest = 420;
  entry.follow = () => {
    const rows = ruleRows(own, rules);
    if (chosen.size === 0) { updateChart(entry.id, rows, title, note); return; }
    const counted = rows.filter((row) => row.y !== null && row.n >= 30);
    const most = counted.reduce((best, row) => (best === null || row.y > best.y ? row : best), null);
    updateChart(entry.id, rows, most ? word('groupsTitle', { group: most.label, rate: percent(most.y) }) : word('noGroupCounted'), word('groupsNote'));
  };
  return liveBars(entry);
}
