"""The dashboard in a browser: what a reader sees and does, against study.json and a recount of the cells."""

import json
import pathlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from dashboard_reading import ROOMS, Cells, Page, agree, data_of, marks, number

HOSTILE = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">'


# Done when, 1


def test_it_loads_with_no_error_and_no_request(opened, study):
    page = opened()
    for room in page.rooms():
        assert room in ROOMS
        page.room(room)
    assert page.page.evaluate("performance.getEntriesByType('resource').length") == 0
    policy = page.page.get_attribute('meta[http-equiv="Content-Security-Policy"]', "content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy


def test_key_figures_are_the_study_s(opened, study):
    page = opened()
    overall = study["churn"]["overall"]
    assert number(page.value("clients")) == overall["n"] == study["schema"]["clients"]
    assert page.value("churn") == f"{overall['estimate'] * 100:.1f}%"
    beside = page.page.inner_text('[data-kpi="churn"] .beside')
    assert beside == f"[{overall['interval']['low'] * 100:.1f}, {overall['interval']['high'] * 100:.1f}%]"
    held = sum(segment["balance"]["sum"] for segment in study["segments"]["byChurn"])
    assert page.value("balance") == f"{held / 1e6:,.1f}\u00a0m"


def test_all_clients_are_shown_as_the_study_counts_them(opened, study):
    """Not as cells of pooled clients add up: a board lays the page beside the report."""
    page = opened()
    compared = 0
    for index, axis in enumerate(study["churn"]["cube"]["axes"]):
        exact = page.data()["cube"]["exact"][index]
        by = [by for by in study["churn"]["by"] if all(
            by["attribute"].get(key) == axis["attribute"].get(key) for key in ("column", "kind"))]
        if not exact:
            continue
        levels = {level["value"]: (level["n"], level["churned"]) for level in by[0]["levels"]}
        counted = {value: pair for value, pair in zip(axis["values"], zip(exact["n"], exact["churned"])) if pair[0]}
        assert counted == levels
        compared += 1
    assert compared >= 5
    # Nothing is left for the row of small groups.
    rates = [mark.locator(".figure").text_content() for mark in marks(page, "live.products").all()]
    by = next(by for by in study["churn"]["by"] if by["attribute"].get("role") == "products")
    assert [rate for rate in rates if rate != "—"] == [f"{level['churn']['estimate'] * 100:.1f}%" for level in by["levels"]]


def test_profiles_of_all_clients_are_as_the_study_has_them(opened, study):
    """What the cells leave out of a group is no part of its make-up."""
    page = opened("#room=segments")
    table = page.page.locator(".room:not([hidden]) table:has(caption:text-is('Profiles side by side'))")
    heads = table.locator("thead th").all_inner_texts()
    assert not any("small" in head for head in heads), heads
    rows = {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()}
    products = next(by for by in study["churn"]["by"] if by["attribute"].get("role") == "products")
    groups = {level["value"]: level["n"] for level in products["levels"]}
    cells, compared = Cells(page.data()), 0
    for role in ("city", "gender", "age", "activity", "card"):
        axis = cells.axis(role)
        # The page's pairs are held against the study's below.
        for (group, value), n in cells.pair("products", role).items():
            label = cells.label("products", group)
            if label not in groups:
                continue
            place = next(i for i, head in enumerate(heads) if head.endswith(f": {label}")) - 1
            name = f"{cells.names[axis]['title']}: {cells.label(role, value)}"
            if rows[name][place] == "—":
                # A few of the group are not told.
                continue
            assert abs(number(rows[name][place]) - 100 * n / groups[label]) < 0.0501, (name, label)
            compared += 1
    assert compared >= 30


def test_two_attributes_of_all_clients_are_as_the_study_has_them(opened, study):
    """The deck's heat table and the page's grid of the same two attributes are the same figures."""
    page = opened("#room=segments")
    cells = Cells(page.data())
    compared, given_up, blank = set(), set(), 0
    for table in study["churn"]["cross"]:
        places = [
            next((index for index, axis in enumerate(study["churn"]["cube"]["axes"]) if axis["attribute"] == table[side]), None)
            for side in ("first", "second")]
        if None in places:
            continue
        for way in (places, places[::-1]):
            # The other first, so that never both are the same.
            for id in ("#pair-first", "#pair-second"):
                page.page.select_option(id, str(next(p for p in range(len(cells.axes)) if p not in way)))
            page.page.select_option("#pair-first", str(way[0]))
            page.page.select_option("#pair-second", str(way[1]))
            names = [cells.names[place]["values"] for place in way]
            shown = {}
            for mark in marks(page, "live.pair").all():
                label, figures = mark.get_attribute("aria-label").rsplit(": ", 1)
                shown[label] = figures
            for cell in table["cells"]:
                if cell["first"] == "pooled":
                    continue
                values = [cell["first"], cell["second"]] if way is places else [cell["second"], cell["first"]]
                label = ", ".join(name[cells.axes[place]["values"].index(value)] for name, place, value in zip(names, way, values))
                if cell["n"] >= 30:
                    low, high = (cell["churn"]["interval"][end] * 100 for end in ("low", "high"))
                    clients = "client" if cell["n"] == 1 else "clients"
                    said = f"{cell['churn']['estimate'] * 100:.1f}% [{low:.1f}, {high:.1f}%], {cell['n']:,}\u00a0{clients}"
                    if shown[label] != said:
                        # Given up, for a pair of too few clients could be told from its line: as the cells have it.
                        told = cells.count({cells.axes[p]["id"]: {cells.axes[p]["values"].index(v)} for p, v in zip(way, values)})
                        assert f" {told[0]:,}\u00a0" in shown[label], label
                        given_up.add((tuple(places), label))
                    compared.add((tuple(places), label))
                else:
                    blank += "fewer than 30" in shown[label]
            assert sum(number(figures.split(", ")[-1]) for figures in shown.values()) == study["schema"]["clients"]
    assert len(compared) > 60 and len(given_up) <= 6 and blank > 0


def test_cells_add_up_and_none_is_small(opened, study):
    page = opened()
    data = page.data()
    cells = Cells(data)
    assert cells.count({}) == (study["churn"]["overall"]["n"], study["churn"]["overall"]["successes"])
    assert min(n for _, n, _ in cells.rows) >= study["provenance"]["privacyThreshold"]
    assert len(set(tuple(at) for at, _, _ in cells.rows)) == len(cells.rows)


def test_a_click_on_each_chart_filters_all_others(opened):
    page = opened()
    cells = Cells(page.data())
    agree(page, cells, {})
    for axis in cells.axes:
        chart = f"live.{axis['id']}"
        marks(page, chart).first.click()
        page.page.wait_for_timeout(50)
        value = next(v for v in range(len(axis["values"])) if any(at[cells.axis(axis["id"])] == v for at, _, _ in cells.rows))
        agree(page, cells, {axis["id"]: {value}})
        page.page.click("#clear-all")
    agree(page, cells, {})


def test_filters_combine_clear_and_survive_reload(opened):
    page = opened()
    cells = Cells(page.data())
    first, second = cells.axes[0]["id"], cells.axes[1]["id"]
    marks(page, f"live.{first}").nth(0).click()
    marks(page, f"live.{first}").nth(1).click()
    marks(page, f"live.{second}").nth(0).click()
    chosen = {first: {0, 1}, second: {0}}
    agree(page, cells, chosen)
    words = page.page.inner_text("#filter-words")
    assert cells.label(first, 0) in words and " or " in words and cells.label(second, 0) in words
    page.page.reload()
    page.settle()
    page.requests.pop()
    agree(page, cells, chosen)
    address = page.page.url
    other = opened(address[address.index("#"):])
    agree(other, cells, chosen)
    # Back undoes the last choice.
    page.page.locator("#chips button").nth(1).click()
    agree(page, cells, {first: {0, 1}})
    page.page.go_back()
    agree(page, cells, chosen)
    page.page.click("#clear-all")
    agree(page, cells, {})
    assert page.page.locator("#chips li").count() == 0


def test_a_cell_of_two_attributes_filters_both(opened):
    page = opened("#room=segments")
    cells = Cells(page.data())
    marks(page, "live.pair").nth(1).click()
    page.page.wait_for_timeout(50)
    assert page.page.locator("#chips li").count() == 2
    names = page.page.inner_text("#filter-words")
    picked = {}
    for index, axis in enumerate(cells.axes):
        for value, label in enumerate(cells.names[index]["values"]):
            if f"{cells.names[index]['title']}: {label}" + "; " in names + "; ":
                picked[axis["id"]] = {value}
    assert len(picked) == 2
    assert number(page.value("clients")) == cells.count(picked)[0]


CYRILLIC = re.compile("[А-Яа-яЁё]")


def test_the_language_switch_leaves_no_untranslated_word(browser, ebb, sample_csv, tmp_path):
    """With headings and values in figures, whatever is Cyrillic in the English page, or not in the Russian one, is ours."""
    text = sample_csv.read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    heads = lines[0].split(",")
    codes = {}
    plain = [",".join(f"Q{index}" for index in range(len(heads)))]
    for line in lines[1:]:
        plain.append(",".join(codes.setdefault(cell, f"Z{len(codes)}") if CYRILLIC.search(cell) else cell for cell in line.split(",")))
    (tmp_path / "plain.csv").write_text("\n".join(plain) + "\n", encoding="utf-8")
    roles = ebb("inspect", sample_csv, lang="en")
    schema = ebb.study(sample_csv, tmp_path / "first")["schema"]["columns"]
    mapping = ",".join(
        f"{entry['role']}=Q{heads.index(entry['column'])}" for entry in schema if entry["role"] not in ("attribute", "ignored", "id")
    )
    assert roles.returncode == 0
    ebb.study(tmp_path / "plain.csv", tmp_path / "out", "--map", mapping)
    for language in ("en", "ru"):
        page = Page(browser, tmp_path / "out" / "dashboard.html")
        if language == "ru":
            page.page.click("#language")
        for room in page.rooms():
            page.room(room)
            for fold in page.page.locator(".room:not([hidden]) details").all():
                fold.evaluate("fold => { fold.open = true; }")
            page.settle()
            words = page.page.evaluate(
                """() => {
                  const out = [];
                  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
                  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                    if (node.nodeType === 3) { if (!node.parentElement.closest('script, style, [lang]:not(html)')) out.push(node.data); continue; }
                    if (node.closest('[lang]:not(html)')) continue;
                    for (const name of ['aria-label', 'title', 'alt', 'aria-roledescription', 'aria-valuetext', 'placeholder'])
                      if (node.hasAttribute(name)) out.push(node.getAttribute(name));
                  }
                  return out;
                }"""
            )
            for text in words:
                if language == "en":
                    assert not CYRILLIC.search(text), (room, text)
                else:
                    # What stands in quotes is quoted: a line of the catalogue, a value of the table.
                    said = re.sub(r"«[^»]*»", "", text)
                    strange = set(re.findall(r"[A-Za-z][a-z]{2,}", said)) - KNOWN
                    assert not strange, (room, text, strange)
        assert page.page.get_attribute("html", "lang") == language
        page.close()


# Names that are the same in both languages.
KNOWN = {"ebb", "csv", "plain", "json", "study", "log", "loss", "Brier", "Pearson", "Spearman", "XGBoost", "Ebb",
         "push", "Push", "utf", "Shift"}


def test_numbers_and_plurals_follow_the_language(opened, study):
    page = opened("#room=overview&lang=ru")
    assert page.value("churn") == f"{study['churn']['overall']['estimate'] * 100:.1f}".replace(".", ",") + "\u00a0%"
    cells = Cells(page.data())
    seen = set()
    for index in range(3):
        marks(page, f"live.{cells.axes[0]['id']}").nth(index).click()
        text = page.page.inner_text("#filter-count")
        count = int(re.sub(r"\D", "", text.split("клиент")[0]))
        noun = re.search(r"клиент\w*", text).group()
        few = count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)
        one = count % 10 == 1 and count % 100 != 11
        assert noun == ("клиент" if one else "клиента" if few else "клиентов")
        seen.add(noun)
    assert seen


