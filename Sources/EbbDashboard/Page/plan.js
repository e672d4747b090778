// The plan under other limits and assumptions, from its curve: the order of clients stays that of the study.

function planner(plan) {
  const assumptions = plan.assumptions;
  const state = { budget: Math.min(plan.budget, plan.largestCost) };
  for (const assumption of assumptions) state[assumption.name] = assumption.base;
  const outputs = {};
  const figures = ['planContacts', 'planCost', 'planKept', 'planGain'].map((name) => {
    outputs[name] = make('span', { class: 'value' });
    return make('div', { class: 'kpi', 'data-kpi': name }, make('dt', null, word(name)), make('dd', null, outputs[name]));
  });
  const sliders = [];

  function slider(name, title, low, high, step, base, show) {
    const shown = make('output', { for: 's-' + name });
    const input = make('input', { type: 'range', id: 's-' + name, min: low, max: high, step, value: base,
      oninput: () => { state[name] = Number(input.value); update(); } });
    sliders.push(() => { const text = show(state[name]); setText(shown, text); input.setAttribute('aria-valuetext', text); });
    return { input, base, name, box: make('div', { class: 'slider' }, make('label', { for: 's-' + name }, title), input, shown) };
  }

  const all = [slider('budget', word('budget'), 0, plan.largestCost, 'any', state.budget, (value) => money(value))];
  for (const assumption of assumptions) {
    const show = assumption.unit === 'share' ? (value) => percent(value) : assumption.unit === 'factor' ? (value) => '×\u00a0' + fixed(value, 2) : (value) => fixed(value, assumption.decimals);
    all.push(slider(assumption.name, texts.assumptions[assumption.name], assumption.low, assumption.high, (assumption.high - assumption.low) / 100, assumption.base, show));
  }

  /** Worth and cost of the curve's plan as multiples of the study's. */
  function factors() {
    let worth = 1;
    let cost = 1;
    for (const assumption of assumptions) {
      const change = (state[assumption.name] - assumption.base) / (assumption.base || 1);
      if (assumption.worthPerUnit !== null) worth *= Math.max(0, 1 + assumption.worthPerUnit * (state[assumption.name] - assumption.base));
      if (assumption.costShare !== null) cost += assumption.costShare * change;
    }
    return { worth, cost: Math.max(0, cost), kept: state.effectFactor !== undefined && assumptions.some((known) => known.name === 'effectFactor')
      ? state.effectFactor / assumptions.find((known) => known.name === 'effectFactor').base : 1 };
  }

  function update() {
    const { worth, cost, kept } = factors();
    const points = plan.curve.map((point) => ({ contacts: point.contacts, cost: point.cost * cost, gain: (point.gain + point.cost) * worth - point.cost * cost, kept: point.kept * kept }));
    let best = null;
    for (let index = 0; index < points.length; index++) {
      let point = points[index];
      if (point.cost > state.budget + 1e-9) {
        // Between two points of the curve, as far as the money goes.
        const before = points[index - 1];
        if (!before || before.cost > state.budget) break;
        const share = (state.budget - before.cost) / (point.cost - before.cost);
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
    const rows = points.map((point) => ({ x: point.contacts, y: point.gain, highlighted: false,
      text: counted(point.contacts, 'clients') + ': ' + money(point.gain) }));
    updateChart('plan.curve', rows, word('curveTitle', { clients: counted(best.contacts, 'clients'), gain: money(best.gain) }));
  }

  const reset = make('button', { type: 'button', onclick: () => {
    for (const one of all) { one.input.value = one.base; state[one.name] = one.base; }
    update();
  } }, word('asInStudy'));
  const box = make('section', { class: 'planner', 'aria-label': word('whatIf') }, make('h3', null, word('whatIf')), make('p', { class: 'note' }, word('whatIfNote')),
    make('dl', { class: 'kpis', 'aria-live': 'polite' }, figures), make('div', { class: 'sliders' }, all.map((one) => one.box)), reset);
  setTimeout(update, 0);
  return box;
}
