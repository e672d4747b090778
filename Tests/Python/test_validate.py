"""`ebb validate`: the figures that it prints are those of the forecasts that it writes, worked out by other hands."""

import csv
import json
import math
import random
import re

import numpy
import pytest
from scipy import stats

METHODS = ["overallRate", "productRate", "scorecard", "scorecardInteractions", "trees"]


def validate(ebb, path, *arguments, code=0, stdin=None, lang="en"):
    done = ebb("validate", path, *arguments, stdin=stdin, lang=lang)
    assert done.returncode == code, done.stderr.decode()
    return done


def judged(ebb, path, *arguments):
    return json.loads(validate(ebb, path, "--json", *arguments).stdout)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def area(churned, forecast):
    """Mann-Whitney, ties half."""
    ranks = stats.rankdata(forecast)
    left = int(churned.sum())
    return (ranks[churned].sum() - left * (left + 1) / 2) / (left * (len(churned) - left))


def figures(churned, forecast):
    return {
        "rocAUC": area(churned, forecast), "gini": 2 * area(churned, forecast) - 1,
        "ks": stats.ks_2samp(forecast[churned], forecast[~churned]).statistic,
        "logLoss": -numpy.where(churned, numpy.log(forecast), numpy.log1p(-forecast)).mean(),
        "brier": ((churned - forecast) ** 2).mean()}


@pytest.mark.parametrize("repeats", [1, 2])
def test_figures_are_those_of_the_forecasts_written(ebb, sample_csv, tmp_path, repeats):
    out = tmp_path / "out-of-fold.csv"
    found = judged(ebb, sample_csv, "--repeats", repeats, "--out", out)
    assert [one["name"] for one in found["methods"]] == METHODS
    lines, clients = rows(out), rows(sample_csv)
    assert [line["id"] for line in lines] == [client["userid"] for client in clients]
    assert [line["churned"] for line in lines] == [client["Churn"] for client in clients]
    churned = numpy.array([line["churned"] == "1" for line in lines])
    assert found["n"] == len(lines) and found["churned"] == churned.sum()
    turns = [""] if repeats == 1 else [f".{turn + 1}" for turn in range(repeats)]
    for turn in turns:
        folds = [int(line["fold" + turn]) for line in lines]
        sizes = [folds.count(fold) for fold in range(1, 6)]
        assert sum(sizes) == len(lines) and max(sizes) - min(sizes) <= 1
        left = [sum(churned[i] for i in range(len(folds)) if folds[i] == fold) for fold in range(1, 6)]
        assert max(left) - min(left) <= 1
    for method in found["methods"]:
        each = [figures(churned, numpy.array([float(line[method["name"] + turn]) for line in lines])) for turn in turns]
        for name in each[0]:
            mean = sum(one[name] for one in each) / len(each)
            assert math.isclose(method["metrics"][name]["estimate"], mean, rel_tol=1e-9, abs_tol=1e-12), name
            assert method["metrics"][name]["lower"] <= mean + 1e-12 and mean <= method["metrics"][name]["upper"] + 1e-12
    trees = found["methods"][-1]["metrics"]["rocAUC"]["estimate"]
    assert trees > found["methods"][1]["metrics"]["rocAUC"]["estimate"] > 0.6


def test_outcomes_that_mean_nothing_are_not_forecast(ebb, sample_csv, tmp_path):
    """Outcomes dealt to the clients at random: who is above a half has seen what it forecasts."""
    clients = rows(sample_csv)
    outcomes = [client["Churn"] for client in clients]
    random.Random(11).shuffle(outcomes)
    shuffled = tmp_path / "shuffled.csv"
    with shuffled.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, clients[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**client, "Churn": outcome} for client, outcome in zip(clients, outcomes))
    for arguments in ([], ["--quick"]):
        for method in judged(ebb, shuffled, *arguments)["methods"]:
            assert abs(method["metrics"]["rocAUC"]["estimate"] - 0.5) < 0.05, method["name"]


def test_the_same_bytes_on_any_number_of_cores_and_in_any_language(ebb, sample_csv, tmp_path):
    texts = []
    for place, (cores, lang) in enumerate([(1, "ru"), (2, "en"), (5, "en")]):
        out = tmp_path / f"{place}.csv"
        done = validate(ebb, sample_csv, "--json", "--cores", cores, "--out", out, "--seed", 5, lang=lang)
        texts.append((done.stdout, out.read_bytes()))
    assert texts[0] == texts[1] == texts[2]


@pytest.mark.parametrize("lang, title, words", [
    ("en", "Forecast of clients that the models did not see", ["boosted trees", "DeLong's test", "5 folds"]),
    ("ru", "Прогноз клиентов, которых модели не видели", ["бустинг деревьев", "критерий Делонга", "Разбиений: 5"])])
