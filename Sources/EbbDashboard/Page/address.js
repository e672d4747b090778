// What is seen stands in the address: room, language, look, filter, the plan's sliders and the one client, so that a view
// can be shared and gone back to.

const encodePart = (text) => encodeURIComponent(text).replace(/~/g, '%7E').replace(/%20/g, '+');
const decodePart = (text) => {
  try { return decodeURIComponent(text.replace(/\+/g, '%20')); } catch { return ''; }
};

function addressOf(state) {
  const parts = ['room=' + encodePart(state.room)];
  if (state.language !== page.language) parts.push('lang=' + state.language);
  if (state.theme) parts.push('theme=' + state.theme);
  if (state.pair) parts.push('pair=' + state.pair.map((axis) => encodePart(cube.axes[axis].id)).join('~'));
  if (state.plan) parts.push('plan=' + Object.keys(state.plan).map((name) => encodePart(name) + '~' + state.plan[name]).join('~'));
  if (state.client) parts.push('client=' + state.client.join('~'));
  for (const [axis, values] of [...state.chosen].sort((a, b) => a[0] - b[0])) {
    parts.push(encodePart(cube.axes[axis].id) + '=' + [...values].map((value) => encodePart(cube.axes[axis].values[value])).join('~'));
  }
  return '#' + parts.join('&');
}

/** What an address says; what it says wrongly is passed over. */
function stateOf(address) {
  const state = { room: null, language: page.language, theme: null, pair: null, plan: null, client: null, chosen: new Map() };
  for (const part of address.replace(/^#/, '').split('&')) {
    const border = part.indexOf('=');
    if (border < 0) continue;
    const name = decodePart(part.slice(0, border));
    const value = part.slice(border + 1);
    if (name === 'room') state.room = decodePart(value);
    else if (name === 'lang' && Object.hasOwn(page.texts, value)) state.language = value;
    else if (name === 'theme' && (value === 'dark' || value === 'light')) state.theme = value;
    else if (name === 'pair' && cube) {
      const axes = value.split('~').map((text) => cube.axes.findIndex((axis) => axis.id === decodePart(text)));
      if (axes.length === 2 && axes[0] !== axes[1] && !axes.includes(-1)) state.pair = axes;
    } else if (name === 'plan') {
      const said = value.split('~').map(decodePart);
      const plan = Object.create(null);
      for (let index = 0; index + 1 < said.length; index += 2) if (said[index + 1] !== '' && Number.isFinite(Number(said[index + 1]))) plan[said[index]] = Number(said[index + 1]);
      if (Object.keys(plan).length > 0) state.plan = plan;
    } else if (name === 'client') {
      const bands = value.split('~').map(Number);
      if (bands.every((band) => Number.isInteger(band) && band >= 0)) state.client = bands;
    } else if (cube) {
      const axis = cube.axes.findIndex((known) => known.id === name);
      if (axis < 0) continue;
      const values = new Set(value.split('~').map((text) => cube.axes[axis].values.indexOf(decodePart(text))).filter((index) => index >= 0));
      if (values.size > 0 && values.size < cube.sizes[axis]) state.chosen.set(axis, values);
    }
  }
  return state;
}
