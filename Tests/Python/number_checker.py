"""Reads every number that a person sees and looks for it in study.json, rounded as it is shown.

What is shown comes as sentences and tables (a chart is a table of its values), each with the parts of the study it may
speak of. A number alone proves little: in a whole study nearly every percentage with one decimal occurs somewhere.
So that a wrong digit is seen:

- a number may stand only for figures of its kind: a percentage for a share, a whole number for a count;
- an interval is one interval of the study, with the estimate before it; "12 of 345" stand together there;
- a sentence that speaks of one thing ("findings.*") takes all its numbers from one of them;
- a column of a table is one figure of a list's elements, a row is one element, and no element has two rows.

    mismatches = check(shown, study)
"""

import bisect
import collections
import dataclasses
import itertools
import re

from shown_numbers import Shown, exact, read
from study_figures import Pool, part, with_recounts


@dataclasses.dataclass
class Sentence:
    where: str
    parts: list
    text: str
    lang: str
    # Lists of the study one element of which holds all the sentence's numbers.
    one_of: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Table:
    """`rows` of cells: texts, or floats of a chart (None: nothing there)."""
    where: str
    parts: list
    rows: list
    lang: str
    # Rows and columns alike, every cell the same figure of another element.
    is_matrix: bool = False
    # Columns that name the rows; guessed where unknown.
    labels: set = None


@dataclasses.dataclass
class Mismatch:
    where: str
    shown: str
    context: str

    def __str__(self):
        return f"{self.where}: {self.shown} in {self.context!r}"


def check(places, study, are_names_of_rows=True):
    """Every number that is not the study's. Where groups are so small that many have the same figures, which of them a row
    is cannot be told by its figures: the numbers in its name need then only be some group's."""
    return Checker(study, are_names_of_rows).check(places)


class Checker:
    def __init__(self, study, are_names_of_rows=True):
        self.are_names_of_rows = are_names_of_rows
        self.study = with_recounts(study)
        self.pools = {}
        self.borders = Pool(self.study, list(self.study)).kinds.get("border", ([], []))[0]

    def is_border(self, number):
        """Whether some group of the study begins or ends there, or is named so."""
        low, high = number.reach
        at = bisect.bisect_left(self.borders, low)
        return number.scale == 1 and not number.is_bound and at < len(self.borders) and self.borders[at] <= high

    def pool(self, parts):
        key = tuple(parts)
        if key not in self.pools:
            self.pools[key] = Pool(self.study, parts)
        return self.pools[key]

    def check(self, places):
        found = []
        for place in places:
            found += self.sentence(place) if isinstance(place, Sentence) else self.table(place)
        return found

    # MARK: Sentences

    def without_names(self, text, pool):
        """Names from the table may hold digits of their own."""
        for name in pool.names:
            if name in text:
                text = text.replace(name, " " * len(name))
        return text

    def sentence(self, place):
        pool = self.pool(place.parts)
        text = self.without_names(place.text, pool)
        shown = list(read(text, place.lang))
        wrong = {}
        for number in shown:
            if not pool.find(number) and not (is_of_band(number, text) and self.is_border(number)):
                wrong[number.start] = number
        for numbers, reach in groups(shown, text):
            if all(self.is_border(number) for number in numbers[-2:]):
                continue
            if not any(number.start in wrong for number in numbers) and not together(pool, numbers, reach):
                wrong[numbers[-1].start] = numbers[-1]
        if place.one_of and shown:
            wrong |= self.not_of_one(place, shown)
        return [Mismatch(place.where, number.text, place.text.strip()[:140]) for _, number in sorted(wrong.items())]

    def not_of_one(self, place, shown):
        """Numbers that the best of the elements does not hold."""
        best = None
        for path in place.one_of:
            for at, _ in part(self.study, path):
                pool = self.pool([".".join(map(str, at))])
                # Of what the groups are made is known, or it may be any group's.
                own = "border" in pool.kinds
                missing = {
                    number.start: number for number in shown
                    if not pool.find(number) and (own or not (is_of_band(number, place.text) and self.is_border(number)))}
                if best is None or len(missing) < len(best):
                    best = missing
                if not best:
                    return {}
        return best or {}

    # MARK: Tables

    def table(self, place):
        pool = self.pool(place.parts)
        rows = [[self.numbers(cell, place, pool) for cell in row] for row in place.rows]
        labels = place.labels
        if labels is None:
            drawn = any(isinstance(cell, float) for row in place.rows for cell in row)
            # Headings name columns, not rows.
            is_head = len(place.rows) > 1 and all(cell in (None, "") or is_label(cell) for cell in place.rows[0])
            labels = {column for row in place.rows[is_head:] for column, cell in enumerate(row)
                      if is_label(cell) or drawn and isinstance(cell, str)}
        names = {index: [number for column, cell in enumerate(row) if column in labels for number in cell]
                 for index, row in enumerate(rows)}
        rows = [[[] if column in labels else cell for column, cell in enumerate(row)] for row in rows]
        if place.is_matrix:
            rows = [[cell] for row in rows for cell in row[1:] if cell]
        unexplained, elements, _ = explain(rows, pool, {} if place.is_matrix else names)
        if unexplained and not place.is_matrix and len(rows) > 1:
            # Groups may stand side by side.
            width = max(map(len, rows))
            turned = [[row[column] if column < len(row) else [] for row in rows] for column in range(width)]
            other = explain(turned, pool, {})
            # Only where that is what the table is.
            if other[2] > 0.8:
                also = {id(number) for number in other[0]}
                unexplained = [number for number in unexplained if id(number) in also]
        wrong = unexplained + self.torn(place, rows, pool) + [
            number for row, numbers in names.items() for number in numbers if not self.names(number, None if place.is_matrix else elements.get(row), pool)]
        return [Mismatch(place.where, number.text, " | ".join(map(str, context_of(place, number)))[:160]) for number in wrong]

    def torn(self, place, rows, pool):
        """Ends of intervals that are not one interval's."""
        wrong = []
        for texts, cells in zip(place.rows, rows):
            for text, numbers in zip(texts, cells):
                for found, reach in groups(numbers, text) if isinstance(text, str) else ():
                    if all(pool.find(number) for number in found) and not together(pool, found, reach):
                        wrong.append(found[-1])
        return wrong

    def names(self, number, element, pool):
        """Whether a number may stand in a row's name: one of what the row is of, where that is known."""
        if element is not None and self.are_names_of_rows:
            own = self.pool([".".join(map(str, element))])
            if own.find(number) or not own.kinds.get("border"):
                return bool(own.find(number)) or self.is_border(number)
            return False
        return self.is_border(number) or bool(pool.find(number))

    def numbers(self, cell, place, pool):
        if cell is None:
            return []
        if isinstance(cell, float):
            return [exact(cell)]
        return list(read(self.without_names(cell, pool), place.lang))


