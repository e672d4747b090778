"""Choosing on the charts themselves: dragging, fingers, and the keyboard, each against a recount of the cells."""

import pytest
from dashboard_reading import Cells, agree, marks, number, table_of


def values_of(cells, id):
    """Values that the axis' chart has, in its order."""
    axis = cells.axis(id)
    return sorted({at[axis] for at, _, _ in cells.rows})


def drag(page, chart, start, end, key=None, x=0.6):
    at = marks(page, chart)
    at.nth(start).scroll_into_view_if_needed()
    at.nth(end).scroll_into_view_if_needed()
    boxes = [at.nth(index).bounding_box() for index in (start, end)]
    if key:
        page.page.keyboard.down(key)
    page.page.mouse.move(boxes[0]["x"] + boxes[0]["width"] * x, boxes[0]["y"] + boxes[0]["height"] / 2)
    page.page.mouse.down()
    page.page.mouse.move(boxes[1]["x"] + boxes[1]["width"] * x, boxes[1]["y"] + boxes[1]["height"] / 2, steps=8)
    page.page.mouse.up()
    if key:
        page.page.keyboard.up(key)
    page.page.wait_for_timeout(50)


def test_a_drag_chooses_all_it_passes_on_every_chart(opened):
    page = opened(height=2600)
    cells = Cells(page.data())
    for axis in cells.axes:
        values = values_of(cells, axis["id"])
        end = max(1, min(2, len(values) - 2))
        drag(page, f"live.{axis['id']}", 0, end)
        wanted = set(values[: end + 1])
        # All of an axis is no filter.
        agree(page, cells, {axis["id"]: wanted} if len(wanted) < len(values) else {})
        if len(wanted) < len(values):
            page.page.click("#clear-all")


def test_a_drag_upwards_replaces_and_one_with_shift_adds(opened):
    page = opened(height=2600)
    cells = Cells(page.data())
    values = values_of(cells, "age")
    drag(page, "live.age", 3, 2)
    agree(page, cells, {"age": {values[2], values[3]}})
    drag(page, "live.age", 1, 0, key="Shift")
    agree(page, cells, {"age": set(values[:4])})
    drag(page, "live.age", 1, 2)
    agree(page, cells, {"age": {values[1], values[2]}})
    # A drag is one step back.
    page.page.go_back()
    agree(page, cells, {"age": set(values[:4])})
    # And a click after it chooses as ever.
    marks(page, "live.age").nth(0).click()
    agree(page, cells, {"age": set(values[1:4])})


def test_everything_follows_while_the_drag_lasts_and_escape_takes_it_back(opened):
    page = opened(height=2600)
    cells = Cells(page.data())
    values = values_of(cells, "age")
    boxes = [marks(page, "live.age").nth(index).bounding_box() for index in range(3)]
    marks(page, "live.age").nth(0).focus()
    page.page.mouse.move(boxes[0]["x"] + 200, boxes[0]["y"] + 14)
    page.page.mouse.down()
    page.page.mouse.move(boxes[1]["x"] + 200, boxes[1]["y"] + 14, steps=4)
    assert number(page.value("clients")) == cells.count({"age": set(values[:2])})[0]
    assert "age=" not in page.page.url
    page.page.keyboard.press("Escape")
    page.page.mouse.up()
    agree(page, cells, {})
    assert "age=" not in page.page.url


def test_a_drag_over_cells_chooses_both_attributes(opened):
    page = opened("#room=segments", height=2600)
    cells = Cells(page.data())
    first, second = ((page.page.input_value(f"#pair-{which}")) for which in ("first", "second"))
    ids = [cells.axes[int(first)]["id"], cells.axes[int(second)]["id"]]
    rows, columns = values_of(cells, ids[0]), values_of(cells, ids[1])
    drag(page, "live.pair", 1, len(columns) + 2, x=0.5)
    wanted = {ids[0]: set(rows[:2]), ids[1]: set(columns[1:3])}
    assert number(page.value("clients")) == cells.count(wanted)[0]
    assert page.page.locator("#chips li").count() == 2
    # The table of the groups and their make-up side by side follow.
    groups = {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in page.page.locator(".room:not([hidden]) table:has(caption:text-is('Clients by number of products')) tbody tr").all()}
    counted = cells.count(wanted, by="products")
    for value, (n, churned) in counted.items():
        assert number(groups[cells.label("products", value)][0]) == n
        assert number(groups[cells.label("products", value)][2]) == churned
    page.page.reload()
    page.requests.pop()
    page.settle()
    assert number(page.value("clients")) == cells.count(wanted)[0]


