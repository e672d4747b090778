"""The same clients give the same study, however the file is written."""

import csv
import gzip
import io
import json
import random
import subprocess

import pytest


def without_provenance(study):
    return {key: value for key, value in study.items() if key != "provenance"}


def read_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_rows(rows, delimiter=",", decimal=".", line_end="\n", quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    for index, row in enumerate(rows):
        if index and decimal != ".":
            row = [cell.replace(".", decimal) if cell.replace(".", "", 1).isdigit() else cell for cell in row]
        writer.writerow(row)
    return out.getvalue()


def shuffled_rows(rows):
    body = rows[1:]
    random.Random(3).shuffle(body)
    return [rows[0]] + body


def shuffled_columns(rows):
    order = list(range(len(rows[0])))
    random.Random(5).shuffle(order)
    return [[row[index] for index in order] for row in rows]


VARIANTS = {
    "windows-1251, semicolons, decimal commas": lambda rows: write_rows(rows, ";", ",").encode("cp1251"),
    "windows-1251, CRLF": lambda rows: write_rows(rows, ",", ".", "\r\n").encode("cp1251"),
    "UTF-16 with a byte order mark": lambda rows: write_rows(rows, "\t").encode("utf-16"),
    "UTF-16 big-endian without one": lambda rows: write_rows(rows).encode("utf-16-be"),
    "UTF-8 with a byte order mark": lambda rows: b"\xef\xbb\xbf" + write_rows(rows, ";").encode(),
    "everything quoted": lambda rows: write_rows(rows, quoting=csv.QUOTE_ALL).encode(),
    "a sep= line": lambda rows: ("sep=;\n" + write_rows(rows, ";", ",")).encode(),
    "pipes": lambda rows: write_rows(rows, "|").encode(),
    "gzip": lambda rows: gzip.compress(write_rows(rows).encode()),
    "gzip of windows-1251": lambda rows: gzip.compress(write_rows(rows, ";", ",").encode("cp1251")),
    "shuffled rows": lambda rows: write_rows(shuffled_rows(rows)).encode(),
    "shuffled columns": lambda rows: write_rows(shuffled_columns(rows)).encode(),
    "shuffled both, carriage returns": lambda rows: write_rows(
        shuffled_columns(shuffled_rows(rows)), line_end="\r"
    ).encode(),
}


def check(name, ebb, source, base, tmp_path):
    path = tmp_path / "variant.csv"
    path.write_bytes(VARIANTS[name](read_rows(source)))
    assert without_provenance(ebb.study(path, tmp_path / "out")) == without_provenance(base)


@pytest.fixture(scope="session")
def sample_study(ebb, sample_csv, tmp_path_factory):
    return ebb.study(sample_csv, tmp_path_factory.mktemp("sample-study"))


@pytest.mark.parametrize("name", VARIANTS)
def test_made_up_clients(name, ebb, sample_csv, sample_study, tmp_path):
    check(name, ebb, sample_csv, sample_study, tmp_path)


@pytest.mark.parametrize("name", VARIANTS)
def test_public_table(name, ebb, bank_csv, bank_study, tmp_path):
    check(name, ebb, bank_csv, bank_study, tmp_path)


@pytest.mark.parametrize("compress", [False, True])
def test_standard_input(compress, ebb, sample_csv, sample_study, tmp_path):
    data = sample_csv.read_bytes()
    study = ebb.study("-", tmp_path, stdin=gzip.compress(data) if compress else data)
    assert without_provenance(study) == without_provenance(sample_study)


@pytest.mark.parametrize("compress", [False, True])
def test_a_pipe_given_as_a_path(compress, ebb, sample_csv, sample_study, tmp_path):
    """`ebb study <(zcat clients.csv.gz)`: it comes once, as standard input does."""
    data = sample_csv.read_bytes()
    packed = tmp_path / "clients"
    packed.write_bytes(gzip.compress(data) if compress else data)
    script = 'exec "$0" study <(cat "$1") --out "$2" --lang en'
    done = subprocess.run(
        ["bash", "-c", script, ebb.path, packed, tmp_path / "out"], capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    study = json.loads((tmp_path / "out" / "study.json").read_text(encoding="utf-8"))
    assert without_provenance(study) == without_provenance(sample_study)


def test_same_bytes_on_any_number_of_cores(ebb, sample_csv, tmp_path):
    texts = set()
    for cores in (1, 2, 3):
        out = tmp_path / str(cores)
        ebb.study(sample_csv, out, "--cores", cores)
        texts.add((out / "study.json").read_bytes())
    assert len(texts) == 1


def test_same_bytes_twice(ebb, sample_csv, tmp_path):
    texts = set()
    for turn in "ab":
        ebb.study(sample_csv, tmp_path / turn)
        texts.add((tmp_path / turn / "study.json").read_bytes())
    assert len(texts) == 1


def test_english_table_is_the_same_study(ebb, shared, bank_csv, bank_study, tmp_path):
    """Other headings and city names, zero instead of a missing balance: the figures are the same.

    Levels stand in order of their names, and differences between cities follow that order: so the cities get their
    Russian names first.
    """
    rows, russian = read_rows(shared / "data" / "bank_customers_en.csv"), read_rows(bank_csv)
    city_en, city_ru = index_of(rows[0], "geography", "city"), index_of(russian[0], "city")
    # the same clients in the same order under other ids
    names = {mine[city_en]: theirs[city_ru] for mine, theirs in zip(rows[1:], russian[1:])}
    assert len(set(names.values())) == len(names) == 3
    renamed = [rows[0]] + [[names.get(cell, cell) if i == city_en else cell for i, cell in enumerate(row)] for row in rows[1:]]
    path = tmp_path / "english.csv"
    path.write_text(write_rows(renamed), encoding="utf-8")
    english = ebb.study(path, tmp_path / "renamed")
    untouched = ebb.study(shared / "data" / "bank_customers_en.csv", tmp_path / "untouched")
    for part in ("churn", "segments", "hypotheses"):
        mine, theirs, plain = [], [], []
        numbers(english[part], mine)
        numbers(bank_study[part], theirs)
        numbers(untouched[part], plain)
        assert len(mine) == len(theirs) == len(plain), part
        for first, second in zip(sorted(mine), sorted(theirs)):
            assert first == pytest.approx(second, rel=1e-9, abs=1e-300), part


def index_of(heading, *endings):
    return next(i for i, name in enumerate(heading) if name.lower().endswith(endings))


def numbers(node, out):
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "at":  # places among levels, and these stand in another order
                numbers(value, out)
    elif isinstance(node, list):
        for value in node:
            numbers(value, out)
    elif isinstance(node, (int, float)) and not isinstance(node, bool):
        out.append(abs(float(node)))