def context_of(place, number):
    for row in place.rows:
        for cell in row:
            if isinstance(cell, float) and repr(cell) == number.text or isinstance(cell, str) and number.text in cell:
                return row
    return []


_BETWEEN = re.compile(r"^[^.!?\[\]]{0,60}\[$|^[^.!?\[\]]{0,60}\[[^\]]*$")


def groups(shown, text):
    """Numbers that stand for one thing: an interval with what is before it, "12 of 345"."""
    for first, second in zip(shown, shown[1:]):
        opening = text[:first.start].rstrip("+−-")
        between = text[first.start + len(first.text):second.start]
        closing = text[second.start + len(second.text):]
        if opening.endswith("[") and re.match(r"^[\u00a0 ]?(?:%|pp|п\.[\u00a0 ]?п\.)?\]", closing) and re.match(r"^[\u00a0 ]?(?:%|pp|п\.[\u00a0 ]?п\.)?[;,] ?$", between):
            before = [number for number in shown if number.start < first.start]
            gap = text[before[-1].start + len(before[-1].text):first.start] if before else None
            if gap is not None and len(gap) < 28 and not re.search(r"[.!?;\n\]]\s", gap) \
                    and before[-1].is_share == first.is_share:
                yield [before[-1], first, second], [1, 2, 2]
            yield [first, second], [1, 1]
        elif re.match(r"^ (?:of|из) $", between) and not first.is_share and not second.is_share:
            yield [first, second], [2, 2]


def together(pool, numbers, reach, largest=1000):
    """Whether figures for all the numbers stand in one object that is no larger, so many steps down at most."""
    places = None
    for number, most in zip(numbers, reach if isinstance(reach, list) else [reach] * len(numbers)):
        here = set()
        for figure in pool.find(number):
            for steps in range(1, most + 1):
                if len(figure.path) > steps and pool.sizes[figure.path[:-steps]] <= largest:
                    here.add(figure.path[:-steps])
        places = here if places is None else places & here
        if not places:
            return False
    return True


# MARK: Explaining a table