def test_the_pair_stands_in_the_address(opened):
    page = opened("#room=segments")
    cells = Cells(page.data())
    page.page.select_option("#pair-first", str(cells.axis("gender")))
    page.page.select_option("#pair-second", str(cells.axis("city")))
    page.page.wait_for_timeout(100)
    address = page.page.url[page.page.url.index("#") :]
    assert "pair=gender~city" in address
    counted = {
        (cells.label("gender", row), cells.label("city", column)): n for (row, column), n in cells.pair("gender", "city").items()}
    for reader in (page, opened(address)):
        figure = reader.page.locator('[data-chart="live.pair"]')
        figure.locator(".twin > summary").click()
        figure.locator(".twin tbody tr").first.wait_for()
        shown = {}
        for row in figure.locator(".twin tbody tr").all():
            line = [row.locator("th").inner_text(), *row.locator("td").all_inner_texts()]
            shown[line[1], line[0]] = number(line[-1])
        assert {key: value for key, value in shown.items() if value} == counted
    page.page.go_back()
    page.page.go_back()
    page.settle()
    assert "pair=" not in page.page.url
    assert page.page.input_value("#pair-first") != str(cells.axis("gender"))


@pytest.mark.parametrize("way", ["rested", "on the names", "scrolling"])
def test_fingers_choose_and_scroll(browser, folder, opened, way):
    page = opened(width=390, height=800, has_touch=True, is_mobile=True)
    cells = Cells(page.data())
    values = values_of(cells, "age")
    at = marks(page, "live.age")
    at.nth(3).scroll_into_view_if_needed()
    page.page.wait_for_timeout(200)
    start, end = at.nth(1).bounding_box(), at.nth(3).bounding_box()
    touches = page.context.new_cdp_session(page.page)

    def touch(kind, *place):
        points = [{"x": place[0], "y": place[1]}] if place else []
        touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.page.wait_for_timeout(20)

    x = start["x"] + (4 if way == "on the names" else start["width"] * 0.7)
    scrolled = page.page.evaluate("scrollY")
    touch("touchStart", x, start["y"] + 14)
    if way == "rested":
        page.page.wait_for_timeout(400)
    for step in range(1, 9):
        touch("touchMove", x, start["y"] + 14 + (end["y"] - start["y"]) * step / 8)
    touch("touchEnd")
    page.page.wait_for_timeout(200)
    if way == "scrolling":
        agree(page, cells, {})
        assert page.page.evaluate("scrollY") != scrolled
    else:
        agree(page, cells, {"age": set(values[1:4])})


def test_the_keyboard_chooses_ranges(opened):
    page = opened()
    cells = Cells(page.data())
    values = values_of(cells, "age")
    keys = page.page.keyboard
    marks(page, "live.age").nth(0).focus()
    keys.press("ArrowDown")
    keys.press("Space")
    agree(page, cells, {"age": {values[1]}})
    marks(page, "live.age").nth(1).focus()
    keys.press("Shift+ArrowDown")
    keys.press("Shift+ArrowDown")
    agree(page, cells, {"age": set(values[1:4])})
    marks(page, "live.age").nth(3).focus()
    keys.press("Shift+ArrowUp")
    agree(page, cells, {"age": set(values[1:3])})
    # From the last chosen one to where the keyboard is.
    marks(page, "live.age").nth(2).focus()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Shift+Space")
    agree(page, cells, {"age": set(values[1:5])})
    marks(page, "live.age").nth(4).focus()
    keys.press("Home")
    assert page.page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        list(table_of(page, "live.age"))[0]
    )
    # One stop for Tab in each chart.
    assert page.page.locator('[data-chart="live.age"] .pick[tabindex="0"]').count() == 1


def test_the_keyboard_chooses_cells(opened):
    page = opened("#room=segments")
    cells = Cells(page.data())
    first, second = (cells.axes[int(page.page.input_value(f"#pair-{which}"))]["id"] for which in ("first", "second"))
    rows, columns = values_of(cells, first), values_of(cells, second)
    keys = page.page.keyboard
    marks(page, "live.pair").nth(0).focus()
    keys.press("ArrowRight")
    keys.press("Enter")
    assert number(page.value("clients")) == cells.count({first: {rows[0]}, second: {columns[1]}})[0]
    keys.press("Shift+ArrowDown")
    keys.press("Shift+ArrowRight")
    assert number(page.value("clients")) == cells.count({first: set(rows[:2]), second: set(columns[1:3])})[0]
