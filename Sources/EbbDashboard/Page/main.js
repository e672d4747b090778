// The page: reads its data, builds rooms, follows the address.

let page = null;
let state = null;
let rooms = [];
let shownAddress = null;

function show(next, force) {
  const before = state;
  state = next;
  shownAddress = location.hash;
  if (!before || before.language !== next.language || force) {
    language = next.language;
    texts = page.texts[language];
    document.documentElement.lang = language;
    document.title = texts.title;
    buildPage();
  }
  applyTheme(next.theme);
  chosen.clear();
  if (cube) for (const [axis, values] of next.chosen) chosen.set(axis, values);
  showRoom(rooms.some((room) => room.id === next.room) ? next.room : rooms[0].id);
  if (cube) setPair(next.pair);
  planView?.set(next.plan);
  clientView?.set(next.client);
  updateLive();
  for (const entry of views.values()) if (entry.live && !entry.figure.closest('[hidden]')) draw(entry);
  drawRest();
}

function applyTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  const dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const button = document.getElementById('theme');
  if (button) { setText(button, word(dark ? 'light' : 'dark')); button.dataset.to = dark ? 'light' : 'dark'; }
}

function showRoom(id) {
  state.room = id;
  for (const room of rooms) {
    const isShown = room.id === id;
    room.section.hidden = !isShown;
    if (isShown) room.link.setAttribute('aria-current', 'page'); else room.link.removeAttribute('aria-current');
  }
  const room = rooms.find((one) => one.id === id);
  if (!room.isBuilt) {
    room.isBuilt = true;
    append(room.section, room.blocks.map(buildTagged));
    watchCharts(room.section);
  }
  const band = document.getElementById('band');
  if (band) band.hidden = !room.isFiltered;
  linkRooms();
}

function linkRooms() {
  for (const room of rooms) room.link.setAttribute('href', addressOf({ ...state, room: room.id, chosen }));
}

/** A filter, language or look was changed: it goes into the address, and from there into the page. */
function go(changes) {
  const next = { ...state, chosen: new Map(chosen), ...changes };
  const address = addressOf(next);
  if (address !== location.hash) {
    history.pushState(null, '', address);
  }
  show(next);
}

/** Another choice of clients, made in the page. */
function filterChanged() {
  const focused = document.activeElement;
  // The study's own pair need not be said.
  if (pairAxes) state.pair = pairAxes.join() === pairStart.join() ? null : pairAxes.slice();
  updateLive();
  answered = performance.now();
  remember(true);
  if (focused && focused !== document.activeElement && document.contains(focused)) focused.focus({ preventScroll: true });
}

/** What is seen goes into the address, once it is painted: as a step to go back from, or in place of the last one. */
function remember(isStep) {
  const isWaiting = pendingStep !== null;
  pendingStep = Boolean(pendingStep) || isStep;
  if (!isWaiting) requestAnimationFrame(() => setTimeout(() => { const step = pendingStep; pendingStep = null; writeAddress(step); }, 0));
}

let pendingStep = null;

function writeAddress(isStep) {
  const address = addressOf({ ...state, chosen });
  if (address !== location.hash) {
    if (isStep) history.pushState(null, '', address); else history.replaceState(null, '', address);
  }
  shownAddress = location.hash;
  linkRooms();
}

function buildPage() {
  forgetCharts();
  const header = document.getElementById('header');
  const other = Object.keys(page.texts).find((name) => name !== language);
  const languageButton = make('button', { type: 'button', id: 'language', lang: other, onclick: () => { go({ language: other }); document.getElementById('language').focus(); } }, page.texts[other].languageName);
  fill(header, make('div', { class: 'heading' }, make('h1', null, texts.heading), make('p', { class: 'note' }, texts.subtitle)),
    make('div', { class: 'buttons' }, languageButton,
      make('button', { type: 'button', id: 'theme', onclick: (event) => go({ theme: event.currentTarget.dataset.to }) }),
      make('button', { type: 'button', id: 'print', onclick: printAll }, word('print'))));
  setText(document.getElementById('skip'), word('skip'));
  const nav = document.getElementById('rooms');
  nav.setAttribute('aria-label', word('roomsLabel'));
  const main = document.getElementById('main');
  rooms = texts.rooms.map((room) => ({
    ...room, isBuilt: false,
    link: make('a', { href: '#room=' + room.id }, room.title),
    section: make('section', { id: 'room-' + room.id, class: 'room', hidden: true, 'aria-labelledby': 'h-' + room.id },
      make('h2', { id: 'h-' + room.id, tabindex: '-1' }, room.title), room.intro ? make('p', { class: 'intro' }, room.intro) : null),
  }));
  fill(nav, make('ul', null, rooms.map((room) => make('li', null, room.link))));
  fill(main, cube ? band() : null, rooms.map((room) => room.section));
  setText(document.getElementById('footer'), texts.footer);
}

/** Every room on paper, one after another, all drawn before the dialogue opens; back to what was seen when it closes. */
async function printAll() {
  for (const room of rooms) {
    showRoom(room.id);
    updateLive();
    for (const fold of room.section.querySelectorAll('details.fold')) fold.open = true;
  }
  for (const room of rooms) room.section.hidden = false;
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const entry of views.values()) await seen(entry);
  window.addEventListener('afterprint', () => show(stateOf(location.hash)), { once: true });
  window.print();
}

/** A link, the back button, an address typed in: some of these say so twice. */
function follow() {
  if (location.hash !== shownAddress) show(stateOf(location.hash));
}

async function begin() {
  page = JSON.parse(await unpacked('data'));
  cube = readCube(page.cube, packed('cells'));
  window.addEventListener('hashchange', follow);
  window.addEventListener('popstate', follow);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => applyTheme(state.theme));
  document.body.append(bubble);
  window.addEventListener('scroll', () => { bubble.hidden = true; }, { passive: true });
  window.addEventListener('keydown', (event) => { if (event.key === 'Escape') bubble.hidden = true; });
  show(stateOf(location.hash));
  widths.observe(document.getElementById('main'));
  document.documentElement.dataset.ready = 'yes';
  // The page is painted first.
  requestAnimationFrame(() => setTimeout(bringDrawing, 0));
}

/** Vega, and what it draws. */
async function bringDrawing() {
  if (document.getElementById('drawing')) {
    const script = make('script');
    script.textContent = await unpacked('drawing');
    document.head.append(script);
  }
  hasDrawing = Boolean(window.vegaEmbed);
  for (const entry of views.values()) if (isNear(entry)) seen(entry);
  drawRest();
}

// Everybody's browser has this since 2023.
if (window.DecompressionStream) begin(); else document.getElementById('needs').hidden = false;
