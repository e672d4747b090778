// The cells of clients: which are chosen, and the counts of any cut of them.

let cube = null;

/** Sets of chosen values by axis; an axis without a set is not filtered. */
const chosen = new Map();

function readCube(data) {
  if (!data) return null;
  const size = data.n.length;
  const codes = data.sizes.map(() => new Uint8Array(size));
  let place = 0;
  for (let cell = 0; cell < size; cell++) {
    place += data.at[cell];
    let rest = place;
    for (let axis = data.sizes.length - 1; axis >= 0; axis--) {
      codes[axis][cell] = rest % data.sizes[axis];
      rest = Math.floor(rest / data.sizes[axis]);
    }
  }
  const present = data.sizes.map((length) => new Float64Array(length));
  for (let axis = 0; axis < codes.length; axis++) for (let cell = 0; cell < size; cell++) present[axis][codes[axis][cell]] += data.n[cell];
  const sums = (values) => (values ? Float64Array.from(values, (value) => value ?? 0) : null);
  return {
    size, codes, present, axes: data.axes, sizes: data.sizes,
    n: Float64Array.from(data.n), churned: Float64Array.from(data.churned), balance: sums(data.balance),
    expected: sums(data.expected), atRisk: sums(data.atRisk), whole: data.whole,
  };
}

const noSums = () => ({ n: 0, churned: 0, balance: 0, expected: 0, atRisk: 0 });

/**
 * One pass over the cells. `all`: sums of the chosen clients. `byAxis[a][value]`: sums by value of an axis, all filters
 * but its own applied, so that what is not chosen stays to be seen and to be chosen.
 * `pair`: two axes to be crossed, filters of both set aside.
 */
function aggregate(pair) {
  const { size, codes, n, churned, balance, expected, atRisk, sizes } = cube;
  const filters = [...chosen].map(([axis, values]) => {
    const allowed = new Uint8Array(sizes[axis]);
    for (const value of values) allowed[value] = 1;
    return { axis, codes: codes[axis], allowed };
  });
  const all = noSums();
  const counts = sizes.map((length) => ({ n: new Float64Array(length), churned: new Float64Array(length) }));
  const width = pair ? sizes[pair[1]] : 0;
  const crossed = pair
    ? { n: new Float64Array(sizes[pair[0]] * width), churned: new Float64Array(sizes[pair[0]] * width) } : null;
  for (let cell = 0; cell < size; cell++) {
    let failed = -1;
    let failures = 0;
    let failuresOutsidePair = 0;
    for (let index = 0; index < filters.length; index++) {
      const filter = filters[index];
      if (filter.allowed[filter.codes[cell]] === 0) {
        failures++;
        failed = filter.axis;
        if (!pair || (filter.axis !== pair[0] && filter.axis !== pair[1])) failuresOutsidePair++;
      }
    }
    const count = n[cell];
    const left = churned[cell];
    if (pair && failuresOutsidePair === 0) {
      const place = codes[pair[0]][cell] * width + codes[pair[1]][cell];
      crossed.n[place] += count;
      crossed.churned[place] += left;
    }
    if (failures > 1) continue;
    if (failures === 1) {
      const value = codes[failed][cell];
      counts[failed].n[value] += count;
      counts[failed].churned[value] += left;
      continue;
    }
    all.n += count;
    all.churned += left;
    if (balance) all.balance += balance[cell];
    if (expected) all.expected += expected[cell];
    if (atRisk) all.atRisk += atRisk[cell];
    for (let axis = 0; axis < counts.length; axis++) {
      const value = codes[axis][cell];
      counts[axis].n[value] += count;
      counts[axis].churned[value] += left;
    }
  }
  return { all, byAxis: counts, pair: crossed };
}

function toggle(axis, value) {
  const values = new Set(chosen.get(axis) || []);
  if (values.has(value)) values.delete(value); else values.add(value);
  choose(axis, values);
}

/** Every value chosen is no filter. */
function choose(axis, values) {
  if (values.size === 0 || values.size === cube.sizes[axis]) chosen.delete(axis);
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
