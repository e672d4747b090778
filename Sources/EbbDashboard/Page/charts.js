// Charts: specifications come ready from the study; the page sets their width, puts live rows in place and saves them.

const views = new Map();

/** Whether Vega is there; `null` until it is known. */
let hasDrawing = null;

/** Words of a pointer over a mark, as text. */
const bubble = make('div', { class: 'bubble', hidden: true, role: 'presentation' });

function showBubble(handler, event, item, value) {
  if (value === null || value === undefined || value === '') { bubble.hidden = true; return; }
  setText(bubble, typeof value === 'object' ? String(value.text ?? '') : String(value));
  bubble.hidden = false;
  const x = Math.min(event.clientX + 14, window.innerWidth - bubble.offsetWidth - 8);
  const y = event.clientY + 18 + bubble.offsetHeight > window.innerHeight ? event.clientY - bubble.offsetHeight - 10 : event.clientY + 18;
  bubble.style.left = Math.max(4, x) + 'px';
  bubble.style.top = Math.max(4, y) + 'px';
}

/** Vega keeps groups in plain objects, where a name like "constructor" is taken: such names get a mark that is not seen. */
const drawableName = (name) => (typeof name === 'string' && name in Object.prototype ? '\u2060' + name : name);
const drawable = (row, at) => ({ ...row, at, label: drawableName(row.label), series: drawableName(row.series) });

/** Copy with tooltips, width and the language's way of writing numbers; names and legends within what room there is. */
function dressed(entry, width, withTitle) {
  const specification = entry.specification.spec;
  const spec = structuredClone(specification);
  spec.data.values = entry.rows.map(drawable);
  spec.width = Math.max(200, Math.floor(width));
  const { axis, legend } = texts.chartConfig;
  const limit = Math.round(Math.max(110, Math.min(420, width * 0.38)));
  spec.config = {
    ...texts.chartConfig, axis: { ...axis, labelLimit: limit }, axisX: { ...texts.chartConfig.axisX, tickCount: width < 480 ? 3 : 5 },
    legend: { ...legend, columns: width < 480 ? 1 : 2, labelLimit: Math.round(width * (width < 480 ? 0.8 : 0.42)) },
  };
  if (!withTitle) delete spec.title;
  const labels = spec.data.values.map((row) => row.label || '');
  const beside = specification.padding.right + Math.min(limit, Math.max(40, ...labels.map(textWidth)));
  const letters = Math.max(16, Math.floor((width - beside) / 6.4));
  for (const layer of spec.layer) {
    if (layer.encoding?.description) layer.encoding.tooltip = { field: 'text', type: 'nominal' };
    for (const channel of Object.values(layer.encoding || {})) if (channel.scale?.domain) channel.scale.domain = channel.scale.domain.map(drawableName);
    const title = layer.encoding?.x?.axis?.title;
    if (typeof title === 'string' && title.length > letters) layer.encoding.x.axis.title = wrapped(title, letters);
  }
  return spec;
}

const drawing = { renderer: 'svg', actions: false, ast: true, mode: 'vega-lite', defaultStyle: false, tooltip: showBubble, logLevel: 1 };

/**
 * A figure: title, drawing, note, its table, and buttons that save it.
 * `live`: what draws it where it follows the filter; Vega-Lite draws the others, and saves all of them.
 */
function figureOf(specification, options = {}) {
  const id = specification.id;
  const host = make('div', { class: 'drawing' });
  const title = make('h3', { id: 't-' + id }, specification.spec.title.text);
  const note = make('p', { class: 'note' }, specification.spec.title.subtitle || '');
  const twin = make('details', { class: 'twin' }, make('summary', null, word('asTable')));
  const figure = make('figure', { class: 'chart ' + (options.class || '') + (specification.picks ? ' pickable' : ''), 'aria-labelledby': 't-' + id, 'data-chart': id },
    make('figcaption', null, title, options.live ? null : ofAll()), host, note,
    make('div', { class: 'tools' }, twin,
      make('button', { type: 'button', 'aria-label': word('saveSVG') + ': ' + specification.spec.title.text, onclick: () => saveDrawing(entry, 'svg') }, 'SVG'),
      make('button', { type: 'button', 'aria-label': word('savePNG') + ': ' + specification.spec.title.text, onclick: () => saveDrawing(entry, 'png') }, 'PNG')));
  const entry = {
    id, figure, host, title, note, twin, specification, rows: specification.spec.data.values,
    titleText: specification.spec.title.text, noteText: specification.spec.title.subtitle || '', view: null, live: null, pending: null,
  };
  if (options.live) entry.live = options.live(entry);
  twin.addEventListener('toggle', () => { if (twin.open) fillTwin(entry); });
  views.set(id, entry);
  return figure;
}

/** Said where a filter is set and what stands here does not follow it. */
const ofAll = () => make('p', { class: 'whole-tag' }, word('ofAll'));

/** A mark of a chart of all clients that names a value of the cells chooses it. */
function pickMark(pick) {
  if (!pick) return;
  toggle(pick[0], pick[1]);
  filterChanged();
}

function fillTwin(entry) {
  const { columns } = entry.specification;
  const rows = entry.rows.map((row) => columns.map((column) => column.isInterval
    ? (row.low === undefined || row.low === null ? null : [row.low, row.high]) : row[column.field] ?? null));
  fill(entry.twin, make('summary', null, word('asTable')),
    tableOf({ id: entry.id, title: entry.titleText, columns, rows, isTwin: true }));
}