def test_the_keyboard_is_enough(opened):
    page = opened()
    cells = Cells(page.data())
    axis = cells.axes[0]["id"]
    keys = page.page.keyboard
    keys.press("Tab")
    assert page.page.evaluate("document.activeElement.id") == "skip"
    # Through header, rooms and lists to the first list; open it, choose, leave.
    for _ in range(40):
        keys.press("Tab")
        if page.page.evaluate("document.activeElement.matches('#filters summary')"):
            break
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Escape")
    assert page.page.evaluate("document.activeElement.matches('#filters summary')")
    agree(page, cells, {axis: {0}})
    page.page.click("#clear-all")
    # Marks of charts are reached and pressed.
    for _ in range(80):
        keys.press("Tab")
        if page.page.evaluate("document.activeElement.matches('.pick')"):
            break
    keys.press("Enter")
    page.page.wait_for_timeout(80)
    n, _ = cells.count({axis: {0}})
    assert number(page.value("clients")) == n
    assert page.page.evaluate("document.activeElement.matches('.pick')")
    keys.press("Space")
    page.page.wait_for_timeout(80)
    agree(page, cells, {})


@pytest.mark.parametrize("width", [390, 768, 1920])
def test_no_sideways_scroll(opened, width):
    page = opened(width=width)
    for room in page.rooms():
        page.room(room)
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width, room


