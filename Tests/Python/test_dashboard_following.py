"""What follows the filter outside the overview, counted again; and what does not says so."""

import json

import pytest
from dashboard_reading import Cells, Page, marks, number

ROOMS_THAT_FOLLOW = ["portrait", "groups", "hypotheses", "forecast"]


def lines(page, chart):
    """The table behind a chart."""
    figure = page.page.locator(f'.room:not([hidden]) [data-chart="{chart}"]')
    if figure.locator(".twin[open]").count() == 0:
        figure.locator(".twin > summary").click()
    figure.locator(".twin tbody tr").first.wait_for()
    return figure.locator(".twin tbody").evaluate(
        "body => [...body.rows].map((row) => [...row.cells].map((cell) => cell.innerText))")


def near(text, share):
    return text == "—" if share is None else abs(number(text) - share * 100) < 0.0501


def agree(page, cells, prefix, chosen):
    """Both shares of every value of every attribute."""
    checked = 0
    for index, axis in enumerate(cells.axes):
        shown = lines(page, f"{prefix}.{axis['id']}")
        counted = cells.count(chosen, by=axis["id"]) if prefix == "makeUp" else cells.by_cells(chosen, axis["id"])
        expected = cells.by_cells(chosen, axis["id"], "expected")
        all_left = sum(churned for _, churned in counted.values())
        all_stayed = sum(n for n, _ in counted.values()) - all_left
        names = cells.names[index]["values"]
        half = len(shown) // 2
        assert [line[0] for line in shown[:half]] == [line[0] for line in shown[half:]]
        for first, second in zip(shown[:half], shown[half:]):
            n, left = counted.get(names.index(first[0]), (0, 0))
            assert number(first[-1]) == n, (axis["id"], first)
            if prefix == "makeUp":
                pair = (left / all_left if all_left else None, (n - left) / all_stayed if all_stayed else None)
            else:
                pair = (left / n, expected[names.index(first[0])][0] / n) if n else (None, None)
            assert near(first[2], pair[0]) and near(second[2], pair[1]), (axis["id"], first, second, pair)
            checked += 1
    return checked


@pytest.mark.parametrize("room, prefix", [("portrait", "makeUp"), ("forecast", "expected")])
def test_a_click_on_each_of_the_two_shares_filters_all_others(opened, room, prefix):
    page = opened(f"#room={room}")
    cells = Cells(page.data())
    assert agree(page, cells, prefix, {}) > 15
    for axis in cells.axes:
        for which in (0, 1):
            mark = marks(page, f"{prefix}.{axis['id']}").nth(which)
            label = mark.locator("text.name").text_content()
            mark.click()
            page.page.wait_for_timeout(50)
            chosen = {axis["id"]: {cells.names[cells.axis(axis["id"])]["values"].index(label)}}
            agree(page, cells, prefix, chosen)
            page.page.click("#clear-all")
    # Two attributes at once, by the keyboard.
    for axis in cells.axes[:2]:
        marks(page, f"{prefix}.{axis['id']}").first.focus()
        page.page.keyboard.press("Enter")
    chosen = {axis["id"]: {0} for axis in cells.axes[:2]}
    agree(page, cells, prefix, chosen)


def test_churn_in_a_hypothesis_follows(opened, study):
    page = opened("#room=hypotheses")
    cells = Cells(page.data())
    page.unfold()
    shown = [tested for tested in study["hypotheses"]["tested"] if tested.get("shares") and tested["byRole"] in [a["id"] for a in cells.axes]]
    assert len(shown) >= 3
    for tested in shown:
        chart = "hypothesis." + tested["id"]
        title = page.page.inner_text(f'[data-chart="{chart}"] h3')
        page.page.locator(f'[data-chart="{chart}"]').scroll_into_view_if_needed()
        marks(page, chart).first.click()
        page.page.wait_for_timeout(50)
        axis = cells.axes[cells.axis(tested["byRole"])]["id"]
        first = marks(page, chart).first.locator("text.name").text_content()
        chosen = {axis: {cells.names[cells.axis(axis)]["values"].index(first)}}
        for other in shown:
            by = cells.axes[cells.axis(other["byRole"])]["id"]
            counted = {cells.label(by, value): pair for value, pair in cells.count(chosen, by=by).items()}
            for line in lines(page, "hypothesis." + other["id"]):
                n, left = counted.get(line[0], (0, 0))
                assert number(line[-1]) == n and near(line[1], left / n if n else None), (other["id"], line)
        page.page.click("#clear-all")
        assert page.page.inner_text(f'[data-chart="{chart}"] h3') == title


def rules_of(data):
    found = {}

    def walk(value):
        if isinstance(value, dict):
            if "rules" in value and "spec" in value:
                found[value["id"]] = value["rules"]
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(data["texts"]["en"])
    return found


