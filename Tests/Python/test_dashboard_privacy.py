"""Nothing in the page tells of fewer clients than the privacy threshold: neither a figure, nor a difference of figures."""

import csv
import itertools

import pytest
from dashboard_reading import Cells, data_of

THRESHOLD = 5


@pytest.fixture(scope="module")
def rare(ebb, sample_csv, tmp_path_factory):
    """Clients of whom a few are alone: a village, a fifth product, a gender not said, a card not known."""
    out = tmp_path_factory.mktemp("rare")
    with open(sample_csv, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {entry["role"]: entry["column"] for entry in ebb.study(sample_csv, out / "first")["schema"]["columns"]}
    for index, row in enumerate(rows):
        if index % 1000 == 1:
            row[names["city"]] = "Village"
        if index % 600 == 2:
            row[names["city"]] = "Small town"
        if index % 1500 == 3:
            row[names["products"]] = "7"
        if index % 1400 == 5:
            row[names["gender"]] = ""
        if index % 900 == 7:
            row[names["card"]] = ""
    with open(out / "rare.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    study = ebb.study(out / "rare.csv", out)
    return {"study": study, "data": data_of(out / "dashboard.html"), "rows": rows, "names": names}


def walk(value, kind):
    if isinstance(value, dict):
        if kind == "charts" and "spec" in value and "columns" in value:
            yield value
        if kind == "tables" and value.get("kind") == "table":
            yield value["table"]
        for inner in value.values():
            yield from walk(inner, kind)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, kind)


def is_few(value):
    return isinstance(value, (int, float)) and 0 < value < THRESHOLD


def test_no_chart_and_no_table_tells_of_few(rare):
    texts = rare["data"]["texts"]["en"]
    found = []
    for chart in walk(texts["rooms"], "charts"):
        found += [(chart["id"], row) for row in chart["spec"]["data"]["values"] if is_few(row.get("n"))]
    counts = {"Clients", "In the plan", "Contacted", "Held out"}
    for table in walk(texts["rooms"], "tables"):
        for place, column in enumerate(table["columns"]):
            if column["title"] in counts:
                found += [(table["id"], row) for row in table["rows"] if is_few(row[place])]
    assert found == []


def test_no_cell_is_small(rare):
    cells = Cells(rare["data"])
    assert min(n for _, n, _ in cells.rows) >= THRESHOLD
    for one, other in itertools.combinations(range(len(cells.axes)), 2):
        counted = {}
        for at, n, _ in cells.rows:
            counted[at[one], at[other]] = counted.get((at[one], at[other]), 0) + n
        assert min(counted.values()) >= THRESHOLD
    total = sum(n for _, n, _ in cells.rows)
    assert total == rare["study"]["schema"]["clients"]


def test_what_the_cells_leave_out_of_a_level_is_nobody_or_many(rare):
    """How many clients a level has is told in other rooms; the difference must not be a small group."""
    cells = Cells(rare["data"])
    study = rare["study"]
    checked = 0
    for axis, described in enumerate(study["churn"]["cube"]["axes"]):
        attribute = described["attribute"]
        by = next((b for b in study["churn"]["by"] if b["attribute"] == attribute), None)
        if by is None:
            continue
        values = rare["data"]["cube"]["axes"][axis]["values"]
        for level in by["levels"]:
            if level["value"] not in values or level["value"] == "pooled":
                continue
            told = sum(n for at, n, _ in cells.rows if at[axis] == values.index(level["value"]))
            assert not is_few(level["n"] - told), (attribute["column"], level["value"])
            checked += 1
    assert checked > 12


@pytest.mark.parametrize("table", ["rare", "sample"])
def test_what_the_cells_leave_out_of_two_levels_is_nobody_or_many(rare, folder, study, table):
    """A pair counted by the study and the same pair added up from cells: neither the difference, nor what is left of a
    line after the pairs that are told, is a small group."""
    data = rare["data"] if table == "rare" else data_of(folder / "dashboard.html")
    study = rare["study"] if table == "rare" else study
    cube = data["cube"]
    cells = Cells(data)
    checked = withheld = 0
    for pair in cube["pairs"]:
        first, second = pair["axes"]
        names, heads = (cube["axes"][axis]["values"] for axis in (first, second))
        told = {}
        for at, n, _ in cells.rows:
            told[at[first], at[second]] = told.get((at[first], at[second]), 0) + n
        counts = {(row, column): pair["n"][row * len(heads) + column] for row in range(len(names)) for column in range(len(heads))}
        assert sum(counts.values()) == study["schema"]["clients"]
        for (row, column), n in counts.items():
            if "pooled" in (names[row], heads[column]):
                assert not is_few(n), (pair["axes"], names[row], heads[column])
                withheld += n
            else:
                assert not is_few(n - told.get((row, column), 0)), (names[row], heads[column])
                checked += 1
    assert checked > 0 and (table == "rare" or checked > 60 and withheld > 0)


def test_rare_levels_have_no_name_of_their_own_figures(rare):
    """Five small towns may be named, three villagers may not."""
    cells = Cells(rare["data"])
    axis = cells.axis("city")
    values = rare["data"]["cube"]["axes"][axis]["values"]
    for name in ("Village",):
        if name in values:
            assert all(at[axis] != values.index(name) for at, _, _ in cells.rows)


def test_shares_of_a_group_tell_of_no_few(rare):
    """A share of a small group is a count in disguise."""
    texts = rare["data"]["texts"]["en"]
    groups = {
        segment["values"][0]: segment["n"] for segment in rare["study"]["segments"]["byProducts"] if not segment["isSuppressed"]
    }
    table = next(table for table in walk(texts["rooms"], "tables") if table["id"] == "means")
    sizes = [groups[column["title"].split(": ")[1]] for column in table["columns"][1:]]
    seen = 0
    for row in table["rows"][1:]:
        for text, size in zip(row[1:], sizes):
            if text.endswith("%"):
                seen += 1
                share = float(text[:-1]) / 100
                # As near as a tenth of a percent tells.
                assert share * size == 0 or share * size + 0.0005 * size >= THRESHOLD - 0.01, (row, size)
    assert seen > 10