def test_what_a_person_reads(ebb, sample_csv, lang, title, words):
    text = validate(ebb, sample_csv, lang=lang).stdout.decode()
    assert title in text and all(word in text for word in words)
    if lang == "ru":
        assert not re.search(r"\b(of|the|and|models|clients)\b", text.split("\n", 1)[1])
    assert max(map(len, text.splitlines())) <= 120
    area = judged(ebb, sample_csv)["methods"][-1]["metrics"]["rocAUC"]["estimate"]
    assert f"{area:.3f}".replace(".", "," if lang == "ru" else ".") in text


def test_fewer_to_learn_from_and_quick(ebb, sample_csv):
    some = judged(ebb, sample_csv, "--methods", "scorecard,trees", "--training-clients", 1000, "--folds", 4)
    assert (some["learntFrom"], some["n"], some["folds"], some["isQuick"]) == (1000, 3000, 4, False)
    assert [one["name"] for one in some["methods"]] == ["scorecard", "trees"]
    assert len(some["comparisons"]) == 1 and 0 <= some["comparisons"][0]["test"]["pValue"] <= 1
    quick = judged(ebb, sample_csv, "--methods", "trees", "--quick")
    assert quick["isQuick"] and 0.8 < quick["methods"][0]["metrics"]["rocAUC"]["estimate"] < 0.95
    assert "--quick" in validate(ebb, sample_csv, "--methods", "trees", "--quick").stdout.decode()


def test_columns_left_out_and_set_aside(ebb, sample_csv, tmp_path):
    clients = rows(sample_csv)
    for client in clients:
        client["closed"] = "2024" if client["Churn"] == "1" else ""
    leaking = tmp_path / "leaking.csv"
    with leaking.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, clients[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(clients)
    found = judged(ebb, leaking, "--methods", "scorecard", "--exclude", "gender,Age")
    reasons = {one["feature"]: one["reason"] for one in found["setAside"]}
    assert reasons["Gender"] == reasons["Age"] == "excluded"
    assert "closed" in reasons and found["methods"][0]["metrics"]["rocAUC"]["estimate"] < 0.95


def test_ids_are_harmless_in_a_spreadsheet(ebb, sample_csv, tmp_path):
    clients = rows(sample_csv)
    clients[0]["userid"], clients[1]["userid"] = "=1+2", 'a,"b'
    for place, client in enumerate(clients[2:]):
        client["userid"] = f"k{place}"
    table = tmp_path / "odd.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, clients[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(clients)
    out = tmp_path / "out.csv"
    validate(ebb, table, "--methods", "productRate", "--out", out)
    assert [line["id"] for line in rows(out)[:3]] == ["'=1+2", 'a,"b', "k0"]


def test_a_table_without_ids_has_numbers_of_rows(ebb, sample_csv, tmp_path):
    clients = rows(sample_csv)
    table = tmp_path / "nameless.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [k for k in clients[0] if k != "userid"], lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(clients)
    out = tmp_path / "out.csv"
    validate(ebb, table, "--methods", "productRate", "--out", out)
    assert [line["id"] for line in rows(out)] == [str(i + 1) for i in range(len(clients))]


@pytest.mark.parametrize("lang, words", [("en", "No forecast: too few clients left"), ("ru", "Прогноза нет: ушедших слишком мало")])
def test_too_few(ebb, sample_csv, tmp_path, lang, words):
    few = tmp_path / "few.csv"
    few.write_text("".join(sample_csv.read_text(encoding="utf-8").splitlines(True)[:80]), encoding="utf-8")
    out = tmp_path / "out.csv"
    done = validate(ebb, few, "--out", out, code=65, lang=lang)
    assert words in done.stdout.decode() and not out.exists() and sorted(p.name for p in tmp_path.iterdir()) == ["few.csv"]
    assert json.loads(validate(ebb, few, "--json", code=65).stdout)["refusal"] == "tooFewChurned"


@pytest.mark.parametrize("arguments, code, words", [
    (["--methods", "forest"], 64, "overallRate,productRate"), (["--methods", ","], 64, "--methods"),
    (["--folds", "1"], 64, "--folds"), (["--repeats", "x"], 64, "--repeats"), (["--out", ""], 64, "--out"),
    (["--out", "/nowhere/at/all.csv"], 74, "/nowhere/at/all.csv"), (["--map", "churn="], 65, "churn")])
def test_what_cannot_be_asked(ebb, sample_csv, arguments, code, words):
    done = validate(ebb, sample_csv, *arguments, code=code)
    assert words in done.stderr.decode() and not done.stdout


def test_standard_input(ebb, sample_csv):
    done = validate(ebb, "-", "--methods", "scorecard", stdin=sample_csv.read_bytes())
    assert "standard input: 3,000" in done.stdout.decode()
