// The cells of clients: which are chosen, and the counts of any cut of them.

let cube = null;

/** Sets of chosen values by axis; an axis without a set is not filtered. */
const chosen = new Map();

/**
 * Bytes of the cells are columns of numbers of four bytes: first the whole grid of levels, a place for every combination
 * with the last attribute running fastest; then cells that stand beside it, for they have a value "pooled", each with its
 * place in the grid that has these values too.
 */
function readCube(data, bytes) {
  if (!data) return null;
  const all = data.grid + data.beside;
  const column = (kind, index, count = all) => new kind(bytes.buffer, bytes.byteOffset + 4 * all * index, count);
  const counts = column(Uint32Array, 0);
  const places = column(Uint32Array, 2 + data.sums.length, data.beside);
  let size = 0;
  for (let at = 0; at < all; at++) if (counts[at] > 0) size++;
  const codes = data.sizes.map(() => new Uint8Array(size));
  const from = new Uint32Array(size);
  for (let at = 0, cell = 0; at < all; at++) {
    if (counts[at] === 0) continue;
    let rest = at < data.grid ? at : places[at - data.grid];
    const sizes = at < data.grid ? data.named : data.sizes;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      codes[axis][cell] = rest % sizes[axis];
      rest = Math.floor(rest / sizes[axis]);
    }
    from[cell++] = at;
  }
  const taken = (values) => Float64Array.from(from, (at) => values[at]);
  const n = taken(counts);
  const sums = (name) => (data.sums.includes(name) ? taken(column(Float32Array, 2 + data.sums.indexOf(name))) : null);
  const present = data.sizes.map((length) => new Float64Array(length));
  for (let axis = 0; axis < codes.length; axis++) for (let cell = 0; cell < size; cell++) present[axis][codes[axis][cell]] += n[cell];
  // A level whose clients are all in cells put together is there all the same.
  (data.exact || []).forEach((levels, axis) => levels && levels.n.forEach((n, value) => { present[axis][value] = Math.max(present[axis][value], n); }));
  return {
    size, codes, present, failures: new Uint8Array(size), failed: new Uint8Array(size), outside: new Uint8Array(size), axes: data.axes, sizes: data.sizes, named: data.named,
    n, churned: taken(column(Uint32Array, 1)), balance: sums('balance'), expected: sums('expected'), atRisk: sums('atRisk'), whole: data.whole,
    pairs: (data.pairs || []).map((pair) => ({ axes: pair.axes, n: Float64Array.from(pair.n), churned: Float64Array.from(pair.churned) })),
    exact: (data.exact || []).map((axis) => axis && { n: Float64Array.from(axis.n), churned: Float64Array.from(axis.churned), balance: axis.balance ? Float64Array.from(axis.balance) : null }),
  };
}

const noSums = () => ({ n: 0, churned: 0, balance: 0, expected: 0, atRisk: 0 });

/**
 * Column by column over the cells. `all`: sums of the chosen clients. `byAxis[a]`: sums by value of an axis, all filters
 * but its own applied, so that what is not chosen stays to be seen and to be chosen.
 * `pair`: two axes to be crossed, filters of both set aside.
 */
function aggregate(pair) {
  const { size, codes, n, churned, sizes, failures, failed, outside } = cube;
  failures.fill(0);
  outside.fill(0);
  for (const [axis, values] of chosen) {
    const allowed = new Uint8Array(sizes[axis]);
    for (const value of values) allowed[value] = 1;
    const code = codes[axis];
    const isOutside = pair && axis !== pair[0] && axis !== pair[1] ? 1 : 0;
    for (let cell = 0; cell < size; cell++) {
      if (allowed[code[cell]] === 1) continue;
      failures[cell]++;
      failed[cell] = axis;
      outside[cell] |= isOutside;
    }
  }
  const all = noSums();
  for (const name of Object.keys(all)) {
    const values = cube[name];
    if (!values) continue;
    let sum = 0;
    for (let cell = 0; cell < size; cell++) if (failures[cell] === 0) sum += values[cell];
    all[name] = sum;
  }
  const byAxis = sizes.map((length, axis) => {
    const sums = { n: new Float64Array(length), churned: new Float64Array(length) };
    const code = codes[axis];
    for (let cell = 0; cell < size; cell++) {
      if (failures[cell] > 1 || (failures[cell] === 1 && failed[cell] !== axis)) continue;
      sums.n[code[cell]] += n[cell];
      sums.churned[code[cell]] += churned[cell];
    }
    return sums;
  });
  // All clients are shown as the study counts them, small groups and all; a part of them as the cells tell it.
  const shown = chosen.size > 0 ? byAxis : byAxis.map((sums, axis) => cube.exact[axis] || sums);
  return { all, byAxis: shown, byCells: byAxis, pair: pair ? (chosen.size === 0 && exactPair(pair)) || cross(pair) : null };
}

