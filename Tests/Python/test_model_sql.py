"""`ebb score --as sql`: the statement, run by a real PostgreSQL, gives what `ebb score` gives."""

import bisect
import csv
import io
import json
import math
import random

import pytest

from postgres_server import quoted, serving

METHODS = ["scorecard", "scorecardInteractions", "trees"]
HOSTILE = '"; drop table x; --'


@pytest.fixture(scope="module")
def postgres():
    yield from serving()


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([{k: "" if v is None else v for k, v in row.items()} for row in rows])
    return path


def statement(ebb, model, *arguments, code=0, lang="en"):
    done = ebb("score", "--as", "sql", "--model", model, *arguments, lang=lang)
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode() if code == 0 else done.stderr.decode()


def scored(ebb, path, model, method):
    done = ebb("score", path, "--model", model, "--method", method, "--parts", "--reasons", 0)
    assert done.returncode == 0, done.stderr.decode()
    return list(csv.DictReader(io.StringIO(done.stdout.decode())))


def calibrated(model, method, margin):
    """The probability of a margin, with more digits than `ebb score` shows."""
    (kind, curve), = json.loads((model / "calibration.json").read_text())[method].items()
    curve = curve.get("_0")
    if kind == "isotonic":
        x, y = curve["scores"], curve["probabilities"]
        at = bisect.bisect_right(x, margin)
        if at == 0 or at == len(x):
            p = y[0] if at == 0 else y[-1]
        else:
            p = y[at - 1] + (margin - x[at - 1]) / (x[at] - x[at - 1]) * (y[at] - y[at - 1])
    else:
        if kind == "platt":
            margin = curve["intercept"] + curve["slope"] * margin
        p = 1 / (1 + math.exp(-margin))
    return min(1 - 1e-6, max(1e-6, p))


def agree(found, expected, model, method):
    """Every client once; to what `ebb score` prints, and closer to what its margin says."""
    assert len(found) == len(expected)
    found = {row["id"]: float(row["probability"]) for row in found}
    shown = max(abs(found[row["id"]] - float(row["probability"])) for row in expected)
    exact = max(
        abs(found[row["id"]] - calibrated(model, method, float(row["margin"]))) for row in expected
    )
    print(f"{method}: {len(expected)} clients, worst {shown:.2e} as printed, {exact:.2e} from the margin")
    assert shown <= 1e-6
    assert exact <= 1e-9


SAMPLE_TYPES = {
    "score": "integer", "Age": "integer", "Balance": "numeric(14,2)", "Products": "smallint",
    "estimated_salary": "double precision",
}


def typed(clients, types=SAMPLE_TYPES):
    """Column types, numbers where the sample has numbers; blanks become NULL."""
    kinds = {name: types.get(name, "text") for name in clients[0]}
    return kinds, [{k: v if v != "" else None for k, v in row.items()} for row in clients]


@pytest.fixture(scope="module")
def loaded(postgres, sample_csv):
    postgres.psql("CREATE SCHEMA bank;")
    postgres.fill("bank.clients", *typed(table(sample_csv)))
    return postgres


@pytest.mark.parametrize("method", METHODS)
def test_the_same_probabilities(ebb, loaded, sample_csv, model, method):
    sql = statement(ebb, model, "--table", "bank.clients", "--method", method)
    agree(loaded.psql(sql), scored(ebb, sample_csv, model, method), model, method)


@pytest.mark.parametrize("method", METHODS)
def test_texts_do_as_well_as_numbers(ebb, loaded, sample_csv, model, method):
    """A table of texts alone, blanks instead of NULL, other headings."""
    clients = [dict(row) for row in table(sample_csv)]
    for row in clients:
        row["Town"] = row.pop("City")
        row["client code"] = row.pop("userid")
    name = f"texts_{method}"
    loaded.fill(name.lower(), {column: "text" for column in clients[0]}, clients)
    sql = statement(
        ebb, model, "--table", name.lower(), "--method", method, "--map", "city=Town", "--id", "client code"
    )
    agree(loaded.psql(sql), scored(ebb, sample_csv, model, method), model, method)


@pytest.fixture(scope="module")
def hostile(ebb, sample_csv, tmp_path_factory):
    """A table with headings and levels that try to break out, and a model that learnt from it."""
    folder = tmp_path_factory.mktemp("hostile")
    source = random.Random(3)
    cities = {}
    clients = table(sample_csv)
    for row in clients:
        cities.setdefault(row["City"], len(cities))
        number = cities[row["City"]]
        row["City"] = {0: "О'мск\\", 1: "'; drop table x; --"}.get(number, row["City"])
        row[HOSTILE] = f"{source.gauss(0.8 if row['Churn'] == '1' else 0, 1):.3f}"
        row["`l'e\\vel\""] = source.choice(["a'b", "c\\", "d`\"", "e"] if row["Churn"] == "1" else ["e", "a'b"])
    path = write(folder / "clients.csv", clients)
    ebb.study(path, folder / "report", "--chapters", "forecast")
    return path, folder / "report" / "model"