/** Draws a figure where there is room for it; a second call while one is under way waits for its end. */
async function draw(entry) {
  if (entry.live) {
    const width = entry.host.clientWidth;
    if (width === 0 || (entry.drawnWidth === width && entry.live.isFit())) return;
    entry.drawnWidth = width;
    entry.live.draw(width);
    return;
  }
  if (!hasDrawing) {
    // The drawing library comes last; where there is none, the table stands in.
    if (hasDrawing === false) entry.twin.open = true;
    return;
  }
  const width = entry.host.clientWidth;
  if (width === 0 || entry.pending) return entry.pending;
  if (entry.view && entry.drawnWidth === width) return;
  entry.drawnWidth = width;
  entry.pending = (async () => {
    const { specification } = entry;
    const spec = dressed(entry, width, false);
    const result = await window.vegaEmbed(entry.host, spec, drawing);
    entry.view?.finalize();
    entry.view = result.view;
    if (specification.picks) entry.view.addEventListener('click', (_, item) => pickMark(specification.picks[item?.datum?.at]));
    sayDrawing(entry);
    // Vega makes marks anew in its own time.
    new MutationObserver(() => sayDrawing(entry)).observe(entry.host, { childList: true, subtree: true, attributeFilter: ['aria-roledescription'] });
  })();
  try { await entry.pending; } finally { entry.pending = null; }
}

/** Vega calls every drawing a visualization, in English. */
function sayDrawing(entry) {
  for (const element of entry.figure.querySelectorAll('[aria-roledescription=visualization]')) element.setAttribute('aria-roledescription', word('drawing'));
  for (const element of entry.host.querySelectorAll('svg [aria-roledescription$="mark container"]')) element.removeAttribute('aria-roledescription');
}

/** Other rows, and words that go with them. */
function updateChart(id, rows, title, note) {
  const entry = views.get(id);
  if (!entry) return;
  entry.rows = rows;
  if (title !== undefined) { entry.titleText = title; setText(entry.title, title); }
  if (note !== undefined) { entry.noteText = note; setText(entry.note, note); }
  if (entry.live) {
    if (entry.drawnWidth && entry.live.isFit()) entry.live.update(); else if (entry.drawnWidth) entry.live.draw(entry.drawnWidth);
  } else if (entry.view && !entry.figure.closest('[hidden]')) {
    entry.view.data('points', rows.map(drawable)).run();
    entry.isStale = false;
    sayDrawing(entry);
  } else {
    entry.isStale = true;
  }
  if (entry.twin.open) fillTwin(entry);
}

/** The drawing by itself, on white or the page's dark, with its title and note. */
async function saveDrawing(entry, ending) {
  const style = getComputedStyle(document.documentElement);
  const spec = dressed(entry, 760, true);
  spec.title = { text: wrapped(entry.titleText, 90), subtitle: wrapped(entry.noteText, 120) };
  const resolved = JSON.parse(JSON.stringify(spec).replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim()));
  resolved.config.background = style.getPropertyValue('--paper').trim();
  const host = make('div');
  const { view } = await window.vegaEmbed(host, resolved, { ...drawing, renderer: 'none' });
  if (ending === 'svg') {
    download(fileName(entry.id, 'svg'), new Blob([await view.toSVG()], { type: 'image/svg+xml' }));
  } else {
    const canvas = await view.toCanvas(2);
    canvas.toBlob((blob) => download(fileName(entry.id, 'png'), blob), 'image/png');
  }
  view.finalize();
}

/** In lines of about so many letters. */
function wrapped(text, length) {
  const lines = [''];
  for (const part of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last].length + part.length > length) lines.push(part); else lines[last] += (lines[last] ? ' ' : '') + part;
  }
  return lines;
}

const sight = new IntersectionObserver((changes) => {
  for (const change of changes) if (change.isIntersecting) seen(views.get(change.target.dataset.chart));
}, { rootMargin: '400px' });

async function seen(entry) {
  if (!entry) return;
  await draw(entry);
  if (entry.isStale && entry.view) updateChart(entry.id, entry.rows);
}

const isNear = (entry) => {
  const box = entry.figure.getBoundingClientRect();
  return box.width > 0 && box.top < window.innerHeight + 400 && box.bottom > -400;
};

let restTimer = 0;

/** When a choice was answered last. */
let answered = -1000;

/** What is out of sight is drawn one by one when there is nothing else to do, so that paper has it too. */
function drawRest() {
  clearTimeout(restTimer);
  restTimer = setTimeout(async () => {
    // Whoever chooses is answered first.
    if (performance.now() - answered < 1000) { drawRest(); return; }
    const next = [...views.values()].find((entry) => !entry.drawnWidth && entry.host.clientWidth > 0);
    if (!next || !hasDrawing) return;
    await seen(next);
    if (next.drawnWidth) drawRest();
  }, 120);
}

let redrawTimer = 0;
const widths = new ResizeObserver(() => {
  clearTimeout(redrawTimer);
  redrawTimer = setTimeout(() => {
    for (const entry of views.values()) if (entry.drawnWidth && entry.host.clientWidth > 0) draw(entry);
  }, 120);
});

function watchCharts(root) {
  for (const figure of root.querySelectorAll('[data-chart]')) sight.observe(figure);
}

function forgetCharts() {
  for (const entry of views.values()) entry.view?.finalize();
  views.clear();
  kpiParts.length = 0;
  groupTables.groups = null;
  groupTables.compositions = null;
  planView = null;
  clientView = null;
  sight.disconnect();
}
