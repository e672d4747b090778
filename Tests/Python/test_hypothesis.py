"""`ebb hypothesis`: NIST's certified F, any table, clear refusals."""

import json
import random
import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "Tests" / "golden"))
import nist_anova  # noqa: E402

LABELS = {"number": str, "text": lambda i: f"treatment {i}"}


def compare(ebb, source, measure, by, *more, stdin=None):
    done = ebb("hypothesis", source, "--measure", measure, "--by", by, "--json", *more, stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_named(result, name):
    return next(test for test in result["tests"] if test["name"] == name)


test_named.__test__ = False


@pytest.mark.parametrize("name", nist_anova.SETS)
@pytest.mark.parametrize("variant", range(4))
def test_certified_f(ebb, tmp_path, name, variant):
    """Columns in both orders, headings quoted or not, treatments as numbers and as texts, rows shuffled."""
    label = LABELS["number" if variant in (0, 3) else "text"]
    rows = [
        [label(index + 1), value]
        for index, group in enumerate(nist_anova.SETS[name])
        for value in group.split()
    ]
    heading = ["treatment", "response"]
    if variant >= 2:
        random.Random(variant).shuffle(rows)
        heading = [f'"{text}"' for text in heading]
    step = -1 if variant % 2 else 1
    path = tmp_path / "set.csv"
    path.write_text("\n".join(",".join(row[::step]) for row in [heading, *rows]) + "\n")
    result = compare(ebb, path, "response", "treatment")
    certified = float(nist_anova.CERTIFIED[name])
    assert test_named(result, "anova")["statistic"] == pytest.approx(certified, rel=1e-12)
    assert {"anova", "welchANOVA", "kruskalWallis", "brownForsythe", "levene"} <= {
        test["name"] for test in result["tests"]
    } or name == "AtmWtAg"
    assert sum(group["n"] for group in result["groups"]) == len(rows)


TABLE = "Shop Area;visits;Colour;empty\n" + "".join(
    f"{i % 3};{i * 7 % 11 + i % 3};{'red' if i % 2 else 'blue'};\n" for i in range(60)
)


@pytest.mark.parametrize("measure, by", [("visits", "shop_area"), ("VISITS", "Shop Area"), ("Visits", "colour")])
def test_any_table(ebb, tmp_path, measure, by):
    path = tmp_path / "shops.csv"
    path.write_text(TABLE)
    result = compare(ebb, path, measure, by)
    assert result["verdict"] in ("differ", "differNegligibly", "equivalent", "undecided")
    assert result["measure"] == "visits"
    assert not result["rows"]["asClients"]
    for group in result["groups"]:
        assert {"value", "n", "mean", "median", "standardDeviation"} <= group.keys()
    for pair in result["pairs"]:
        tests = {test["name"]: test for test in pair["tests"]}
        for name in ("welchT", "mannWhitneyU"):
            assert tests[name]["pValueHolm"] >= tests[name]["pValue"]


def test_standard_input_and_shares(ebb):
    result = compare(ebb, "-", "colour", "shop area", stdin=TABLE.encode())
    assert [group["n"] for group in result["groups"]] == [20, 20, 20]
    assert result["tests"][0]["name"] == "chiSquared"


def test_a_gone_column_is_suggested(ebb, tmp_path):
    path = tmp_path / "shops.csv"
    path.write_text(TABLE)
    done = ebb("hypothesis", path, "--measure", "vists", "--by", "colour")
    assert done.returncode == 64
    assert "visits" in done.stderr.decode()


@pytest.mark.parametrize(
    "measure, by, code, says",
    [
        ("number", "many", 64, "--bands"),
        ("word", "few", 64, "holds no numbers"),
        ("number", "number", 64, "same column"),
        ("empty", "few", 65, "empty"),
        ("number", "word", 64, "fewer values"),
    ],
)
def test_refusals_name_the_remedy(ebb, tmp_path, measure, by, code, says):
    path = tmp_path / "wide.csv"
    rows = "".join(f"{i % 17},{i},{i % 3},w{i},\n" for i in range(3000))
    path.write_text("number,many,few,word,empty\n" + rows)
    done = ebb("hypothesis", path, "--measure", measure, "--by", by)
    assert done.returncode == code, done.stderr.decode()
    assert says in done.stderr.decode()


def test_bands_make_groups_of_many_numbers(ebb, tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("number,many\n" + "".join(f"{i % 17},{i}\n" for i in range(3000)))
    assert [g["n"] for g in compare(ebb, path, "number", "many", "--bands", 5)["groups"]] == [600] * 5
    cut = compare(ebb, path, "number", "many", "--cuts", "1000,2000")["groups"]
    assert [(g.get("low"), g.get("high")) for g in cut] == [(None, 1000), (1000, 2000), (2000, None)]


@pytest.mark.parametrize(
    "text",
    [
        "g,x\na,1\n",
        "g,x\na,5\na,5\nb,5\nb,5\n",
        "g,x\na,1\na,2\nb,3\n",
        "g,x\na,1\na,2\na,3\n",
        "g,x\n,1\n,2\na,3\na,4\n",
        "g,x\na,\nb,\na,1\n",
    ],
    ids=["one client", "constant", "one-row group", "one group", "missing groups", "missing measures"],
)
def test_little_data_is_undecided(ebb, tmp_path, text):
    path = tmp_path / "little.csv"
    path.write_text(text)
    result = compare(ebb, path, "x", "g", "--kind", "x=integer", "--kind", "g=category")
    assert result["verdict"] == "undecided"


def test_same_figures_as_the_study(ebb, shared):
    """A zero balance that means none is missing here too."""
    truth = json.loads((shared / "expected" / "truth_bank_dataset.json").read_text())
    expected = truth["hypotheses"]["by_products"]["balance"]
    for file in ("bank_dataset.csv", "bank_customers_en.csv"):
        result = compare(ebb, shared / "data" / file, "balance", "products")
        assert result["rows"]["asClients"]
        assert test_named(result, "anova")["statistic"] == pytest.approx(expected["anova"]["F"], rel=1e-9)
        assert test_named(result, "kruskalWallis")["statistic"] == pytest.approx(
            expected["kruskal"]["H"], rel=1e-9
        )


@pytest.mark.parametrize("lang, says", [("en", "Undecided"), ("ru", "Не решено")])
def test_report_fits_a_screen(ebb, bank_csv, lang, says):
    done = ebb("hypothesis", bank_csv, "--measure", "income", "--by", "products", lang=lang)
    text = done.stdout.decode()
    assert done.returncode == 0
    assert text.startswith(says)
    assert len(text.splitlines()) <= 40