def test_risk_groups_are_counted_among_those_chosen(browser, ebb, folder, study, tmp_path):
    """With a rule of the cells' own borders, one that they do not have, and the study's own."""
    import copy

    other = copy.deepcopy(study)
    group = next(group for group in other["riskGroups"]["risk"] + other["riskGroups"]["loyal"])
    roles = {entry["role"]: entry["column"] for entry in study["schema"]["columns"]}
    def value(axis, index):
        return study["churn"]["cube"]["axes"][axis]["values"][index]
    base = {"isHighClosed": False, "isLowOpen": False, "values": []}
    told = copy.deepcopy(group)
    told["rule"] = {"conditions": [
        {**base, "column": roles["products"], "role": "products", "kind": "values", "values": [value(0, 0)]},
        {**base, "column": roles["age"], "role": "age", "kind": "band", "low": 40, "high": 60}]}
    untold = copy.deepcopy(group)
    untold["rule"] = {"conditions": [{**base, "column": roles["age"], "role": "age", "kind": "band", "low": 45}]}
    other["riskGroups"]["risk"] = [told, untold] + other["riskGroups"]["risk"]
    (tmp_path / "study.json").write_text(json.dumps(other), encoding="utf-8")
    assert ebb("report", tmp_path / "study.json", "--out", tmp_path / "out").returncode == 0
    page = Page(browser, tmp_path / "out" / "dashboard.html", "#room=groups")
    data = page.data()
    cells = Cells(data)
    rules = rules_of(data)["groups.risk"]
    ages = cells.axes[cells.axis("age")]["values"]
    assert rules[0] == [[0, [0]], [cells.axis("age"), [ages.index("[40; 50)"), ages.index("[50; 60)")]]]
    assert rules[1] is None
    # All clients: the study's own figures.
    shown = lines(page, "groups.risk")
    assert number(shown[0][-1]) == group["n"] and near(shown[0][1], group["churn"]["estimate"])
    page.page.evaluate(f"location.hash = '#room=groups&city={cells.axes[cells.axis('city')]['values'][0]}'")
    page.page.wait_for_timeout(200)
    shown = lines(page, "groups.risk")
    for rule, line in zip(rules, shown):
        if rule is None:
            assert line[1] == "—" and line[-1] == "—"
            continue
        chosen = {cells.axes[axis]["id"]: set(values) for axis, values in rule}
        n, left = cells.count({**chosen, "city": {0} & chosen.get("city", {0})})
        assert number(line[-1]) == n and near(line[1], left / n if n else None)
    # A click filters to the group, another takes it back.
    marks(page, "groups.risk").first.click()
    assert number(page.page.inner_text("#filter-count").split()[0]) == cells.count({"products": {0}, "age": set(rules[0][1][1])})[0]
    assert page.page.locator("#chips li").count() == 2
    marks(page, "groups.risk").first.click()
    assert page.page.locator("#chips li").count() == 0
    # One that the cells do not tell chooses nothing.
    marks(page, "groups.risk").nth(1).click()
    assert page.page.locator("#chips li").count() == 0
    page.close()


@pytest.mark.parametrize("chapters", ["churn,segments", "portraits,hypotheses", "churn,portraits,riskGroups", "profile"])
def test_a_page_of_some_chapters_has_their_rooms_and_no_error(browser, ebb, sample_csv, tmp_path, chapters):
    ebb.study(sample_csv, tmp_path, "--chapters", chapters)
    page = Page(browser, tmp_path / "dashboard.html", "#products=1")
    rooms = page.rooms()
    assert "forecast" not in rooms and "plan" not in rooms and ("groups" in rooms) == ("riskGroups" in chapters)
    for room in rooms:
        page.room(room)
        page.unfold()
        assert page.page.locator(".room:not([hidden])").inner_text().count("\n") > 2
    page.close()


@pytest.mark.parametrize("language, said", [("en", "All clients, not filtered"), ("ru", "Все клиенты, без отбора")])
def test_what_does_not_follow_says_so(opened, language, said):
    page = opened(f"#room=overview&lang={language}")
    seen = 0
    for is_filtered in (False, True):
        if is_filtered:
            page.room("overview")
            marks(page, "live.products").first.click()
        for room in page.rooms():
            page.room(room)
            page.unfold()
            for figure in page.page.locator(".room:not([hidden]) figure.chart:not(.live)").all():
                tag = figure.locator(".whole-tag")
                assert tag.is_visible() == is_filtered, (room, figure.get_attribute("data-chart"))
                if is_filtered:
                    assert tag.inner_text() == said
                    seen += 1
            if not is_filtered:
                assert page.page.locator(".whole-tag:visible").count() == 0
    assert seen > 15


def test_marks_of_all_clients_choose_what_they_name(opened):
    """Traits of the portrait, product groups at equal composition, groups of a hypothesis."""
    page = opened("#room=portrait")
    cells = Cells(page.data())

    def click(chart, name):
        figure = page.page.locator(f'.room:not([hidden]) [data-chart="{chart}"]')
        figure.scroll_into_view_if_needed()
        page.settle()
        figure.locator(f'.drawing svg [role="graphics-symbol"][aria-label*="{name}"]').first.click()
        page.page.wait_for_timeout(60)

    data = page.data()
    gender = next(v for v in cells.names[cells.axis("gender")]["values"] if "others" not in v)
    portrait = page.page.get_attribute('.room:not([hidden]) figure.pickable[data-chart^="portrait."]', "data-chart")
    click(portrait, gender)
    assert gender in page.page.inner_text("#filter-words")
    page.page.click("#clear-all")
    page.room("segments")
    click("products.adjusted", "2:")
    assert page.page.inner_text("#filter-words").endswith(": 2")
    page.page.click("#clear-all")
    page.room("hypotheses")
    page.unfold()
    click("hypothesis.income.by.products", "1:")
    assert page.page.inner_text("#filter-words").endswith(": 1")
    assert data
