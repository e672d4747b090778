"""A dashboard as the tests read it: the page in a browser, and its cells counted again the slow way."""

import base64
import json
import pathlib
import re
import struct
import zlib

ROOMS = ["overview", "segments", "portrait", "groups", "hypotheses", "forecast", "plan", "method"]


class Page:
    """A page that remembers what must not happen."""

    def __init__(self, browser, path, hash="", width=1440, height=900, **options):
        self.context = browser.new_context(viewport={"width": width, "height": height}, **options)
        self.page = self.context.new_page()
        self.complaints, self.requests = [], []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(pathlib.Path(path).as_uri() + hash)
        self.settle()

    def settle(self):
        """Until the page is there and every chart that is in sight is drawn."""
        self.page.wait_for_selector("html[data-ready]", timeout=15_000)
        self.page.wait_for_function(
            """() => [...document.querySelectorAll('.room:not([hidden]) [data-chart]')].every((figure) => {
                 const box = figure.getBoundingClientRect();
                 return box.width === 0 || box.top > innerHeight + 300 || box.bottom < -300 || figure.querySelector('svg');
               })""",
            timeout=15_000,
        )
        self.page.wait_for_timeout(50)

    def room(self, name):
        self.page.click(f'nav a[href*="room={name}"]')
        self.settle()

    def rooms(self):
        return self.page.eval_on_selector_all(
            "nav a", "links => links.map(link => new URLSearchParams(link.hash.slice(1)).get('room'))"
        )

    def unfold(self):
        for fold in self.page.locator(".room:not([hidden]) details").all():
            fold.evaluate("fold => { fold.open = true; }")
        self.settle()

    def value(self, kpi):
        return self.page.inner_text(f'.room:not([hidden]) [data-kpi="{kpi}"] .value')

    def data(self):
        return unpacked(self.page.text_content("#data"), self.page.text_content("#cells"))

    def close(self):
        assert self.complaints == [], self.complaints
        assert len(self.requests) == 1, self.requests
        self.context.close()


def number(text):
    return float(re.sub(r"[^\d.\-]", "", text.replace("−", "-")))


class Cells:
    """The page's cells, counted again the slow way."""

    def __init__(self, data):
        cube = data["cube"]
        self.axes, self.names = cube["axes"], data["texts"]["en"]["axes"]
        self.rows, place = [], 0
        for index, step in enumerate(cube["at"]):
            place += step
            rest, at = place, []
            for size in reversed(cube["sizes"]):
                at.append(rest % size)
                rest //= size
            self.rows.append((at[::-1], cube["n"][index], cube["churned"][index]))
        self.sums = {name: cube[name] for name in cube["sums"]}
        self.exact = cube["exact"]
        self.pairs = cube["pairs"]

    def axis(self, id):
        return [axis["id"] for axis in self.axes].index(id)

    def label(self, id, value):
        axis = self.axis(id)
        return self.names[axis]["values"][value]

    def count(self, chosen, by=None):
        """n and churned, altogether or by the values of an axis whose own filter does not count."""
        if by is not None and not chosen and self.exact[self.axis(by)]:
            # All clients: as the study counts them, without small groups put together.
            exact = self.exact[self.axis(by)]
            return {value: pair for value, pair in enumerate(zip(exact["n"], exact["churned"])) if pair[0]}
        out = {}
        for at, n, churned in self.rows:
            if any(at[self.axis(id)] not in values for id, values in chosen.items() if id != by):
                continue
            key = None if by is None else at[self.axis(by)]
            before = out.get(key, (0, 0))
            out[key] = (before[0] + n, before[1] + churned)
        return out if by is not None else out.get(None, (0, 0))


    def by_cells(self, chosen, by, name=None):
        """n and churned, or a sum, by the values of an axis whose own filter does not count, as the cells have them."""
        out = {}
        for index, (at, n, churned) in enumerate(self.rows):
            if any(at[self.axis(id)] not in values for id, values in chosen.items() if id != by):
                continue
            more = (n, churned) if name is None else (self.sums.get(name, [0] * len(self.rows))[index],)
            key = at[self.axis(by)]
            out[key] = tuple(a + b for a, b in zip(out.get(key, (0,) * len(more)), more))
        return out

    def pair(self, first, second):
        """Clients by two attributes, all of them: as the study counts them where it does."""
        axes = [self.axis(first), self.axis(second)]
        out = {}
        for pair in self.pairs:
            if sorted(pair["axes"]) == sorted(axes):
                width = len(self.axes[pair["axes"][1]]["values"])
                for place, n in enumerate(pair["n"]):
                    at = dict(zip(pair["axes"], divmod(place, width)))
                    out[at[axes[0]], at[axes[1]]] = n
                return {at: n for at, n in out.items() if n}
        for at, n, _ in self.rows:
            key = (at[axes[0]], at[axes[1]])
            out[key] = out.get(key, 0) + n
        return out


