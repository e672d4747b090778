"""How large the page is and how soon it answers: the same for few clients and for many."""

import os

import pytest
from dashboard_reading import Page, data_of, marks, with_data

# A click, all that follows from it, style, layout and paint; then the time it took. Begins with a frame, so that no time
# is spent on waiting for one.
CLICKS = """async (count) => {
  const painted = () => new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    requestAnimationFrame(() => channel.port2.postMessage(0));
  });
  const times = [];
  let seed = 7;
  for (let index = 0; index < count; index++) {
    const all = [...document.querySelectorAll('.room:not([hidden]) .pick')];
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const mark = all[seed % all.length];
    await painted();
    times.push(await new Promise((resolve) => requestAnimationFrame(() => {
      const start = performance.now();
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now() - start);
      mark.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      channel.port2.postMessage(0);
    })));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return times.sort((a, b) => a - b);
}"""


def allowed(milliseconds):
    """On a machine that does other work too, time is shared."""
    return milliseconds * max(1, os.getloadavg()[0] / os.cpu_count())


def figures(times):
    return {"p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)], "max": times[-1]}


def many_cells(data, count=50_000):
    """As many cells as the issue names, made up; some share a place, which the page does not mind."""
    cube = data["cube"]
    total = 1
    for size in cube["sizes"]:
        total *= size
    places = sorted(list(range(total)) * -(-count // total))[:count]
    cube["at"] = [b - a for a, b in zip([0] + places, places)]
    cube["n"] = [5 + i % 40 for i in range(count)]
    cube["churned"] = [i % 5 for i in range(count)]
    for name in ("balance", "expected", "atRisk"):
        if name in cube:
            cube[name] = [1.5 * (i % 100) for i in range(count)]
    cube["whole"].update(n=sum(cube["n"]), churned=sum(cube["churned"]))


@pytest.mark.parametrize("room", ["overview", "segments"])
def test_fifty_thousand_cells_answer_within_fifty_milliseconds(browser, folder, tmp_path, room):
    """From a click to the painted page; all charts of the room are in sight."""
    path = with_data(folder / "dashboard.html", tmp_path / "large.html", many_cells)
    page = Page(browser, path, f"#room={room}", height=2600)
    times = figures(page.page.evaluate(CLICKS, 60))
    print(room, "click to paint, milliseconds:", times, "load:", os.getloadavg()[0])
    assert times["p95"] < allowed(50)
    page.close()


def test_dragging_keeps_up(browser, folder, tmp_path):
    path = with_data(folder / "dashboard.html", tmp_path / "large.html", many_cells)
    page = Page(browser, path, height=2600)
    times = []
    box = [mark.bounding_box() for mark in marks(page, "live.age").all()]
    page.page.mouse.move(box[0]["x"] + 100, box[0]["y"] + 14)
    page.page.mouse.down()
    for place in [1, 2, 3, 2, 1, 2, 3, 4, 3, 2]:
        page.page.mouse.move(box[place]["x"] + 100, box[place]["y"] + 14)
        times.append(float(page.page.get_attribute("html", "data-filter-milliseconds")))
    page.page.mouse.up()
    times.sort()
    print("drag, milliseconds:", times)
    assert times[len(times) // 2] < allowed(50)
    page.close()


def test_the_page_is_no_larger_and_no_slower_for_thirty_times_the_clients(ebb, browser, folder, tmp_path):
    """From 10,000 to 300,000 clients: room for the cells that the first table had too few clients for, and digits."""
    pages = {}
    for clients in (10_000, 300_000):
        table = tmp_path / f"{clients}.csv"
        table.write_bytes(ebb("sample", "--clients", clients, "--seed", 7, lang="ru").stdout)
        # The same chapters at a price that a test can pay.
        ebb.study(table, tmp_path / str(clients), "--chapters", "churn,segments,portraits,hypotheses")
        path = tmp_path / str(clients) / "dashboard.html"
        page = Page(browser, path, height=2600)
        paint = page.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        pages[clients] = {
            "bytes": path.stat().st_size, "cells": len(data_of(path)["cube"]["n"]), "paint": paint,
            **figures(page.page.evaluate(CLICKS, 40)),
        }
        page.close()
    print(pages)
    small, large = pages[10_000], pages[300_000]
    assert large["bytes"] <= small["bytes"]
    assert large["cells"] <= 16_000
    for page in (small, large):
        assert page["bytes"] <= 2_500_000
        assert page["paint"] < allowed(1000)
        assert page["p95"] < allowed(50)


def test_first_paint_and_size_of_a_whole_study(browser, folder):
    assert (folder / "dashboard.html").stat().st_size <= 2_500_000
    page = Page(browser, folder / "dashboard.html")
    paint = page.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    print("first paint, milliseconds:", paint)
    assert paint < allowed(1000)
    page.close()
