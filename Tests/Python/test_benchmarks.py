"""The benchmark compares answers before times: at 2,000 clients Ebb and the other tools agree, and it tells when not."""

import json
import math
import os
import pathlib
import subprocess
import sys

import pytest

from conftest import ROOT

BENCHMARKS = ROOT / "Benchmarks"
PYTHON = pathlib.Path(os.environ.get("BENCH_PYTHON", ROOT / ".build" / "bench-venv" / "bin" / "python"))
PEERS = "polars, duckdb, pandas, pyarrow, scipy"
JOBS = {
    "read": {"Ebb", "polars", "DuckDB", "pandas"},
    "segments": {"Ebb", "polars", "DuckDB", "pandas"},
    "hypotheses": {"Ebb", "polars", "pandas"},
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
        capture_output=True, text=True, timeout=300)


def test_answers_agree_and_every_tool_is_measured(python, ebb, tmp_path):
    done = bench(python, ebb.path, tmp_path, "--json", tmp_path / "figures.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "figures compared, 0 differ" in done.stdout
    found = {one["job"]: one for one in json.loads((tmp_path / "figures.json").read_text())}
    assert {job: set(one["tools"]) for job, one in found.items()} == JOBS
    for one in found.values():
        assert one["clients"] == 2000
        assert all(tool["seconds"] > 0 and tool["peak"] > 2**20 for tool in one["tools"].values())


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
