"""What the page works out from the study's own figures: the plan's sliders and the one client."""

import copy
import itertools
import json
import math
import random

import pytest
from dashboard_reading import Page, number


def planned(plan, budget, **settings):
    """The best of the curve under a budget and assumptions, and its part that is contacted, from study.json alone."""
    selected, contacted = plan["selected"], plan["contacted"]
    own = {"contacts": selected["clients"], **{name: selected[name] for name in ("cost", "gain", "kept")}}
    worth, cost, kept = 1, 1, 1
    for item in plan["sensitivity"]:
        value = settings.get(item["assumption"])
        if value is None:
            continue
        # Gain of the plan that is kept moves in a straight line with each assumption.
        slope = (item["keptPlanGainAtHigh"] - item["keptPlanGainAtLow"]) / (item["high"] - item["low"])
        if item["assumption"].endswith("CostFactor"):
            cost += -slope * (value - item["base"]) / selected["cost"]
        else:
            worth *= max(0, 1 + slope * (value - item["base"]) / selected["value"])
        if item["assumption"] == "effectFactor":
            kept = value / item["base"]
    cost = max(0, cost)
    curve = sorted([p for p in plan["curve"] if p["contacts"] != own["contacts"]] + [own], key=lambda p: p["contacts"])
    points = [
        {"contacts": p["contacts"], "cost": p["cost"] * cost, "gain": (p["gain"] + p["cost"]) * worth - p["cost"] * cost, "kept": p["kept"] * kept}
        for p in curve
    ]
    affordable = [p for p in points if p["cost"] <= budget * (1 + 1e-9)]
    best = max(affordable, key=lambda p: p["gain"], default={"contacts": 0, "cost": 0, "gain": 0, "kept": 0})
    after = points[len(affordable)] if affordable and len(affordable) < len(points) else None
    if after:
        before = affordable[-1]
        part = (budget - before["cost"]) / (after["cost"] - before["cost"])
        between = {name: before[name] + part * (after[name] - before[name]) for name in before}
        best = max(best, between, key=lambda p: p["gain"])
    money = best["cost"] * contacted["cost"] / selected["cost"]
    return {
        "contacts": best["contacts"] * contacted["clients"] / selected["clients"], "cost": money,
        "kept": best["kept"] * contacted["kept"] / selected["kept"],
        "gain": (best["gain"] + best["cost"]) * contacted["value"] / selected["value"] - money,
    }


def set_slider(page, name, value):
    page.page.locator(f"#s-{name}").evaluate(
        "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', { bubbles: true })); }", str(value)
    )
    return float(page.page.locator(f"#s-{name}").input_value())


def shown(page):
    return {name: page.value("plan" + name.capitalize()) for name in ("contacts", "cost", "kept", "gain")}


def same(page, best):
    texts = shown(page)
    # Between two points of the curve nobody is contacted in part.
    assert abs(number(texts["contacts"]) - best["contacts"]) <= 1.01
    for name in ("cost", "gain"):
        assert number(texts[name]) == pytest.approx(best[name], rel=1e-6, abs=0.51), name
    assert abs(number(texts["kept"]) - best["kept"]) <= 0.51


def as_planned(page, plan):
    """The planner shows what study.json says of the plan, digit by digit; with those held out, beside."""
    for name, key in {"contacts": "clients", "cost": "cost", "kept": "kept", "gain": "gain"}.items():
        tile = page.page.locator(f'.planner [data-kpi="plan{name.capitalize()}"]')
        # Python rounds halves to even; the page, away from nothing.
        assert number(tile.locator(".value").inner_text()) == math.floor(plan["contacted"][key] + 0.5)
        if plan["control"]["clients"]:
            assert number(tile.locator(".beside").inner_text()) == math.floor(plan["selected"][key] + 0.5)
        else:
            assert tile.locator(".beside").inner_text() == ""
    title = page.page.inner_text('[data-chart="plan.curve"] h3')
    assert f"{plan['selected']['clients']:,}\u00a0client" in title, title


def test_the_plan_begins_as_in_the_study(opened, study):
    page = opened("#room=plan")
    plan = study["plan"]
    assert number(page.value("plan.clients")) == plan["contacted"]["clients"]
    assert number(page.value("plan.cost")) == round(plan["contacted"]["cost"])
    assert number(page.value("plan.gain")) == round(plan["contacted"]["gain"])
    as_planned(page, plan)


@pytest.mark.parametrize("noise", [1 + 1e-9, 1 - 1e-9, 1 + 1e-13])
def test_the_last_digits_of_the_curve_do_not_move_the_plan(browser, ebb, folder, study, tmp_path, noise):
    """The curve's own sum of the plan's costs may differ from the plan's by what adding in another order does."""
    other = copy.deepcopy(study)
    plan = other["plan"]
    for point in plan["curve"]:
        if point["contacts"] == plan["selected"]["clients"]:
            point["cost"] *= noise
            point["gain"] *= noise
    (tmp_path / "study.json").write_text(json.dumps(other), encoding="utf-8")
    assert ebb("report", tmp_path / "study.json", "--out", tmp_path / "out").returncode == 0
    page = Page(browser, tmp_path / "out" / "dashboard.html", "#room=plan")
    as_planned(page, plan)
    # There and back.
    set_slider(page, "budget", plan["selected"]["cost"] / 2)
    page.page.get_by_role("button", name="As in the study").click()
    as_planned(page, plan)
    page.close()


