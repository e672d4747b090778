"""The benchmark compares answers before times: on few clients Ebb and the other tools agree, and it tells when not."""

import json
import math
import os
import pathlib
import subprocess
import sys
import zlib

import pytest

from conftest import ROOT

BENCHMARKS = ROOT / "Benchmarks"
PYTHON = pathlib.Path(os.environ.get("BENCH_PYTHON", ROOT / ".build" / "bench-venv" / "bin" / "python"))
PEERS = "polars, duckdb, pandas, pyarrow, scipy, sklearn, xgboost, lightgbm, matplotlib, pptx, xlsxwriter"
JOBS = {
    "read": {"Ebb", "polars", "DuckDB", "pandas"},
    "segments": {"Ebb", "polars", "DuckDB", "pandas"},
    "hypotheses": {"Ebb", "polars", "pandas"},
    "score": {"Ebb", "xgboost", "xgboost+Arrow"},
}


@pytest.fixture(scope="module")
def python():
    """The Python that holds the other tools; the test never installs them."""
    if not PYTHON.exists():
        pytest.skip(f"the other tools are not installed: Scripts/bench prepares them in {PYTHON.parent.parent}")
    if subprocess.run([PYTHON, "-c", f"import {PEERS}"], capture_output=True, timeout=120).returncode:
        pytest.skip(f"not all of {PEERS} are installed in {PYTHON.parent.parent}")
    return PYTHON


def bench(python, ebb_path, work, *arguments):
    return subprocess.run(
        [python, BENCHMARKS / "run.py", "--ebb", ebb_path, "--work", work, "--sizes", "2k", "--repeat", "1", *arguments],
        capture_output=True, text=True, timeout=600)