@dataclasses.dataclass(frozen=True)
class Root:
    """A list, or lists within lists, whose elements are a table's rows: the path with the running places as "*"."""
    path: tuple

    @property
    def running(self):
        return self.path.count("*")


def readings(figure):
    """The ways a figure may belong to rows: (root, element, what of the element)."""
    places = [index for index, step in enumerate(figure.path) if isinstance(step, int)]
    if not places:
        yield Root(()), (), figure.path
    for count in range(1, min(3, len(places)) + 1):
        for chosen in itertools.combinations(places, count):
            end = chosen[-1] + 1
            root = tuple("*" if index in chosen else step for index, step in enumerate(figure.path[:end]))
            yield Root(root), tuple(figure.path[index] for index in chosen), figure.path[end:]


def is_of_band(number, text):
    """Whether a number is the border of a group: "[18; 30)", "40–59 лет", "≥ 60", "3 products"."""
    before, after = text[:number.start], text[number.start + len(number.text):]
    return bool(
        re.search(r"(?:[<>≥≤]\u00a0?|\d[\u00a0 ]?–|[\[(]|[\[(][−\d.,\u202f]+[;,] |[^\W\d_]: | is )$", before)
        or re.match(r"–\d|[;,] [\d.,\u202f∞]+[)\]]|\)", after)
        or re.match(r"[\u00a0 ](?:продукт|product|лет|год|years?|and over|и старше)", after))


def is_end(number):
    if number.is_exact or number.is_share:
        return number.value * number.scale in (0, 1)
    return number.value == 0 and number.decimals == 0


_UNITS = re.compile(r"\b(?:pp|m|bn|п|млн|млрд|тыс)\b")


def is_label(cell):
    """Whether a cell names its row: a text with words, or a band of values."""
    return isinstance(cell, str) and bool(
        re.search(r"[^\W\d_]{2}", _UNITS.sub("", cell)) or re.search(r"^[\[(].*\)$|^\(|^[<>≥≤] ?\d", cell))


def explain(rows, pool, names):
    """(numbers of a table that no reading of it explains, where in the study each explained row stands, the
    share of numbers that a list explains)."""
    slots, rest = split(rows)
    wrong = [number for number in rest if not pool.find(number)]
    # Nothing and everything are too common to tell elements apart.
    left = {(row, slot): number for slot, column in slots.items() for row, number in column.items()
            if not (is_end(number) and (number.is_exact or pool.find(number)))}
    candidates = {place: pool.find(number) for place, number in left.items()}
    for place in [place for place, found in candidates.items() if not found]:
        wrong.append(left.pop(place))
    settled, elements = set(), {}
    asked, by_list = max(1, len(left)), 0
    # The rows of one list are taken away, then those of another: of those who stayed and those who left, say.
    while left:
        best = best_root(left, candidates, pool, names)
        if best is None:
            break
        explained, contradicted, found = best
        by_list += len(explained)
        for row, element in found.items():
            elements.setdefault(row, element)
        if len(explained) < 2 and (settled or len(left) > 2):
            break
        for place in contradicted:
            wrong.append(left[place])
        for place in explained | contradicted:
            settled.add(place[1])
            left.pop(place, None)
    # What stands alone: a row that is one object, as that of all clients.
    by_row = collections.defaultdict(list)
    for (row, slot), number in left.items():
        by_row[row].append((slot, number))
    for found in by_row.values():
        numbers = [number for _, number in found]
        if len(numbers) > 1:
            if not together(pool, numbers, 4, largest=80):
                wrong += numbers
        elif found[0][0] in settled and all(any(isinstance(step, int) for step in figure.path) for figure in pool.find(numbers[0])):
            # The rest of its column is a list's, and this is no figure of all clients.
            wrong += numbers
    return wrong, elements, by_list / asked


def split(rows):
    """Columns of numbers, one slot for each number of a cell; labels and cells of unlike build apart."""
    slots, rest = {}, []
    width = max(map(len, rows), default=0)
    for column in range(width):
        cells = [(index, row[column]) for index, row in enumerate(rows) if column < len(row) and row[column]]
        sizes = collections.Counter(len(cell) for _, cell in cells)
        if not sizes:
            continue
        usual, _ = sizes.most_common(1)[0]
        for index, cell in cells:
            if len(cell) != usual:
                rest += cell
                continue
            for position, number in enumerate(cell):
                slots.setdefault((column, position), {})[index] = number
    return slots, rest