@pytest.mark.parametrize(
    "options", [["--budget", "60000"], ["--contacts", "333"], ["--control-share", "0"], ["--budget", "41234.5", "--control-share", "0.25"]])
def test_every_plan_begins_as_its_study_says(browser, ebb, folder, tmp_path, options):
    table = tmp_path / "clients.csv"
    table.write_bytes(ebb("sample", "--clients", 3000, "--seed", 11).stdout)
    other = ebb.study(table, tmp_path / "out", *options)
    page = Page(browser, tmp_path / "out" / "dashboard.html", "#room=plan")
    as_planned(page, other["plan"])
    page.close()


def test_the_budget_moves_the_plan(opened, study):
    page = opened("#room=plan")
    plan = study["plan"]
    largest = max(p["cost"] for p in plan["curve"])
    before = None
    for share in (0, 0.1, 0.33, 0.5, 0.77, 1):
        budget = set_slider(page, "budget", largest * share)
        best = planned(plan, budget)
        same(page, best)
        assert best["cost"] <= budget + 1e-6
        title = page.page.inner_text('[data-chart="plan.curve"] h3')
        with_held_out = page.page.inner_text('.planner [data-kpi="planContacts"] .beside').split()[0] if best["contacts"] else "0"
        assert f" {with_held_out}\u00a0client" in title
        if share in (0, 0.1, 0.33):
            assert shown(page) != before
        before = shown(page)


def test_every_assumption_moves_the_plan(opened, study):
    page = opened("#room=plan")
    plan = study["plan"]
    budget = float(page.page.locator("#s-budget").input_value())
    names = [
        input.get_attribute("id")[2:] for input in page.page.locator(".sliders input").all()
        if input.get_attribute("id") != "s-budget"
    ]
    felt = {i["assumption"] for i in plan["sensitivity"] if abs(i["keptPlanGainAtHigh"] - i["keptPlanGainAtLow"]) > 1}
    assert set(names) == felt
    start = shown(page)
    for name in names:
        item = next(item for item in plan["sensitivity"] if item["assumption"] == name)
        for end in ("low", "high"):
            value = set_slider(page, name, item[end])
            assert value == pytest.approx(item[end], rel=1e-6)
            same(page, planned(plan, budget, **{name: value}))
            assert shown(page) != start
            # The plan that is kept gains what the study says it gains there.
            gains = {p["contacts"]: p["gain"] for p in points_of(page)}
            assert gains[plan["selected"]["clients"]] == pytest.approx(item["keptPlanGainAt" + end.capitalize()], rel=1e-6, abs=1)
        page.page.get_by_role("button", name="As in the study").click()
        assert shown(page) == start
    random.seed(3)
    settings = {}
    for name in names:
        item = next(item for item in plan["sensitivity"] if item["assumption"] == name)
        settings[name] = set_slider(page, name, random.uniform(item["low"], item["high"]))
    same(page, planned(plan, budget, **settings))


def points_of(page):
    """The curve as its saved table has it."""
    figure = page.page.locator('[data-chart="plan.curve"]')
    if figure.locator(".twin[open]").count() == 0:
        figure.locator(".twin > summary").click()
    with page.page.expect_download() as download:
        figure.locator(".twin button").click()
    page.requests[:] = [url for url in page.requests if not url.startswith("blob:")]
    lines = open(download.value.path(), encoding="utf-8-sig").read().splitlines()[1:]
    return [{"contacts": int(float(line.split(",")[0])), "gain": float(line.split(",")[1])} for line in lines]


def test_one_client_is_scored_as_the_card_says(opened, study):
    page = opened("#room=forecast")
    forecast = study["forecast"]
    card = forecast["card"] if forecast["champion"] == "scorecard" else forecast["cardWithPairs"]
    scale = card["scale"]
    random.seed(5)
    sizes = [len(characteristic["bins"]) for characteristic in card["characteristics"]]
    clients = [[0] * len(sizes), [size - 1 for size in sizes]]
    clients += [[random.randrange(size) for size in sizes] for _ in range(25)]
    # Every band of every characteristic at least once.
    clients += [[min(band, size - 1) for size in sizes] for band in range(max(sizes))]
    for client in clients:
        place = {}
        points = card["basePoints"]
        for index, (characteristic, value) in enumerate(zip(card["characteristics"], client)):
            page.page.locator(f"#sim-{index}").select_option(str(value))
            place[characteristic["feature"]] = value
            points += characteristic["bins"][value]["points"]
        for pair in card["pairs"]:
            points += pair["points"][place[pair["first"]]][place[pair["second"]]]
        assert number(page.page.inner_text("#sim-points")) == points
        odds = scale["baseOdds"] * 2 ** ((points - scale["baseScore"]) / scale["pointsToDouble"])
        assert page.page.inner_text("#sim-risk") == f"{100 / (1 + odds):.1f}%"
        # The points one by one add up to what is shown.
        rows = page.page.locator(".simulator tbody tr td.number").all_inner_texts()
        assert sum(number(text.replace("+", "")) for text in rows[:-1]) == points == number(rows[-1])


def test_every_band_of_the_one_client_is_in_words(opened):
    for language in ("en", "ru"):
        page = opened(f"#room=forecast&lang={language}")
        for select in page.page.locator(".selects select").all():
            options = select.locator("option").all_inner_texts()
            assert all(option.strip() for option in options)
            assert len(set(options)) == len(options)
        assert list(itertools.chain(page.page.locator(".selects label > span").all_inner_texts()))