/** All clients by two axes as the study counts them; `null` where it does not. */
function exactPair([first, second]) {
  const found = cube.pairs.find(({ axes }) => axes.includes(first) && axes.includes(second));
  if (!found || found.axes[0] === first) return found || null;
  const [width, height] = [cube.sizes[second], cube.sizes[first]];
  const turned = (values) => values.map((_, place) => values[(place % width) * height + Math.floor(place / width)]);
  return { n: turned(found.n), churned: turned(found.churned) };
}

/** Sums by the values of two axes, the second running fastest. */
function cross([first, second]) {
  const { size, codes, n, churned, sizes, outside } = cube;
  const width = sizes[second];
  const crossed = { n: new Float64Array(sizes[first] * width), churned: new Float64Array(sizes[first] * width) };
  for (let cell = 0; cell < size; cell++) {
    if (outside[cell] === 1) continue;
    const place = codes[first][cell] * width + codes[second][cell];
    crossed.n[place] += n[cell];
    crossed.churned[place] += churned[cell];
  }
  return crossed;
}

/** Balance by the values of an axis, after `aggregate`. */
function balanceBy(axis) {
  return chosen.size === 0 && cube.exact[axis]?.balance ? cube.exact[axis].balance : sumBy(axis, cube.balance);
}

/** Sums of a column by the values of an axis, after `aggregate`; its own filter set aside. */
function sumBy(axis, column) {
  const { size, codes, sizes, failures, failed } = cube;
  const sums = new Float64Array(sizes[axis]);
  for (let cell = 0; cell < size; cell++) {
    if (failures[cell] === 0 || (failures[cell] === 1 && failed[cell] === axis)) sums[codes[axis][cell]] += column[cell];
  }
  return sums;
}

/** Clients by the values of two axes, the second running fastest; the first one's own filter set aside. */
function countBoth(first, second) {
  const { size, codes, n, sizes, failures, failed } = cube;
  const counts = new Float64Array(sizes[first] * sizes[second]);
  for (let cell = 0; cell < size; cell++) {
    if (failures[cell] === 0 || (failures[cell] === 1 && failed[cell] === first)) counts[codes[first][cell] * sizes[second] + codes[second][cell]] += n[cell];
  }
  return counts;
}

function toggle(axis, value) {
  const values = new Set(chosen.get(axis) || []);
  if (values.has(value)) values.delete(value); else values.add(value);
  choose(axis, values);
}

/** Every value chosen is no filter. */
function choose(axis, values) {
  if (values.size === 0 || cube.present[axis].every((n, value) => n === 0 || values.has(value))) chosen.delete(axis);
  else chosen.set(axis, new Set([...values].sort((a, b) => a - b)));
}

/** "City: Omsk or Tomsk; products: 3". */
function filterInWords() {
  if (chosen.size === 0) return word('noFilter');
  const parts = [...chosen].sort((a, b) => a[0] - b[0]).map(([axis, values]) =>
    texts.axes[axis].title + ': ' + listed([...values].map((value) => texts.axes[axis].values[value])));
  return parts.join('; ');
}

function listed(names) {
  if (names.length < 2) return names.join('');
  return names.slice(0, -1).join(', ') + ' ' + word('or') + ' ' + names[names.length - 1];
}