@pytest.mark.parametrize("method", METHODS)
def test_what_the_model_has_not_met(ebb, loaded, hostile, method, tmp_path):
    """Unknown cities, NULLs, boolean flags, hostile names and levels."""
    path, model = hostile
    names = [f["feature"]["name"] for f in json.loads((model / "model.json").read_text())["manifest"]["features"]]
    assert HOSTILE in names
    flags = [c for c in ("CreditCard", "Loyalty") if c in names]
    assert flags
    clients = table(path)[:600]
    source = random.Random(4)
    for number, row in enumerate(clients):
        for column in row:
            if column not in ("userid",) and source.random() < 0.08:
                row[column] = ""
        if number % 7 == 0:
            row["City"] = "Атлантида"
        for column in flags:
            if row[column] in ("0", "1"):
                row[column] = "true" if row[column] == "1" else "false"
    expected = scored(ebb, write(tmp_path / "odd.csv", clients), model, method)
    kinds = {**SAMPLE_TYPES, HOSTILE: "real", **{column: "boolean" for column in flags}}
    name = f"odd_{method.lower()}"
    loaded.psql("CREATE TABLE IF NOT EXISTS x (y integer);")
    loaded.fill(name, *typed(clients, kinds))
    sql = statement(ebb, model, "--table", name, "--method", method)
    agree(loaded.psql(sql), expected, model, method)
    assert loaded.psql("SELECT count(*) AS n FROM x;") == [{"n": "0"}]


def test_words_of_yes_and_no(ebb, loaded, sample_csv, model, tmp_path):
    words = [("да", "нет"), ("ДА", "Нет"), ("Yes", "NO"), ("t", "F"), ("TRUE", "False"), ("1", "0")]
    clients = table(sample_csv)[:300]
    for number, row in enumerate(clients):
        for column in ("CreditCard", "Loyalty"):
            yes, no = words[number % len(words)]
            row[column] = {"1": yes, "0": no}.get(row[column], row[column])
    expected = scored(ebb, write(tmp_path / "words.csv", clients), model, "scorecard")
    loaded.fill("words", *typed(clients))
    agree(loaded.psql(statement(ebb, model, "--table", "words", "--method", "scorecard")), expected, model, "scorecard")


def test_names_stay_names(ebb, loaded, sample_csv, model):
    name = 'odd "schema; drop table x; --'
    loaded.psql(f"CREATE SCHEMA {quoted(name)}; CREATE TABLE IF NOT EXISTS x (y integer);")
    kinds, rows = typed(table(sample_csv)[:50])
    loaded.fill(f"{quoted(name)}.{quoted(HOSTILE)}", kinds, rows)
    found = loaded.psql(statement(ebb, model, "--table", f"{name}.{HOSTILE}"))
    assert [r["id"] for r in found] == [r["userid"] for r in rows]
    loaded.psql("SELECT * FROM x;")


def test_the_same_text_every_time(ebb, model, tmp_path):
    for dialect in ("postgresql", "spark"):
        arguments = ["--table", "t", "--dialect", dialect]
        text = statement(ebb, model, *arguments)
        assert text == statement(ebb, model, *arguments)
        out = tmp_path / f"{dialect}.sql"
        assert statement(ebb, model, *arguments, "--out", out) == ""
        assert out.read_text(encoding="utf-8") == text
    assert "FROM `t`" in text


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_wrong_combinations(ebb, sample_csv, model, lang):
    for arguments, word in (
        (["--as", "sql"], "--table"),
        (["--as", "sql", "--table", "t", sample_csv], str(sample_csv)),
        (["--as", "sql", "--table", "t", "--dialect", "oracle"], "oracle"),
        (["--as", "sql", "--table", "t", "--parts"], "--parts"),
        (["--as", "sql", "--table", "t", "--reasons", "2"], "--reasons"),
        (["--as", "sql", "--table", "t", "--delimiter", ";"], "--delimiter"),
        (["--as", "sql", "--table", "a..b"], "a..b"),
        (["--as", "sql", "--table", ""], ""),
        (["--as", "sql", "--table", "t", "--map", "churn=x"], "churn"),
        (["--as", "xml"], "xml"),
        ([sample_csv, "--table", "t"], "--table"),
        ([sample_csv, "--dialect", "spark"], "--dialect"),
        ([sample_csv, "--id", "userid"], "--id"),
        ([], "FILE"),
    ):
        done = ebb("score", "--model", model, *arguments, lang=lang)
        said = done.stderr.decode()
        assert done.returncode == 64 and done.stdout == b"", (arguments, said)
        assert word in said
        assert any("а" <= letter <= "я" for letter in said.replace(str(sample_csv), "")) == (lang == "ru")
