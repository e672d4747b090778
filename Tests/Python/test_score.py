"""`ebb score`: a saved model on new tables, its interchange with XGBoost, and what happens where it cannot be used."""

import csv
import gzip
import io
import json
import math
import random
import shutil

import pytest

HEADINGS = ["id", "probability", "band", "reasons_actionable", "reasons_context", "reasons_protected", "note"]


@pytest.fixture(scope="module")
def report(ebb, sample_csv, tmp_path_factory):
    folder = tmp_path_factory.mktemp("scoring") / "report"
    ebb.study(sample_csv, folder, "--chapters", "forecast")
    return folder


@pytest.fixture(scope="module")
def model(report):
    return report / "model"


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def score(ebb, path, model, *arguments, code=0, stdin=None, lang="en"):
    done = ebb("score", path, "--model", model, *arguments, stdin=stdin, lang=lang)
    assert done.returncode == code, done.stderr.decode()
    return done


def scored(ebb, path, model, *arguments, **options):
    return rows_of(score(ebb, path, model, *arguments, **options).stdout.decode())


def table(sample_csv):
    with open(sample_csv, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows, **options):
    with open(path, "w", encoding=options.pop("encoding", "utf-8"), newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n", **options)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_every_row_comes_once_in_order(ebb, sample_csv, model):
    clients = table(sample_csv)
    found = scored(ebb, sample_csv, model)
    assert list(found[0]) == HEADINGS
    assert [r["id"] for r in found] == [c["userid"] for c in clients]
    probabilities = [float(r["probability"]) for r in found]
    assert all(0 < p < 1 for p in probabilities)
    left = sum(c["Churn"] == "1" for c in clients)
    assert abs(sum(probabilities) - left) < 0.1 * left
    for row in found:
        reasons = [r for k in HEADINGS[3:6] for r in row[k].split("; ") if r]
        assert len(reasons) <= 4
        assert row["note"] == ""
    # Leavers are told from stayers.
    order = sorted(zip(probabilities, clients), key=lambda pair: -pair[0])[: len(clients) // 10]
    assert sum(c["Churn"] == "1" for _, c in order) > 2.5 * left / len(clients) * len(order)


def test_protected_attributes_stand_apart(ebb, sample_csv, model):
    for row in scored(ebb, sample_csv, model):
        for column in ("reasons_actionable", "reasons_context"):
            assert "years old" not in row[column] and "woman" not in row[column]


@pytest.mark.parametrize("method", ["scorecard", "scorecardInteractions", "trees"])
def test_same_bytes_whatever_the_cores_and_the_source(method, ebb, sample_csv, model, tmp_path):
    one = score(ebb, sample_csv, model, "--method", method, "--cores", 1).stdout
    assert one == score(ebb, sample_csv, model, "--method", method, "--cores", 3).stdout
    data = sample_csv.read_bytes()
    assert one == score(ebb, "-", model, "--method", method, stdin=data).stdout
    packed = tmp_path / "clients.csv.gz"
    packed.write_bytes(gzip.compress(data))
    assert one == score(ebb, packed, model, "--method", method).stdout
    out = tmp_path / "scored.csv"
    score(ebb, sample_csv, model, "--method", method, "--out", out)
    assert out.read_bytes() == one


def test_another_table_of_the_same_clients(ebb, sample_csv, model, tmp_path):
    """Shuffled, other headings, words for flags, semicolons and decimal commas: the same forecasts."""
    expected = {r["id"]: r["probability"] for r in scored(ebb, sample_csv, model)}
    clients = table(sample_csv)
    random.Random(4).shuffle(clients)
    names = {"userid": "CustomerId", "City": "город", "Churn": "note", "estimated_salary": "Доход", "Age": "AGE",
             "Loyalty": "IsActiveMember"}
    other = []
    for client in clients:
        row = {names.get(k, k): v for k, v in client.items() if k != "Churn"}
        row["IsActiveMember"] = {"1": "да", "0": "нет"}[row["IsActiveMember"]]
        row["Доход"] = row["Доход"].replace(".", ",")
        row["Balance"] = row["Balance"].replace(".", ",")
        row["unrelated"] = "x;y"
        other.append(row)
    path = write(tmp_path / "other.csv", other, delimiter=";")
    found = scored(ebb, path, model)
    assert [r["id"] for r in found] == [c["userid"] for c in clients]
    assert {r["id"]: r["probability"] for r in found} == expected


def test_parts_sum_to_the_margin(ebb, sample_csv, model):
    for method in ("scorecard", "scorecardInteractions", "trees"):
        for row in scored(ebb, sample_csv, model, "--parts", "--method", method)[:300]:
            parts = sum(float(v) for k, v in row.items() if k.startswith("part "))
            assert parts + float(row["base"]) == pytest.approx(float(row["margin"]), abs=1e-5)


def test_xgboost_opens_the_trees(ebb, sample_csv, model):
    xgboost = pytest.importorskip("xgboost", reason="Python's xgboost is not installed")
    import numpy

    manifest = json.loads((model / "model.json").read_text())
    rows = scored(ebb, sample_csv, model, "--method", "trees", "--parts")
    columns, owners = [], []
    clients = table(sample_csv)
    for index, feature in enumerate(manifest["manifest"]["features"]):
        name, levels = feature["feature"]["name"], feature["feature"]["levels"]
        texts = [c[name] for c in clients]
        if feature["feature"]["kind"] == "number":
            columns.append([float(t) if t else math.nan for t in texts])
            owners.append(index)
        else:
            for level in levels[1:] if len(levels) == 2 else levels:
                columns.append([float(t == level) if t else math.nan for t in texts])
                owners.append(index)
    booster = xgboost.Booster()
    booster.load_model(str(model / "trees.json"))
    matrix = xgboost.DMatrix(numpy.array(columns, dtype=numpy.float32).T)
    margins = booster.predict(matrix, output_margin=True)
    ours = numpy.array([float(r["margin"]) for r in rows])
    assert numpy.abs(margins - ours).max() < 1e-6 * max(1, numpy.abs(margins).max())
    shap = booster.predict(matrix, pred_contribs=True)
    names = [f["feature"]["name"] for f in manifest["manifest"]["features"]]
    for index, name in enumerate(names):
        theirs = shap[:, [i for i, owner in enumerate(owners) if owner == index]].sum(axis=1)
        mine = numpy.array([float(r["part " + name]) for r in rows])
        assert numpy.abs(theirs - mine).max() < 1e-5, name
    assert abs(shap[0, -1] - float(rows[0]["base"])) < 1e-5


def test_what_the_model_has_not_met_is_told(ebb, sample_csv, model, tmp_path):
    clients = table(sample_csv)[:40]
    clients[3]["City"] = "Атлантида"
    clients[5]["Age"] = "117"
    clients[7]["Age"] = "сорок"
    clients[9]["Loyalty"] = "иногда"
    clients[11]["City"] = "г. " + clients[11]["City"].upper()
    path = write(tmp_path / "odd.csv", clients)
    text = path.read_text(encoding="utf-8").split("\n")
    text[20] = text[20] + ",extra,fields"
    path.write_text("\n".join(text), encoding="utf-8")
    done = score(ebb, path, model)
    found = rows_of(done.stdout.decode())
    assert len(found) == 40
    assert "Атлантида" in found[3]["note"] and found[3]["probability"]
    assert "117" in found[5]["note"] and found[5]["probability"]
    assert "сорок" in found[7]["note"] and found[7]["probability"]
    assert "иногда" in found[9]["note"] and found[9]["probability"]
    assert found[11]["note"] == ""
    assert found[19]["probability"] == "" and "21" in found[19]["note"]
    said = done.stderr.decode()
    for word in ("Атлантида", "сорок", "Age", "City"):
        assert word in said


def test_a_missing_column_is_told_and_not_fatal(ebb, sample_csv, model, tmp_path):
    clients = [{k: v for k, v in c.items() if k not in ("City", "Churn")} for c in table(sample_csv)]
    path = write(tmp_path / "no-city.csv", clients)
    done = score(ebb, path, model)
    assert "City" in done.stderr.decode()
    assert len(rows_of(done.stdout.decode())) == len(clients)


def test_without_what_matters_there_is_no_forecast(ebb, sample_csv, model, tmp_path):
    path = tmp_path / "thin.csv"
    path.write_text("userid,CreditCard\n" + "".join(f"{i},{i % 2}\n" for i in range(100)))
    out = tmp_path / "scored.csv"
    done = score(ebb, path, model, "--out", out, code=65)
    assert "Age" in done.stderr.decode() and not out.exists()
    assert len(scored(ebb, path, model, "--allow-missing")) == 100
    foreign = tmp_path / "foreign.csv"
    foreign.write_text("a,b\n" + "1,2\n" * 50)
    score(ebb, foreign, model, "--out", out, "--allow-missing", code=65)
    assert not out.exists()


def damaged(model, tmp_path):
    copy = tmp_path / "model"
    shutil.copytree(model, copy)
    return copy


@pytest.mark.parametrize("name", ["trees.json", "scorecards.json", "calibration.json"])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_damaged_model(name, lang, ebb, sample_csv, model, tmp_path):
    folder = damaged(model, tmp_path)
    out = tmp_path / "scored.csv"
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    done = score(ebb, sample_csv, folder, "--out", out, code=65, lang=lang)
    assert name in done.stderr.decode() and not out.exists()
    (folder / name).unlink()
    done = score(ebb, sample_csv, folder, "--out", out, code=66, lang=lang)
    assert name in done.stderr.decode() and not out.exists()


def test_a_foreign_or_newer_model(ebb, sample_csv, model, tmp_path):
    out = tmp_path / "scored.csv"
    folder = damaged(model, tmp_path)
    manifest = json.loads((folder / "model.json").read_text())
    for change in (
        {"kind": "other"},
        {"manifest": {**manifest["manifest"], "version": 99}},
        {"manifest": {"version": 1}},
        {"manifest": {**manifest["manifest"], "features": []}},
        {"manifest": {**manifest["manifest"], "features": manifest["manifest"]["features"][:2]}},
    ):
        (folder / "model.json").write_text(json.dumps({**manifest, **change}))
        done = score(ebb, sample_csv, folder, "--out", out, code=65)
        assert "model.json" in done.stderr.decode() or "scorecards.json" in done.stderr.decode()
        assert not out.exists()
    for text in ("", "{", "[]", "null", '{"kind": 1}', "\0\0"):
        (folder / "model.json").write_text(text)
        score(ebb, sample_csv, folder, "--out", out, code=65)
    done = score(ebb, sample_csv, tmp_path / "nowhere", "--out", out, code=66)
    assert "nowhere" in done.stderr.decode() and not out.exists()


def test_hostile_ids_stay_text(ebb, sample_csv, model, tmp_path):
    clients = table(sample_csv)[:4]
    ids = ["=1+1", 'a,"b"', "line\nbreak", "007"]
    for client, text in zip(clients, ids):
        client["userid"] = text
    found = scored(ebb, write(tmp_path / "ids.csv", clients), model)
    assert [r["id"] for r in found] == ["'=1+1", *ids[1:]]


def test_a_second_study_leaves_the_same_model(ebb, sample_csv, report, tmp_path):
    ebb.study(sample_csv, tmp_path / "again", "--chapters", "forecast", "--cores", "1")
    for file in (report / "model").iterdir():
        assert file.read_bytes() == (tmp_path / "again" / "model" / file.name).read_bytes(), file.name
    first = json.loads((report / "study.json").read_text())["forecast"]
    assert first == json.loads((tmp_path / "again" / "study.json").read_text())["forecast"]
