// The plan under other limits and assumptions, from its curve: the order of clients stays that of the study.

let planView = null;

function planner(plan) {
  const assumptions = plan.assumptions;
  const { selected, contacted } = plan;
  const settings = { budget: selected.cost };
  for (const assumption of assumptions) settings[assumption.name] = assumption.base;
  const outputs = {};
  const figures = ['planContacts', 'planCost', 'planKept', 'planGain'].map((name) => {
    outputs[name] = { value: make('span', { class: 'value' }), beside: make('span', { class: 'beside' }) };
    return make('div', { class: 'kpi', 'data-kpi': name }, make('dt', null, word(name)), make('dd', null, outputs[name].value, outputs[name].beside));
  });
  const sliders = [];

  function slider(name, title, low, high, step, base, show) {
    const shown = make('output', { for: 's-' + name });
    const input = make('input', { type: 'range', id: 's-' + name, min: low, max: high, step, value: base,
      oninput: () => { settings[name] = Number(input.value); update(); }, onchange: keep });
    sliders.push(() => { const text = show(settings[name]); setText(shown, text); input.setAttribute('aria-valuetext', text); });
    return { input, base, name, box: make('div', { class: 'slider' }, make('label', { for: 's-' + name }, title), input, shown) };
  }

  const all = [slider('budget', word('budget'), 0, plan.largestCost, 'any', settings.budget, integer)];
  for (const assumption of assumptions) {
    const show = assumption.unit === 'share' ? (value) => percent(value) : assumption.unit === 'factor' ? (value) => '×\u00a0' + fixed(value, 2) : (value) => fixed(value, assumption.decimals);
    all.push(slider(assumption.name, texts.assumptions[assumption.name], assumption.low, assumption.high, (assumption.high - assumption.low) / 100, assumption.base, show));
  }

  /** The sliders' places go into the address where they are not those of the study. */
  function keep() {
    const moved = all.filter((one) => Number(one.input.value) !== one.start);
    state.plan = moved.length === 0 ? null : Object.fromEntries(moved.map((one) => [one.name, Number(one.input.value)]));
    remember(false);
  }

  /** Sliders as an address has them, the others as in the study. */
  function set(plan) {
    for (const one of all) {
      one.input.value = plan && plan[one.name] !== undefined ? plan[one.name] : one.base;
      settings[one.name] = plan && plan[one.name] !== undefined ? Number(one.input.value) : one.base;
    }
    update();
  }

  /** Worth and cost of the curve's plan as multiples of the study's. */
  function factors() {
    let worth = 1;
    let cost = 1;
    for (const assumption of assumptions) {
      const change = (settings[assumption.name] - assumption.base) / (assumption.base || 1);
      if (assumption.worthPerUnit !== null) worth *= Math.max(0, 1 + assumption.worthPerUnit * (settings[assumption.name] - assumption.base));
      if (assumption.costShare !== null) cost += assumption.costShare * change;
    }
    return { worth, cost: Math.max(0, cost), kept: settings.effectFactor !== undefined && assumptions.some((known) => known.name === 'effectFactor')
      ? settings.effectFactor / assumptions.find((known) => known.name === 'effectFactor').base : 1 };
  }

  /** The best of the curve that the budget affords; at the study's own settings the plan itself. */
  function best(points) {
    if (settings.budget === selected.cost && assumptions.every((one) => settings[one.name] === one.base)) return selected;
    const most = settings.budget * (1 + 1e-9);
    let found = { contacts: 0, cost: 0, gain: 0, kept: 0 };
    for (let index = 0; index < points.length; index++) {
      const point = points[index];
      if (point.cost <= most) {
        if (point.gain > found.gain) found = point;
        continue;
      }
      // Between two points of the curve, as far as the money goes.
      const before = points[index - 1];
      if (!before || before.cost > most) break;
      const share = (settings.budget - before.cost) / (point.cost - before.cost);
      const between = (field) => before[field] + share * (point[field] - before[field]);
      if (between('gain') > found.gain) found = { contacts: Math.floor(between('contacts') + 1e-6), cost: between('cost'), gain: between('gain'), kept: between('kept') };
      break;
    }
    return found;
  }

  /** Those contacted, without those held out: in the parts that the plan's own have, which are the study's to the last digit. */
  function withoutControl(all) {
    if (all === selected) return contacted;
    const part = (field) => (selected[field] > 0 ? contacted[field] / selected[field] : plan.contactedShare);
    const worth = selected.gain + selected.cost > 0 ? (contacted.gain + contacted.cost) / (selected.gain + selected.cost) : plan.contactedShare;
    const cost = all.cost * part('cost');
    return { contacts: Math.round(all.contacts * part('contacts')), cost, kept: all.kept * part('kept'), gain: (all.gain + all.cost) * worth - cost };
  }

  function update() {
    const { worth, cost, kept } = factors();
    const points = plan.curve.map((point) => ({ contacts: point.contacts, cost: point.cost * cost, gain: (point.gain + point.cost) * worth - point.cost * cost, kept: point.kept * kept }));
    const all = best(points);
    const part = withoutControl(all);
    for (const [name, field] of [['planContacts', 'contacts'], ['planCost', 'cost'], ['planKept', 'kept'], ['planGain', 'gain']]) {
      setText(outputs[name].value, integer(part[field]));
      setText(outputs[name].beside, part.contacts === all.contacts ? '' : word('withHeldOut', { number: integer(all[field]) }));
    }
    for (const show of sliders) show();
    const row = (point, highlighted) => ({ x: point.contacts, y: point.gain, highlighted, text: counted(point.contacts, 'clients') + ': ' + money(point.gain) });
    const rows = points.filter((point) => point.contacts !== all.contacts).map((point) => row(point, false));
    const at = rows.findIndex((one) => one.x > all.contacts);
    rows.splice(at < 0 ? rows.length : at, 0, row(all, true));
    const title = word('curveTitle', { clients: counted(all.contacts, 'clients'), gain: money(all.gain) });
    updateChart('plan.curve', rows, part.contacts === all.contacts ? title : title + ' (' + word('heldOutToo') + ')');
  }

  const reset = make('button', { type: 'button', onclick: () => { set(null); keep(); } }, word('asInStudy'));
  const box = make('section', { class: 'planner', 'aria-label': word('whatIf') }, make('h3', null, word('whatIf')), make('p', { class: 'note' }, word('whatIfNote')),
    make('dl', { class: 'kpis', 'aria-live': 'polite' }, figures), make('div', { class: 'sliders' }, all.map((one) => one.box)), reset);
  // Where a slider's own steps put it.
  for (const one of all) one.start = Number(one.input.value);
  planView = { set };
  setTimeout(() => set(state.plan), 0);
  return box;
}
