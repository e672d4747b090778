// The page's elements. Every text from the study goes in as text, never as markup.

/** Element with attributes and children; a child that is no element becomes text. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** Puts these children in place of what is there. */
function fill(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function download(name, blob) {
  const link = make('a', { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const fileName = (id, ending) => id.replace(/[^\p{L}\p{N}._-]+/gu, '-') + '.' + ending;

/** A cell of a file: quoted where needed; a text that a spreadsheet would take for a formula gets an apostrophe. */
function csvCell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return isRussian() ? String(value).replace('.', ',') : String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
  return /[",;\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

/** Table as a file that Excel opens right: BOM, and the separator of the language. */
function saveTable(id, columns, rows) {
  const comma = isRussian() ? ';' : ',';
  const heads = columns.flatMap((column) => column.unit && column.isInterval
    ? [column.title + ' ' + word('lowEnd'), column.title + ' ' + word('highEnd')] : [column.title]);
  const lines = rows.map((row) => row.flatMap((cell, index) => columns[index].isInterval
    ? (Array.isArray(cell) ? cell : [null, null]) : [cell]).map(csvCell).join(comma));
  const text = '\ufeff' + [heads.map(csvCell).join(comma), ...lines].join('\r\n') + '\r\n';
  download(fileName(id, 'csv'), new Blob([text], { type: 'text/csv' }));
}

/** A table with its title and a button that saves it. Columns: title, unit (none for texts), isInterval. */
function tableOf(table) {
  const isNumber = (column) => Boolean(column.unit);
  const head = make('tr', null, table.columns.map((column) => make('th',
    { scope: 'col', class: isNumber(column) ? 'number' : null }, column.title)));
  const lines = (rows) => rows.map((row) => make('tr', null, row.map((cell, index) => {
    const column = table.columns[index];
    const text = inUnit(cell, column.unit);
    return index === 0 && !isNumber(column) ? make('th', { scope: 'row' }, text)
      : make('td', { class: isNumber(column) ? 'number' : null }, text);
  })));
  const body = make('tbody', null, lines(table.rows));
  const title = table.title;
  const element = make('div', { class: 'table' },
    make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title },
      make('table', null, make('caption', { class: table.isTwin ? 'hidden' : null }, title),
        make('thead', null, head), body)),
    table.note ? make('p', { class: 'note' }, table.note) : null,
    make('div', { class: 'tools' }, make('button', {
      type: 'button', onclick: () => saveTable(table.id, table.columns, table.rows),
      'aria-label': word('saveTable') + ': ' + title,
    }, 'CSV')));
  element.setRows = (rows) => {
    table.rows = rows;
    // Lines that are there already get other texts.
    const isSame = body.rows.length === rows.length;
    if (!isSame) fill(body, lines(rows));
    else rows.forEach((row, line) => row.forEach((cell, index) => setText(body.rows[line].cells[index], inUnit(cell, table.columns[index].unit))));
  };
  return element;
}
