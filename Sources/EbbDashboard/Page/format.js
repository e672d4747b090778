// Numbers and words as people of the page's language write them; the same rules as EbbWords.NumberFormat.

let language = 'en';
let texts = null;

const isRussian = () => language === 'ru';

/** A text of the page by its name, with its places filled. */
function word(name, places) {
  let text = texts.words[name];
  if (text === undefined) throw new Error('no words for ' + name);
  if (places) for (const key of Object.keys(places)) text = text.split('{' + key + '}').join(places[key]);
  return text;
}

/** Plural forms after CLDR: English one, other; Russian one, few, many. */
function plural(count, name) {
  const forms = texts.plurals[name];
  const n = Math.abs(count);
  if (!isRussian()) return n === 1 ? forms[0] : forms[1];
  if (n % 10 === 1 && n % 100 !== 11) return forms[0];
  if (n % 10 >= 2 && n % 10 <= 4 && !(n % 100 >= 12 && n % 100 <= 14)) return forms[1];
  return forms[2];
}

const counted = (count, name) => integer(count) + '\u00a0' + plural(Math.round(count), name);

function grouped(digits) {
  if (digits.length <= (isRussian() ? 4 : 3)) return digits;
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, isRussian() ? '\u202f' : ',');
}

/** Half away from zero on the shortest decimal form; toFixed alone would round the binary value. */
function fixed(value, decimals) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '—';
  let text = Math.abs(value).toFixed(decimals);
  const shortest = String(Math.abs(value));
  const cut = shortest.indexOf('.') + 1 + decimals;
  if (shortest.indexOf('.') >= 0 && !shortest.includes('e') && shortest.length === cut + 1 && shortest[cut] === '5') {
    text = (Number(shortest.slice(0, cut) || 0) + Math.pow(10, -decimals)).toFixed(decimals);
  }
  const [whole, part] = text.split('.');
  const isZero = /^[0.]*$/.test(text);
  return (value < 0 && !isZero ? '−' : '') + grouped(whole) + (part ? (isRussian() ? ',' : '.') + part : '');
}

const integer = (value) => fixed(value, 0);
const percent = (share, decimals = 1) => share === null || share === undefined || !Number.isFinite(share)
  ? '—' : fixed(share * 100, decimals) + (isRussian() ? '\u00a0%' : '%');

function signed(value, decimals) {
  const text = fixed(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? '+' + text : text;
}

const separator = () => (isRussian() ? '; ' : ', ');

/** "[19.6, 21.2%]". */
function interval(low, high, unit) {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return '—';
  if (unit === 'share') return '[' + fixed(low * 100, 1) + separator() + percent(high) + ']';
  const decimals = decimalsOf(unit);
  return '[' + fixed(low, decimals) + separator() + fixed(high, decimals) + ']';
}

/** Large sums short: "764.9 m". */
function money(value) {
  if (!Number.isFinite(value)) return '—';
  for (const [size, name] of [[1e9, 'billions'], [1e6, 'millions'], [1e5, 'thousands']]) {
    if (Math.abs(value) >= size) return fixed(value / (name === 'thousands' ? 1e3 : size), 1) + '\u00a0' + word(name);
  }
  return fixed(value, 0);
}

const decimalsOf = (unit) => (typeof unit === 'string' && unit.startsWith('number') ? Number(unit.slice(6)) : 0);

/** A value in the unit that its axis or column has. */
function inUnit(value, unit) {
  if (value === null || value === undefined) return '—';
  if (Array.isArray(value)) return interval(value[0], value[1], unit);
  if (typeof value === 'string') return value;
  if (unit === 'share') return percent(value);
  if (unit === 'money') return money(value);
  if (unit === 'points') return signed(value * 100, 1) + '\u00a0' + word('percentagePoints');
  if (unit === 'p') return value < 0.001 ? '<\u00a0' + fixed(0.001, 3) : fixed(value, 3);
  if (unit === 'signed') return signed(value, 2);
  return fixed(value, decimalsOf(unit));
}

/** Wilson's score interval of a share, 95 %. */
function wilson(x, n) {
  if (!(n > 0)) return [null, null];
  const z = 1.959963984540054;
  const bound = (k) => {
    const p = k / n;
    if (p === 0) return 0;
    const a = z * z / n;
    return p * p / (p + a / 2 + z * Math.sqrt(p * (1 - p) / n + a / (4 * n)));
  };
  return [Math.min(bound(x), x / n), Math.max(1 - bound(n - x), x / n)];
}
