"""Every number of the deck, the page, the workbook and the terminal report is study.json's, rounded as shown; planted
wrong numbers are seen."""

import csv
import io

import pytest

import deck_reading
import mutations
import number_checker
import page_reading
import report_reading
import shown_numbers
import workbook_reading

LANGUAGES = ["ru", "en"]
ARTIFACTS = ["deck", "page", "workbook", "report"]
# Of planted wrong numbers the share that is seen at least.
FLOOR = {"deck": 0.9, "page": 0.9, "workbook": 0.93, "report": 0.93}


class Shown:
    """A study and what its artifacts show, read once."""

    def __init__(self, ebb, browser, table, folder, lang, arguments=()):
        done = ebb("study", table, "--out", folder, "--lang", lang, *arguments)
        assert done.returncode == 0, done.stderr.decode()
        import json
        self.folder, self.lang = folder, lang
        self.study = json.loads((folder / "study.json").read_text(encoding="utf-8"))
        self.places = {
            "deck": list(deck_reading.places(folder / "presentation.pptx", self.study)),
            "page": page_reading.places(browser, folder / "dashboard.html", self.study, lang),
            "report": report_reading.places(done.stdout.decode(), lang),
        }
        self.book = folder / "contacts.xlsx"
        if self.book.exists():
            self.places["workbook"] = workbook_reading.places(self.book, lang)

    def mismatches(self, artifact, **how):
        found = number_checker.check(self.places.get(artifact, []), self.study, **how)
        if artifact == "workbook" and self.book.exists():
            found += workbook_reading.check_list(self.book, self.study, self.lang)
        return found


@pytest.fixture(scope="module", params=LANGUAGES)
def public(ebb, browser, bank_csv, tmp_path_factory, request):
    """The public table."""
    return Shown(ebb, browser, bank_csv, tmp_path_factory.mktemp("numbers"), request.param)


@pytest.mark.parametrize("artifact", ARTIFACTS)
def test_every_number_is_the_study_s(public, artifact):
    numbers = sum(1 for _ in mutations.spots(public.places[artifact]))
    assert numbers > {"deck": 700, "page": 5000, "workbook": 150, "report": 250}[artifact]
    mismatches = public.mismatches(artifact)
    assert not mismatches, "\n".join(map(str, mismatches))


@pytest.mark.parametrize("artifact", ARTIFACTS)
def test_planted_mismatches_are_seen(public, artifact):
    share, missed = mutations.caught(
        public.places[artifact], public.study, count=160 if artifact == "page" else 250)
    print(f"{artifact}, {public.lang}: {share:.1%} of planted wrong numbers seen")
    assert share >= FLOOR[artifact], "\n".join(f"{kind}: {was} -> {now} in {place.where}" for kind, place, was, now in missed)


def test_a_client_s_wrong_figure_is_seen(public, tmp_path):
    """In the list: a cost, a probability's band, a client too many, the other group."""
    import openpyxl

    changes = [
        lambda sheet: setattr(sheet.cell(5, 13), "value", sheet.cell(5, 13).value * 10),
        lambda sheet: setattr(sheet.cell(7, 4), "value", 0.01),
        lambda sheet: setattr(sheet.cell(9, 14), "value", -sheet.cell(9, 14).value),
        lambda sheet: sheet.delete_rows(11),
        lambda sheet: setattr(sheet.cell(3, 8), "value", "P3"),
    ]
    for index, change in enumerate(changes):
        book = openpyxl.load_workbook(public.book)
        change(book.worksheets[0])
        path = tmp_path / f"{index}.xlsx"
        book.save(path)
        assert workbook_reading.check_list(path, public.study, public.lang), index


# MARK: Other tables


def variants(rows):
    """The made-up clients with another look: (name, columns, value of a cell by its row's number, arguments)."""
    return {
        "made-up clients": {}, "no products": {"Products": None},
        "twelve product groups": {"Products": lambda i: str(i % 12 + 1)}, "sixty cities": {"City": lambda i: f"Город {i % 60}"},
        "digits in names": {"City": lambda i: ["27,7%", "1,234", "City 17"][i % 3]},
        "no forecast": {"Churn": lambda i: "1" if i % 100 == 0 else "0"},
    }


HEADINGS = {"Balance": "остаток на счёте", "Age": "Возраст, лет", "City": "Регион", "Products": "Кол-во продуктов"}


@pytest.mark.parametrize("name", list(variants(None)))
def test_numbers_of_other_tables(ebb, browser, sample_csv, tmp_path, name):
    rows = list(csv.reader(io.StringIO(sample_csv.read_text(encoding="utf-8"))))[:1501]
    head = rows[0]
    for column, value in variants(None)[name].items():
        at = head.index(column)
        for number, row in enumerate(rows[1:]):
            row[at] = None if value is None else value(number)
        if value is None:
            rows = [row[:at] + row[at + 1:] for row in rows]
    if name == "digits in names":
        rows[0] = [HEADINGS.get(column, column) for column in rows[0]]
    table = tmp_path / "clients.csv"
    with open(table, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    lang = LANGUAGES[list(variants(None)).index(name) % 2]
    shown = Shown(ebb, browser, table, tmp_path / "out", lang)
    # 1,500 clients, a hundred to a group: many groups have the same figures.
    mismatches = [mismatch for artifact in ARTIFACTS for mismatch in shown.mismatches(artifact, are_names_of_rows=False)]
    assert not mismatches, "\n".join(map(str, mismatches))


# MARK: Reading


@pytest.mark.parametrize("lang,text,expected", [
    ("ru", "20,4\u00a0%", (20.4, 0.01, 1)), ("en", "20.4%", (20.4, 0.01, 1)), ("ru", "10\u202f000", (10000, 1, 0)),
    ("en", "10,000", (10000, 1, 0)), ("ru", "0,866", (0.866, 1, 3)), ("ru", "−0,09", (-0.09, 1, 2)),
    ("ru", "185,6\u00a0млн", (185.6, 1e6, 1)), ("en", "185.6 m", (185.6, 1e6, 1)),
    ("ru", "[19,6; 21,2\u00a0%]", (19.6, 0.01, 1)), ("en", "[19.6, 21.2%]", (19.6, 0.01, 1)),
    ("en", "+92.4 pp", (92.4, 0.01, 1)), ("en", "1,234,567.5", (1234567.5, 1, 1)),
])
def test_numbers_are_read_as_shown(lang, text, expected):
    number = next(iter(shown_numbers.read(text, lang)))
    assert (number.value, number.scale, number.decimals) == expected
