// Marks that choose: what pointer, finger and keyboard do on bars and cells that follow the filter.

const svgSpace = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes and children. */
function draw2D(tag, attributes, ...children) {
  const element = document.createElementNS(svgSpace, tag);
  for (const name of Object.keys(attributes || {})) if (attributes[name] !== null) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
}

/** Only what changed is written: most marks stay as they are from one filter to the next. */
function setMark(element, name, value) {
  const written = element.written || (element.written = {});
  if (written[name] === value) return;
  written[name] = value;
  if (value === null) element.removeAttribute(name); else element.setAttribute(name, value);
}

const measuring = document.createElement('canvas').getContext('2d');

function textWidth(text) {
  measuring.font = '12px ' + getComputedStyle(document.documentElement).fontFamily;
  return measuring.measureText(text).width;
}

/** As much of a text as there is room for. */
function cutTo(text, width) {
  if (textWidth(text) <= width) return text;
  const letters = [...text];
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(letters.slice(0, middle).join('').trimEnd() + '…') <= width) low = middle; else high = middle - 1;
  }
  return letters.slice(0, low).join('').trimEnd() + '…';
}

/** Round steps from nothing to `most` or a little beyond. */
function stepsTo(most, count) {
  const rough = (most > 0 ? most : 1) / Math.max(1, count);
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const left = rough / power;
  const step = power * (left >= 7.07 ? 10 : left >= 3.16 ? 5 : left >= 1.41 ? 2 : 1);
  const last = Math.ceil((most > 0 ? most : 1) / step - 1e-9);
  return { step, ticks: Array.from({ length: last + 1 }, (_, index) => index * step) };
}

/** How long a finger rests before its way is a choice and not scrolling. */
const restMilliseconds = 280;

/**
 * A click chooses one mark, a drag the marks from where it began to where it is. With Shift, Ctrl or Cmd a drag adds to
 * what is chosen. A finger rests first, or begins on the names, which do not scroll.
 * Keyboard: one mark of a chart is reached with Tab, arrows go on; Enter or Space chooses; with Shift, arrows and Space
 * choose all from the last chosen one; Escape takes a drag back.
 *
 * `marks`: elements in reading order, `columns` to a line. `near(x, y)`: the mark at or nearest to a place in the window.
 * `pick(mark)`, `range(from, to, isAdded)`, `done()`, `undo()`: what is to be done.
 */
function chooseWith(svg, { marks, columns, near, pick, range, done, undo }) {
  let current = 0;
  let anchor = null;
  let drag = null;
  // The click that ends a drag chooses nothing more.
  let isDragEnd = false;
  const at = (element) => marks.indexOf(element);

  function reach(index, isFocused) {
    setMark(marks[current], 'tabindex', '-1');
    current = index;
    setMark(marks[current], 'tabindex', '0');
    if (isFocused) marks[current].focus();
  }
  marks.forEach((mark, index) => setMark(mark, 'tabindex', index === 0 ? '0' : '-1'));

  function stop(isKept) {
    clearTimeout(drag.timer);
    const { isBrush } = drag;
    drag = null;
    svg.classList.remove('brushing');
    if (isBrush) { if (isKept) done(); else undo(); }
    return isBrush;
  }

  svg.addEventListener('pointerdown', (event) => {
    isDragEnd = false;
    if (event.button !== 0 || drag) return;
    const start = near(event.clientX, event.clientY);
    const isFinger = event.pointerType === 'touch' && !event.target.closest('.name');
    drag = { pointer: event.pointerId, x: event.clientX, y: event.clientY, start, end: start, isBrush: false, isArmed: !isFinger, isAdded: event.shiftKey || event.ctrlKey || event.metaKey };
    if (isFinger) drag.timer = setTimeout(() => { if (drag) { drag.isArmed = true; svg.classList.add('brushing'); } }, restMilliseconds);
  });
  svg.addEventListener('pointermove', (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const isFar = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 6;
    if (!drag.isArmed) {
      if (isFar) { clearTimeout(drag.timer); drag = null; }
      return;
    }
    if (!isFar && !drag.isBrush) return;
    const end = near(event.clientX, event.clientY);
    if (!drag.isBrush) {
      if (end === drag.start) return;
      drag.isBrush = true;
      bubble.hidden = true;
      svg.classList.add('brushing');
      svg.setPointerCapture(event.pointerId);
    } else if (end === drag.end) return;
    drag.end = end;
    range(drag.start, end, drag.isAdded);
  });
  svg.addEventListener('pointerup', (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { start, end } = drag;
    isDragEnd = stop(true);
    if (!isDragEnd) return;
    anchor = start;
    reach(end, false);
  });
  svg.addEventListener('pointercancel', () => { if (drag) stop(false); });
  svg.addEventListener('touchmove', (event) => { if (drag?.isArmed) event.preventDefault(); }, { passive: false });
  svg.addEventListener('contextmenu', (event) => { if (drag?.isArmed && drag.timer) event.preventDefault(); });

  svg.addEventListener('click', (event) => {
    const index = at(event.target.closest?.('.pick'));
    if (index < 0 || isDragEnd) return;
    anchor = index;
    reach(index, false);
    pick(index);
  });
  svg.addEventListener('pointerover', (event) => {
    if (!drag?.isBrush) showBubble(null, event, null, event.target.closest('.pick')?.row);
  });
  svg.addEventListener('pointerleave', () => { bubble.hidden = true; });

  svg.addEventListener('keydown', (event) => {
    const index = at(event.target);
    if (index < 0) return;
    if (event.key === 'Escape') { if (drag) stop(false); return; }
    const last = marks.length - 1;
    const line = index - index % columns;
    const to = { ArrowUp: index - columns, ArrowDown: index + columns, ArrowLeft: columns > 1 ? index - 1 : -1, ArrowRight: columns > 1 ? index + 1 : -1, Home: columns > 1 ? line : 0, End: columns > 1 ? line + columns - 1 : last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (to < 0 || to > last || (event.key === 'ArrowLeft' && to < line) || (event.key === 'ArrowRight' && to >= line + columns)) return;
      reach(to, true);
      if (event.shiftKey) {
        if (anchor === null) anchor = index;
        range(anchor, to, false);
        done();
      }
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (event.shiftKey && anchor !== null) {
        range(anchor, index, false);
        done();
      } else {
        anchor = index;
        pick(index);
      }
    }
  });
}
