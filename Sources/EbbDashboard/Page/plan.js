// The plan under other limits and assumptions, from its curve: the order of clients stays that of the study.

let planView = null;

function planner(plan) {
  const assumptions = plan.assumptions;
  const settings = { budget: Math.min(plan.budget, plan.largestCost) };
  for (const assumption of assumptions) settings[assumption.name] = assumption.base;
  const outputs = {};
  const figures = ['planContacts', 'planCost', 'planKept', 'planGain'].map((name) => {
    outputs[name] = make('span', { class: 'value' });
    return make('div', { class: 'kpi', 'data-kpi': name }, make('dt', null, word(name)), make('dd', null, outputs[name]));
  });
  const sliders = [];

  function slider(name, title, low, high, step, base, show) {
    const shown = make('output', { for: 's-' + name });
    const input = make('input', { type: 'range', id: 's-' + name, min: low, max: high, step, value: base,
      oninput: () => { settings[name] = Number(input.value); update(); }, onchange: keep });
    sliders.push(() => { const text = show(settings[name]); setText(shown, text); input.setAttribute('aria-valuetext', text); });
    return { input, base, name, box: make('div', { class: 'slider' }, make('label', { for: 's-' + name }, title), input, shown) };
  }

  const all = [slider('budget', word('budget'), 0, plan.largestCost, 'any', settings.budget, (value) => money(value))];
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

  function update() {
    const { worth, cost, kept } = factors();
    const points = plan.curve.map((point) => ({ contacts: point.contacts, cost: point.cost * cost, gain: (point.gain + point.cost) * worth - point.cost * cost, kept: point.kept * kept }));
    let best = null;
    for (let index = 0; index < points.length; index++) {
      let point = points[index];
      if (point.cost > settings.budget + 1e-9) {
        // Between two points of the curve, as far as the money goes.
        const before = points[index - 1];
        if (!before || before.cost > settings.budget) break;
        const share = (settings.budget - before.cost) / (point.cost - before.cost);
        const between = (field) => before[field] + share * (point[field] - before[field]);
        point = { contacts: Math.floor(between('contacts')), cost: between('cost'), gain: between('gain'), kept: between('kept') };
        if (best === null || point.gain > best.gain) best = point;
        break;
      }
      if (best === null || point.gain > best.gain) best = point;
    }
    best = best || { contacts: 0, cost: 0, gain: 0, kept: 0 };
    setText(outputs.planContacts, integer(best.contacts));
    setText(outputs.planCost, money(best.cost));
    setText(outputs.planKept, fixed(best.kept, 0));
    setText(outputs.planGain, money(best.gain));
    for (const show of sliders) show();
    const row = (point, highlighted) => ({ x: point.contacts, y: point.gain, highlighted, text: counted(point.contacts, 'clients') + ': ' + money(point.gain) });
    const rows = points.filter((point) => point.contacts !== best.contacts).map((point) => row(point, false));
    const at = rows.findIndex((one) => one.x > best.contacts);
    rows.splice(at < 0 ? rows.length : at, 0, row(best, true));
    updateChart('plan.curve', rows, word('curveTitle', { clients: counted(best.contacts, 'clients'), gain: money(best.gain) }));
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