NAMES = [
    HOSTILE, "<script>alert(1)</script>", "</script><script>window.hacked=1</script>", "__proto__", "constructor", "toString",
    "=cmd|' /C calc'!A0 {{7*7}} ${7*7} \u2028", "\"'`&amp;<!--", "]]>-->", "\U0001f9db\u200d\u2642\ufe0f \U0001f3e6", "\u202eуслаш\u202c \u200f", "a~b&room=plan=%41+c",
]


def test_hostile_strings_are_inert(browser, ebb, sample_csv, tmp_path):
    lines = sample_csv.read_text(encoding="utf-8-sig").splitlines()
    schema = ebb.study(sample_csv, tmp_path / "first")["schema"]["columns"]
    heads = lines[0].split(",")
    city = heads.index(next(entry["column"] for entry in schema if entry["role"] == "city"))
    rows = [lines[0] + "," + '"</script><b>column",__proto__']
    for index, line in enumerate(lines[1:]):
        cells = line.split(",")
        cells[city] = '"' + NAMES[index * 7 % len(NAMES)].replace('"', '""') + '"'
        rows.append(",".join(cells) + "," + '"' + ["<b>x", "--><script>window.hacked=1</script>"][index % 2] + '",' + ["constructor", "valueOf"][index % 3 // 2])
    path = tmp_path / "hostile.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    ebb.study(path, tmp_path / "out")
    text = (tmp_path / "out" / "dashboard.html").read_text(encoding="utf-8")
    outside = re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.S)
    assert "window.hacked" not in outside and "alert(1)" not in outside
    page = Page(browser, tmp_path / "out" / "dashboard.html")
    for room in page.rooms():
        page.room(room)
        page.unfold()
    page.room("overview")
    cells = Cells(page.data())
    axis = cells.axis("city")
    # Every city is chosen by its bar, found in the chip, kept in the address and found again by it.
    for place, value in enumerate(sorted({at[axis] for at, _, _ in cells.rows})):
        marks(page, "live.city").nth(place).hover()
        marks(page, "live.city").nth(place).click()
        # The address follows when the choice is painted.
        page.page.wait_for_function("() => location.hash.split('&').length === 2", timeout=5_000)
        assert number(page.value("clients")) == cells.count({"city": {value}})[0]
        shown = page.page.locator("#chips li").inner_text()
        assert cells.label("city", value).split()[0] in shown or "\u202e" in cells.label("city", value)
        page.page.reload()
        page.requests.pop()
        page.settle()
        assert number(page.value("clients")) == cells.count({"city": {value}})[0]
        page.page.click("#clear-all")
        page.page.wait_for_function("() => location.hash.split('&').length === 1", timeout=5_000)
    assert page.page.evaluate("window.hacked") is None
    assert page.page.evaluate("({}).hacked === undefined && ({}).polluted === undefined")
    assert page.page.locator("main script, main img, main b, header script").count() == 0
    assert page.page.evaluate("document.title").startswith(("2", "1"))
    page.close()


def test_addresses_of_nonsense_are_passed_over(opened):
    for address in ("#room=__proto__&lang=__proto__&theme=x", "#city=%&age=~~~&products=%E0%A4", "#pair=city~city&plan=~&client=x~-1",
                    "#room=plan&plan=__proto__~5~budget~1e999", "#room=forecast&client=99~99~99", "#&&==&=1", "#room=segments&pair=a~b~c"):
        page = opened(address)
        overall = page.page.locator(".room:not([hidden])")
        assert overall.count() == 1
        page.room("overview")
        assert page.value("clients") == f"{Cells(page.data()).count({})[0]:,}"


def test_print(opened, tmp_path):
    page = opened(color_scheme="dark")
    page.page.emulate_media(media="print")
    for selector in ("nav", "#print", "#filters", ".tools"):
        assert not page.page.locator(selector).first.is_visible()
    assert page.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 1440
    page.page.evaluate("window.print = () => { window.printed = [...document.querySelectorAll('.room')].filter(room => !room.hidden).length; }")
    page.page.emulate_media(media="screen")
    page.page.evaluate("document.getElementById('print').click()")
    page.page.wait_for_function("window.printed > 0", timeout=60_000)
    rooms = page.page.locator("nav a").count()
    assert page.page.evaluate("window.printed") == rooms
    # All rooms stay laid out until the dialogue is closed: on A4 no drawing is wider than its frame, none is missing.
    page.page.emulate_media(media="print")
    page.page.set_viewport_size({"width": 720, "height": 1000})
    cut = page.page.evaluate(
        """() => [...document.querySelectorAll('figure.chart')].map((figure) => {
             const frame = figure.getBoundingClientRect();
             const svg = figure.querySelector('.drawing svg');
             if (!svg) return [figure.dataset.chart, 'not drawn'];
             const box = svg.getBoundingClientRect();
             return box.right > frame.right + 1 || box.left < frame.left - 1 || box.bottom > frame.bottom + 1 ? [figure.dataset.chart, box.right, frame.right] : null;
           }).filter(Boolean)"""
    )
    assert cut == []
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 720
    paper = page.page.pdf(format="A4")
    assert paper[:4] == b"%PDF" and paper.count(b"/Type /Page\n") >= rooms
    page.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.page.locator(".room:not([hidden])").count() == 1


def test_nothing_moves_for_those_who_ask_for_that(opened):
    page = opened(reduced_motion="reduce")
    for room in page.rooms():
        page.room(room)
        moving = page.page.evaluate(
            """() => [...document.querySelectorAll('*')].filter((element) => {
                 const style = getComputedStyle(element);
                 return style.transitionDuration.split(',').some((time) => parseFloat(time) > 0) || style.animationName !== 'none';
               }).map((element) => element.className)"""
        )
        assert moving == [], room
    assert page.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_the_keyboard_alone_gets_through_every_room(opened):
    page = opened()
    keys = page.page.keyboard
    for room in page.rooms():
        link = page.page.locator(f'nav a[href*="room={room}"]')
        for _ in range(12):
            if link.evaluate("link => link === document.activeElement"):
                break
            keys.press("Tab")
        assert link.evaluate("link => link === document.activeElement"), room
        keys.press("Enter")
        page.settle()
        assert page.page.locator(f"#room-{room}").is_visible()
        # What can be pressed can be reached: no control is taken out of the order but the marks, one of which is left.
        assert page.page.evaluate(
            """() => [...document.querySelectorAll('.room:not([hidden]) button, .room:not([hidden]) select, .room:not([hidden]) input, .room:not([hidden]) summary')]
                 .filter((element) => element.checkVisibility() && element.tabIndex < 0).length"""
        ) == 0
        assert page.page.evaluate(
            """() => [...document.querySelectorAll('.room:not([hidden]) svg:has(.pick)')]
                 .every((svg) => svg.querySelectorAll('.pick[tabindex="0"]').length === 1)"""
        )
    # A slider and a list are moved with arrows.
    page.room("plan")
    page.page.locator("#s-budget").focus()
    before = page.value("planCost")
    keys.press("Home")
    assert page.value("planCost") != before
    page.room("forecast")
    page.page.locator("#sim-0").focus()
    before = page.page.inner_text("#sim-points")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert page.page.inner_text("#sim-points") != before or page.page.locator("#sim-0 option").count() < 2


def test_sliders_and_the_one_client_stand_in_the_address(opened):
    page = opened("#room=plan")
    page.page.locator("#s-budget").evaluate(
        "(input) => { input.value = input.max / 3; input.dispatchEvent(new Event('input', { bubbles: true })); input.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    shown = [page.value(name) for name in ("planContacts", "planCost", "planGain")]
    page.room("forecast")
    last = page.page.locator("#sim-0 option").count() - 1
    page.page.locator("#sim-0").select_option(str(last))
    risk = page.page.inner_text("#sim-risk")
    # The address follows the paint.
    page.page.wait_for_timeout(300)
    other = opened(page.page.url[page.page.url.index("#") :])
    assert other.page.inner_text("#sim-risk") == risk
    other.room("plan")
    assert [other.value(name) for name in ("planContacts", "planCost", "planGain")] == shown


def test_downloads(opened):
    page = opened()
    figure = page.page.locator('[data-chart="live.products"]')
    for button, first in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.page.expect_download() as download:
            figure.get_by_text(button, exact=True).click()
        content = pathlib.Path(download.value.path()).read_bytes()
        assert content.startswith(first)
        if button == "SVG":
            assert b"var(--" not in content
    figure.locator(".twin > summary").click()
    with page.page.expect_download() as download:
        figure.locator(".twin button").click()
    content = pathlib.Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    page.requests[:] = [url for url in page.requests if not url.startswith("blob:")]


# Done when, 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language, chosen", [("en", ""), ("ru", "&products=1")])
def test_axe_finds_nothing_serious(opened, theme, language, chosen):
    page = opened(f"#room=overview&lang={language}&theme={theme}{chosen}")
    for room in page.rooms():
        page.room(room)
        for fold in page.page.locator(".room:not([hidden]) details.fold").all()[:3]:
            fold.evaluate("fold => { fold.open = true; }")
        page.settle()
        found = Axe().run(page.page).response["violations"]
        serious = [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found if one["impact"] in ("serious", "critical")]
        assert serious == [], room


# Done when, 5


def test_the_same_study_is_the_same_bytes(ebb, folder, tmp_path):
    for language in ("en", "ru"):
        for name in ("a", "b"):
            done = ebb("report", folder / "study.json", "--out", tmp_path / name / language, lang=language)
            assert done.returncode == 0, done.stderr.decode()
        first = (tmp_path / "a" / language / "dashboard.html").read_bytes()
        assert first == (tmp_path / "b" / language / "dashboard.html").read_bytes()
    assert (tmp_path / "a" / "en" / "dashboard.html").read_bytes() == (folder / "dashboard.html").read_bytes()
    assert sorted(path.name for path in (tmp_path / "a" / "en").iterdir()) == ["dashboard.html", "presentation.pptx"]


def test_rooms_without_a_chapter_are_absent(browser, ebb, sample_csv, tmp_path):
    ebb.study(sample_csv, tmp_path, "--chapters", "churn")
    page = Page(browser, tmp_path / "dashboard.html")
    rooms = page.rooms()
    assert rooms == ["overview", "method"]
    page.close()


@pytest.mark.parametrize("text,code", [(b"{", 65), (b"", 65), (b'{"schema":{"version":99}}', 65)])
def test_what_is_no_study_is_refused(ebb, tmp_path, text, code):
    (tmp_path / "study.json").write_bytes(text)
    done = ebb("report", tmp_path / "study.json")
    assert done.returncode == code
    assert not (tmp_path / "dashboard.html").exists()
    assert ebb("report", tmp_path / "none.json").returncode == 66


# Specifications


def test_specifications_keep_to_the_schema(folder):
    import altair
    import jsonschema

    schema = json.loads((pathlib.Path(altair.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json").read_text())
    validator = jsonschema.Draft7Validator(schema)
    data = data_of(folder / "dashboard.html")
    specifications = []

    def walk(value):
        if isinstance(value, dict):
            if "spec" in value and "columns" in value:
                specifications.append(value["spec"])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(data)
    assert len(specifications) > 20
    config = data["texts"]["en"]["chartConfig"]
    kinds = set()
    for specification in specifications:
        whole = {**specification, "config": config}
        kind = json.dumps([layer["mark"] for layer in specification["layer"]], sort_keys=True)
        if kind in kinds:
            continue
        kinds.add(kind)
        error = jsonschema.exceptions.best_match(validator.iter_errors(whole))
        assert error is None, (specification["title"], error and error.message[:300])