def test_answers_agree_and_every_tool_is_measured(python, ebb, tmp_path):
    done = bench(python, ebb.path, tmp_path, "--json", tmp_path / "figures.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "figures compared, 0 differ" in done.stdout
    found = {one["job"]: one for one in json.loads((tmp_path / "figures.json").read_text())}
    assert {job: set(one["tools"]) for job, one in found.items()} == JOBS
    for one in found.values():
        assert one["clients"] == 2000
        assert all(tool["seconds"] > 0 and tool["peak"] > 2**20 for tool in one["tools"].values())

def test_forecasts_are_as_good_and_every_tool_is_measured(python, ebb, tmp_path):
    done = bench(python, ebb.path, tmp_path, "--sizes", "10k", "--jobs", "forecast", "quick", "chapter", "whole", "--json",
                 tmp_path / "figures.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "training at 10k, against the fastest" in done.stdout and "whole study at 10k" in done.stdout
    found = {one["job"]: one["tools"] for one in json.loads((tmp_path / "figures.json").read_text())}
    trained = {"Ebb", "xgboost", "LightGBM", "scikit-learn"}
    assert {job: set(tools) for job, tools in found.items()} == {
        "forecast": trained, "quick": trained, "chapter": {"Ebb"}, "whole": {"Ebb", "Python script", "scikit-learn"}}
    # The script wrote what Ebb writes.
    written = {path.name for path in (tmp_path / "study-of-Python").iterdir()}
    assert {"study.json", "dashboard.html", "presentation.pptx", "contacts.xlsx", "contacts.csv"} <= written
    assert "whole study at 10k, against the script" in done.stdout
    for tools in found.values():
        assert all(tool["seconds"] > 0 and 0.86 < tool["rocAUC"] < 0.88 for tool in tools.values())


def test_a_wrong_answer_ends_the_run(python, ebb, tmp_path):
    """An `ebb` that tells one row too many."""
    liar = tmp_path / "liar"
    liar.write_text(
        "#!/bin/sh\n"
        f'[ "$1" = read ] || exec "{ebb.path}" "$@"\n'
        f'"{ebb.path}" "$@" | sed \'s/"rows":2000/"rows":2001/\'\n')
    liar.chmod(0o755)
    done = bench(python, liar, tmp_path, "--jobs", "read")
    assert done.returncode != 0
    assert "rows: 2001 in Ebb, 2000" in done.stdout
    assert "The answers differ" in done.stderr


def test_a_wrong_forecast_ends_the_run(python, ebb, tmp_path):
    """An `ebb` that scores one client otherwise than its model does."""
    liar = tmp_path / "liar"
    liar.write_text(
        "#!/bin/sh\n"
        f'"{ebb.path}" "$@" || exit 1\n'
        f'[ "$1" != score ] || sed -i "7s/,0\\.[0-9]*,/,0.999999,/" "{tmp_path}/scored-Ebb.csv"\n')
    liar.chmod(0o755)
    done = bench(python, liar, tmp_path, "--jobs", "score")
    assert done.returncode != 0
    assert "xgboost: 2000 figures compared, 1 differ" in done.stdout and "row 6: " in done.stdout
    assert "The answers differ" in done.stderr


@pytest.mark.parametrize("size, job", [("1M", "whole"), ("2k", "forecast")])
def test_a_size_that_the_job_does_not_go_to(python, ebb, tmp_path, size, job):
    done = bench(python, ebb.path, tmp_path, "--sizes", size, "--jobs", job)
    assert done.returncode != 0 and f"{job} goes from 10k to " in done.stderr


@pytest.mark.parametrize("curve", [
    {"none": {}},
    {"platt": {"_0": {"intercept": 0.25, "slope": 1.5}}},
    {"isotonic": {"_0": {"scores": [-3.0, -1.0, 0.5, 2.0], "probabilities": [0.01, 0.2, 0.4, 0.9]}}},
], ids=lambda curve: next(iter(curve)))
def test_the_peer_calibrates_as_ebb_does(python, ebb, answers, tmp_path, curve):
    """Whatever calibration a model holds: put into the folder, with its checksum."""
    table, folder = tmp_path / "clients.csv", tmp_path / "study" / "model"
    table.write_bytes(ebb("sample", "--clients", 2000, "--seed", 1, lang="ru").stdout)
    ebb.study(table, tmp_path / "study", "--chapters", "forecast")
    curves = json.loads((folder / "calibration.json").read_text())
    text = json.dumps({**curves, "trees": curve})
    (folder / "calibration.json").write_text(text)
    manifest = json.loads((folder / "model.json").read_text())
    manifest["checksums"]["calibration.json"] = f"{zlib.crc32(text.encode()):08x}"
    (folder / "model.json").write_text(json.dumps(manifest))
    found = {}
    for tool, script in (("pandas", "xgboost_jobs.py"), ("Arrow", "xgboost_arrow_jobs.py")):
        found[tool] = tmp_path / f"{tool}.csv"
        done = subprocess.run([python, BENCHMARKS / "peers" / script, "score", table, folder, found[tool]],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
    ours = tmp_path / "ebb.csv"
    done = ebb("score", table, "--model", folder, "--method", "trees", "--reasons", 0, "--out", ours)
    assert done.returncode == 0, done.stderr.decode()
    for theirs in found.values():
        assert answers.of_scores({"scored": ours}, {"scored": theirs}) == ([], 2000)


@pytest.fixture
def answers(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.delitem(sys.modules, "answers", raising=False)
    import answers

    return answers


@pytest.mark.parametrize("script", ["polars_jobs.py", "duckdb_jobs.py", "pandas_jobs.py"])
def test_every_tool_does_the_associations_of_the_profile(python, ebb, answers, tmp_path, script):
    """All correlations, information values and AUC that Ebb writes, and no fewer: else the times compare unlike work."""
    table = tmp_path / "clients.csv"
    table.write_bytes(ebb("sample", "--clients", 2000, "--seed", 1, lang="ru").stdout)
    ours = associations(answers.of_study(ebb.study(table, tmp_path / "study")))
    done = subprocess.run([python, "-W", "ignore", BENCHMARKS / "peers" / script, "segments", table],
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    theirs = associations(json.loads(done.stdout)["figures"])
    assert theirs.keys() == ours.keys()
    assert {name.split("/")[0] for name in ours} == {"correlation", "information", "auc"}
    assert answers.differences(ours, theirs) == ([], len(ours))


def associations(figures):
    return {k: v for k, v in figures.items() if k.startswith(("correlation/", "information/", "auc/"))}


def test_what_is_made_of_counts(monkeypatch):
    """Ties in the AUC, a bin of leavers only, and fifths whose borders meet: figures worked out by hand."""
    monkeypatch.syspath_prepend(str(BENCHMARKS / "peers"))
    monkeypatch.delitem(sys.modules, "clients", raising=False)
    import clients

    figures = clients.Figures()
    # Leavers 1 2 2, stayers 0 1 1: of nine pairs seven are won and two even.
    figures.of_counts("x", [(0, 1, 0), (1, 3, 1), (2, 2, 2)])
    assert figures["auc/x"] == pytest.approx(8 / 9, rel=1e-15)
    # Stayers 6 and 4 of 10, leavers 1 and 2 of 4; the fourth leaver's bin has no weight of its own.
    figures.information("x", [(7, 1), (6, 2), (1, 1)])
    expected = (0.6 - 0.25) * math.log(0.6 / 0.25) + (0.4 - 0.5) * math.log(0.4 / 0.5)
    assert figures["information/x/iv"] == pytest.approx(expected, rel=1e-14)
    assert clients.fifth_cuts(0, [0, 1, 1, 2], 2) == [1]


def test_differences_are_seen_at_their_tolerance(answers):
    assert answers.differences({"profile/Age/mean": 40.0}, {"profile/Age/mean": 40.0 * (1 + 1e-11)}) == ([], 1)
    lines, compared = answers.differences({"profile/Age/mean": 40.0}, {"profile/Age/mean": 40.0 * (1 + 1e-8)})
    assert len(lines) == 1 and compared == 1
    lines, compared = answers.differences({}, {"profile/Age/mean": 40.0})
    assert len(lines) == 1 and compared == 0
    for name in ("correlation/Age/score/spearman", "information/Age/iv", "auc/Age"):
        assert answers.differences({name: 0.3}, {name: 0.3 + 1e-11}) == ([], 1)
        assert len(answers.differences({name: 0.3}, {name: 0.3 + 1e-8})[0]) == 1


@pytest.mark.parametrize("peer, near", [(0.87, True), (0.861, True), (0.859, False), (0.882, False), (math.nan, False)])
def test_times_are_compared_at_equal_auc_only(answers, peer, near):
    ours = {"rocAUC": 0.87, "lower": 0.86, "upper": 0.878, "scorecard": 0.87, "n": 10}
    lines, compared = answers.at_equal_auc(ours, {"rocAUC": peer, "n": 10})
    assert (compared, not lines) == (2, near)
    assert answers.at_equal_auc(ours, {"rocAUC": 0.87, "n": 9})[0] == ["clients: 10 in Ebb, 9 there"]
    narrow = ours | {"lower": 0.8699, "upper": 0.8701}
    assert [not answers.at_equal_auc(narrow, {"rocAUC": p, "n": 10})[0] for p in (0.8715, 0.8725)] == [True, False]


@pytest.mark.parametrize("theirs, differ", [
    ("id,probability\n7,0.2500004\n8,0.5\n", 0), ("id,probability\n7,0.250002\n8,0.5\n", 1),
    ("id,probability\n8,0.25\n7,0.5\n", 2), ("id,probability\n7,0.25\n", 1), ("id,probability\n7,nan\n8,0.5\n", 1)])
def test_scores_are_compared_row_by_row(answers, tmp_path, theirs, differ):
    (tmp_path / "ours").write_text("id,probability,band\n7,0.250000,low\n8,0.500000,high\n")
    (tmp_path / "theirs").write_text(theirs)
    lines, _ = answers.of_scores({"scored": tmp_path / "ours"}, {"scored": tmp_path / "theirs"})
    assert len(lines) == differ