def best_root(left, candidates, pool, names):
    """The list that explains most: (places explained, places of its rows and columns that contradict it)."""
    # root -> slot -> what -> row -> elements
    found = collections.defaultdict(lambda: collections.defaultdict(lambda: collections.defaultdict(
        lambda: collections.defaultdict(set))))
    for (row, slot) in left:
        for figure in candidates[row, slot]:
            for root, element, what in readings(figure):
                found[root][slot][what][row].add(element)
    # How many rows of a column each kind of list explains at best: a column goes with the list that explains most of it.
    coverage = collections.defaultdict(lambda: collections.defaultdict(int))
    for root, slots in found.items():
        for slot, whats in slots.items():
            for by_row in whats.values():
                coverage[slot][root.running] = max(coverage[slot][root.running], len(by_row))
    scored = []
    for root, slots in found.items():
        # A first look, without regard to elements, spares the slow one.
        ceiling = sum(max(len(rows) for rows in whats.values()) for whats in slots.values())
        scored.append((ceiling, root))
    scored.sort(key=lambda item: (-item[0], item[1].running, str(item[1].path)))
    best = None
    for ceiling, root in scored[:200]:
        if best is not None and ceiling < best[0] - slack(best[0]):
            break
        explained, contradicted, elements = assign(found[root], left, root, pool, names, coverage)
        rank = (len(explained), root)
        if best is None or better(rank, (best[0], best[1])):
            best = (len(explained), root, explained, contradicted, elements)
    if best is None or best[0] == 0:
        return None
    return best[2], best[3], {row: filled(best[1], element) for row, element in best[4].items()}


def filled(root, element):
    """A root's path with the running places of one element."""
    steps = iter(element)
    return tuple(next(steps) if step == "*" else step for step in root.path)


def slack(count):
    return 0 if count < 4 else 1 if count < 12 else 2


def better(one, other):
    """More explained; of nearly as much, the narrower list: a wrong number is explained by wider ones only."""
    (count, root), (other_count, other_root) = one, other
    if root.running != other_root.running:
        narrow, wide = ((count, root), (other_count, other_root))
        if root.running > other_root.running:
            return count > other_count + slack(count)
        return count >= other_count - slack(other_count)
    return count > other_count


def assign(slots, left, root, pool, names, coverage):
    """Rows to elements of one list: (places explained, places that should have been)."""
    rows = sorted({row for row, _ in left})
    # What a column is: what explains most of its rows.
    columns = {}
    for slot, whats in slots.items():
        asked = sum(1 for _, other in left if other == slot)
        what, by_row = max(whats.items(), key=lambda item: (len(item[1]), -len(item[0]), str(item[0])))
        elsewhere = max(count for running, count in coverage[slot].items() if running <= root.running)
        if len(by_row) * 2 >= asked and (asked > 3 or len(by_row) >= elsewhere):
            columns[slot] = by_row
    explained, contradicted, elements = set(), set(), {}
    choices, certain = {}, {}
    for row in rows:
        votes = collections.Counter()
        for slot, by_row in columns.items():
            for element in by_row.get(row, ()):
                votes[element] += 1
        if votes:
            most = max(votes.values())
            choices[row] = named([element for element, count in sorted(votes.items()) if count == most], root, pool,
                                 names.get(row, []))
            certain[row] = most
    taken = matched({row: choices[row] for row in sorted(choices, key=lambda row: -certain[row])})
    for row in rows:
        own = [slot for slot in columns if (row, slot) in left]
        element = taken.get(row)
        if element is None:
            continue
        right = {slot for slot in own if element in columns[slot].get(row, ())}
        # A row of another list, not a wrong number: most of it is not here.
        if len(right) * 2 < len(own):
            continue
        elements[row] = element
        explained |= {(row, slot) for slot in right}
        contradicted |= {(row, slot) for slot in own if slot not in right}
    return explained, contradicted, elements


def named(elements, root, pool, numbers):
    """Of elements that fit alike, those that the row's name speaks of."""
    if len(elements) < 2 or not numbers:
        return elements
    counts = collections.Counter()
    for number in numbers:
        figures = pool.find(number)
        for element in elements:
            path = filled(root, element)
            if any(figure.path[:len(path)] == path for figure in figures):
                counts[element] += 1
    return [element for element in elements if counts[element] == max(counts.values(), default=0)]


def matched(choices):
    """A different element for every row (augmenting paths)."""
    taken = {}

    def place(row, tried):
        for element in choices[row]:
            if element in tried:
                continue
            tried.add(element)
            if element not in taken or place(taken[element], tried):
                taken[element] = row
                return True
        return False

    for row in choices:
        place(row, set())
    return {row: element for element, row in taken.items()}