def table_of(page, chart):
    """The table behind a chart: label to share in percent and clients."""
    figure = page.page.locator(f'.room:not([hidden]) [data-chart="{chart}"]')
    if figure.locator(".twin[open]").count() == 0:
        figure.locator(".twin > summary").click()
    rows = figure.locator(".twin tbody tr")
    rows.first.wait_for()
    out = {}
    for row in rows.all():
        cells = [row.locator("th").inner_text()] + [cell.inner_text() for cell in row.locator("td").all()]
        out[cells[0]] = (cells[1], cells[3])
    return out


def marks(page, chart):
    return page.page.locator(f'.room:not([hidden]) [data-chart="{chart}"] svg .pick')


def agree(page, cells, chosen):
    """Every live chart and figure equals the recount."""
    n, churned = cells.count(chosen)
    assert number(page.value("clients")) == n
    assert page.value("churn") == (f"{churned / n * 100:.1f}%" if n else "—")
    for index, axis in enumerate(cells.axes):
        shown = table_of(page, f"live.{axis['id']}")
        counted = cells.count(chosen, by=axis["id"])
        expected = {cells.names[index]["values"][value]: pair for value, pair in counted.items() if pair[0]}
        assert set(expected) <= set(shown)
        for label, (rate, clients) in shown.items():
            n, churned = expected.get(label, (0, 0))
            assert number(clients) == n, (axis["id"], label)
            if n:
                assert abs(number(rate) - churned / n * 100) < 0.0501


def unpacked(data, cells):
    """Data of a page. Its cells come as lists: each one's distance from the one before, in the grid that has pooled
    values too, clients, leavers and sums."""
    data = json.loads(zlib.decompress(base64.b64decode(data)))
    cube = data.get("cube")
    if not cube:
        return data
    raw = base64.b64decode(cells)
    grid, beside = cube["grid"], cube["beside"]
    width = grid + beside
    assert len(raw) == 4 * (width * (2 + len(cube["sums"])) + beside)

    def column(index, kind, count=width):
        return struct.unpack_from(f"<{count}{kind}", raw, 4 * width * index)

    places = []
    for place in range(grid):
        at = []
        for size in reversed(cube["named"]):
            at.append(place % size)
            place //= size
        for size, code in zip(cube["sizes"], reversed(at)):
            place = place * size + code
        places.append(place)
    places += column(2 + len(cube["sums"]), "I", beside)
    columns = {"n": column(0, "I"), "churned": column(1, "I")}
    columns.update({name: column(2 + index, "f") for index, name in enumerate(cube["sums"])})
    there = sorted((place, index) for index, place in enumerate(places) if columns["n"][index] > 0)
    cube["at"] = [place - before for place, before in zip([p for p, _ in there], [0] + [p for p, _ in there])]
    for name, values in columns.items():
        cube[name] = [values[index] for _, index in there]
    return data


def _element(text, name):
    start = text.index(f'id="{name}">') + len(f'id="{name}">')
    return start, text.index("</script>", start)


def data_of(path):
    """What the page carries, read from the file."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    parts = [text[slice(*_element(text, name))] for name in ("data", "cells")]
    return unpacked(*parts)


def with_data(path, out, change):
    """The same page with other data in it, every cell beside the grid."""
    text = pathlib.Path(path).read_text(encoding="utf-8")
    data = data_of(path)
    change(data)
    cube = data["cube"]
    columns = [cube.pop("n"), cube.pop("churned")]
    sums = [cube.pop(name) for name in cube["sums"]]
    places, place = [], 0
    for step in cube.pop("at"):
        place += step
        places.append(place)
    raw = b"".join(struct.pack(f"<{len(column)}I", *column) for column in columns)
    raw += b"".join(struct.pack(f"<{len(column)}f", *column) for column in sums)
    raw += struct.pack(f"<{len(places)}I", *places)
    cube.update(grid=0, beside=len(places))
    for name, content in (("cells", raw), ("data", zlib.compress(json.dumps(data).encode()))):
        start, end = _element(text, name)
        text = text[:start] + base64.b64encode(content).decode() + text[end:]
    out.write_text(text, encoding="utf-8")
    return out
