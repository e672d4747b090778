"""`ebb study spark`: the study a real Spark works out equals the one from memory."""

import csv
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import time

import pytest

from spark_cluster import starting
from study_differences import differences
from test_warehouse_postgres import ASKED, OF_AGGREGATES, dirty, table, write  # noqa: F401

# What Spark's own types are in the bank's table.
TYPES = {
    "userid": "BIGINT", "score": "SMALLINT", "Age": "TINYINT", "Objects": "INT", "Balance": "DECIMAL(14,2)",
    "Products": "INT", "CreditCard": "INT", "Loyalty": "INT", "estimated_salary": "DOUBLE", "Churn": "INT",
}


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    yield from starting(tmp_path_factory.mktemp("spark"))


@pytest.fixture(scope="module")
def wide_csv(bank_csv, tmp_path_factory):
    """The bank's clients with doubles of full precision and whole numbers too wide for sums in 64 bits."""
    source = random.Random(3)
    rows = [
        {**row, "exact": repr(source.gauss(-20, 3e4)), "wide": str(source.randrange(-(10**15), 10**15)),
         "agreed": source.choice(["true", "false", ""]), "since": f"20{source.randrange(10, 24)}-0{source.randrange(1, 4)}-15"}
        for row in table(bank_csv)
    ]
    return write(tmp_path_factory.mktemp("wide") / "wide.csv", rows)


@pytest.fixture(scope="module")
def lake(spark, wide_csv, dirty):  # noqa: F811
    """Everything that studies read, made by one run of Spark."""
    types = {**TYPES, "exact": "DOUBLE", "wide": "BIGINT", "agreed": "BOOLEAN", "since": "DATE"}
    spark.run(f"""
def read(path):
    return spark.read.csv(path, header=True, escape='"', multiLine=True)
wide = read({str(wide_csv)!r})
for column, kind in {types!r}.items():
    wide = wide.withColumn(column, wide[column].cast(kind))
wide.repartition(3).write.parquet({str(spark.folder / 'wide')!r})
spark.sql("CREATE DATABASE odd")
dirty = read({str(dirty)!r})
dirty.createOrReplaceTempView("dirty")
spark.sql('CREATE TABLE odd.dirty USING parquet AS SELECT * FROM dirty')
dirty.limit(0).write.saveAsTable("odd.empty")
spark.sql("CREATE TABLE x (y INT)")
""")
    return spark


def study(ebb, spark, out, name, *arguments, hive=False, quick=True):
    done = ebb("study", "spark", "--table", name, *spark.arguments(hive, quick), "--out", out, *arguments,
               env=spark.env, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads((pathlib.Path(out) / "study.json").read_text(encoding="utf-8"))


def equal(ebb, spark, tmp_path, csv_path, name, *arguments, where=None, **how):
    memory = ebb.study(csv_path, tmp_path / "memory", *arguments)
    condition = ["--where", where] if where else []
    house = study(ebb, spark, tmp_path / "house", name, *arguments, *condition, **how)
    source = house.pop("provenance")["warehouse"]
    memory.pop("provenance")
    assert differences(memory, house)[:20] == []
    assert source["table"] == str(name) and source["snapshot"] and source["statements"] > 10
    assert source["address"].startswith("spark local-cluster")
    return house, source


def test_the_bank_as_parquet(ebb, lake, wide_csv, tmp_path):
    """Types and settings of Spark's own: whole numbers, decimals, doubles, truth, dates."""
    equal(ebb, lake, tmp_path, wide_csv, lake.folder / "wide", "--chapters", ASKED, quick=False)
    # One application, and its processes are gone.
    assert lake.executors() == []


def test_a_sample_with_everything(ebb, spark, sample_csv, tmp_path):
    """A path of a text file; the forecast learns from the rows that were fetched."""
    equal(ebb, spark, tmp_path, sample_csv, sample_csv)
    memory, house = (tmp_path / name / "contacts.csv" for name in ("memory", "house"))
    assert sorted(memory.read_text().splitlines()) == sorted(house.read_text().splitlines())


def test_a_dirty_table(ebb, lake, dirty, tmp_path):  # noqa: F811
    house, _ = equal(
        ebb, lake, tmp_path, dirty, 'odd.`dirty`', "--chapters", ASKED, hive=True)
    quality = house["quality"]["data"]
    assert quality["rows"]["rejected"] > 0 and quality["rows"]["totals"] == 1
    assert quality["duplicates"]["identicalRowsDropped"] > 0 and quality["spellingMerges"]
    assert (lake.folder / "warehouse" / "x").exists()


def test_a_dirty_table_larger_than_the_sample(ebb, spark, dirty, tmp_path):  # noqa: F811
    """Only a part of the rows is read; the figures are of all of those that meet the condition."""
    rows = table(dirty)[:-1]
    whole = write(tmp_path / "whole.csv", rows)
    part = write(tmp_path / "part.csv", [row for row in rows if row["Segment"] != "VIP"])
    few = ("--chapters", OF_AGGREGATES, "--training-clients", 1500)
    equal(ebb, spark, tmp_path, part, whole, *few, where="Segment <> 'VIP' OR `Segment` IS NULL -- old")


# Scores in place


def test_scores_in_place(ebb, spark, sample_csv, model, tmp_path):
    def score(into, *arguments):
        return ebb("score", "spark", "--model", model, "--table", sample_csv, "--into", into,
                   *spark.arguments(hive=True), *arguments, env=spark.env, timeout=600)

    def local(method):
        done = ebb("score", sample_csv, "--model", model, "--method", method, "--reasons", 0)
        return {r["id"]: float(r["probability"]) for r in csv.DictReader(done.stdout.decode().splitlines())}

    into = tmp_path / "scores.csv"
    done = score(into, "--method", "trees")
    assert done.returncode == 0, done.stderr.decode()
    assert b"3,000 clients" in done.stderr
    found = {}
    for part in into.glob("*.csv"):
        found.update({r["id"]: float(r["probability"]) for r in csv.DictReader(part.read_text().splitlines())})
    expected = local("trees")
    assert found.keys() == expected.keys() and len(found) == 3000
    assert max(abs(found[client] - expected[client]) for client in found) <= 1e-6
    # What is there is not replaced, and nothing is left beside it.
    done = score(into, "--method", "scorecard")
    assert done.returncode == 74 and b"is there already" in done.stderr, done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["scores.csv"]
    done = score("scored", "--method", "scorecard", "--conf", "spark.sql.sources.default=csv")
    assert done.returncode == 0, done.stderr.decode()
    lines = [line for part in (spark.folder / "warehouse" / "scored").glob("*.csv")
             for line in part.read_text().splitlines()]
    found = {row[0]: float(row[1]) for row in csv.reader(lines)}
    expected = local("scorecard")
    assert found.keys() == expected.keys()
    assert max(abs(found[client] - expected[client]) for client in found) <= 1e-6


# Faults


def refused(ebb, spark, tmp_path, code, word, name, *arguments, lang="en", env=None, hive=False):
    out = tmp_path / "refused"
    done = ebb("study", "spark", "--table", name, *spark.arguments(hive), "--out", out, "--chapters", "churn",
               *arguments, env={**spark.env, **(env or {})}, lang=lang, timeout=600)
    said = done.stderr.decode()
    assert done.returncode == code, said
    assert word in said and "Traceback" not in said and "\tat " not in said, said
    assert not out.exists()
    return said


def test_without_spark(ebb, sample_csv, tmp_path):
    def said(env, lang):
        done = ebb("study", "spark", "--table", "bank.clients", env=env, lang=lang, cwd=tmp_path)
        assert done.returncode == 66
        return done.stderr.decode()

    nowhere = {"PATH": str(tmp_path), "SPARK_HOME": ""}
    assert "there is no Spark on this machine" in said(nowhere, "en")
    assert "нет Spark" in said(nowhere, "ru") and "SPARK_HOME" in said(nowhere, "ru")
    assert "SPARK_HOME" in said({"SPARK_HOME": str(tmp_path)}, "en")
    # A program that ends at once: what it said is told.
    program = tmp_path / "bin" / "spark-submit"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho JAVA_HOME is not set >&2\nexit 1\n")
    program.chmod(0o755)
    place = tmp_path / "tmp"
    place.mkdir()
    assert "JAVA_HOME is not set" in said({"SPARK_HOME": str(tmp_path), "TMPDIR": str(place)}, "en")
    assert list(place.iterdir()) == []
    # Files are studied all the same.
    ebb.study(sample_csv, tmp_path / "out", "--chapters", "churn")
    for arguments in (["--master", "yarn"], ["--conf", "a=b"]):
        done = ebb("study", sample_csv, *arguments)
        assert done.returncode == 64 and arguments[0].encode() in done.stderr


def test_tables_that_cannot_be_studied(ebb, lake, dirty, tmp_path):  # noqa: F811
    refused(ebb, lake, tmp_path, 66, "there is nothing at", tmp_path / "nowhere.parquet")
    refused(ebb, lake, tmp_path, 66, "нет таблицы", "nowhere.`at all`", lang="ru")
    refused(ebb, lake, tmp_path, 65, "нет ни одной", "odd.empty", lang="ru", hive=True)
    for condition in ("nonsense = 1", "true); DROP TABLE x; --"):
        said = refused(ebb, lake, tmp_path, 64, "the condition", dirty, "--where", condition)
        assert condition.split(" = ")[0].split(";")[0] in said
    refused(ebb, lake, tmp_path, 66, "longer than 1 s", dirty, "--statement-timeout", 1)
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "file.xyz").write_text("?")
    refused(ebb, lake, tmp_path, 64, "format", tmp_path / "odd")


def started(ebb, spark, out, name, *arguments):
    """A study that has begun to read the rows."""
    process = subprocess.Popen(
        [ebb.path, "study", "spark", "--table", str(name), *spark.arguments(), "--out", str(out), "--lang", "en",
         *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "LANG": "C.UTF-8", **spark.env})
    wait_for(lambda: process.poll() is not None or reads(process), 120)
    assert process.poll() is None, process.stderr.read().decode()
    return process


def reads(process):
    folder = pathlib.Path(f"/proc/{process.pid}/fd")
    return any("ebb-rows" in os.readlink(entry) for entry in folder.iterdir() if entry.is_symlink())


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_executor_is_killed(ebb, spark, sample_csv, tmp_path):
    """Spark does its work again elsewhere: the right answer."""
    memory = ebb.study(sample_csv, tmp_path / "memory", "--chapters", "churn,portraits")
    process = started(ebb, spark, tmp_path / "out", sample_csv, "--chapters", "churn,portraits")
    time.sleep(3)
    victims = spark.executors()
    assert len(victims) == 2
    os.kill(victims[0], signal.SIGKILL)
    said = process.communicate(timeout=300)[1].decode()
    assert process.returncode == 0, said
    house = json.loads((tmp_path / "out" / "study.json").read_text(encoding="utf-8"))
    for one in (memory, house):
        one.pop("provenance")
    assert differences(memory, house)[:20] == []


def test_the_driver_is_killed(ebb, spark, sample_csv, tmp_path):
    process = started(ebb, spark, tmp_path / "out", sample_csv, "--chapters", "churn,portraits")
    threads = pathlib.Path(f"/proc/{process.pid}/task").iterdir()
    children = [child for thread in threads for child in (thread / "children").read_text().split()]
    assert len(children) == 1
    os.kill(int(children[0]), signal.SIGKILL)
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 66 and "connection to the database was lost" in said, said
    assert not (tmp_path / "out").exists()
    wait_for(lambda: not spark.executors(), seconds=60)


def test_a_table_that_changes(ebb, spark, sample_csv, tmp_path):
    """Never a study of two moments."""
    copy = tmp_path / "clients.csv"
    shutil.copy(sample_csv, copy)
    process = started(ebb, spark, tmp_path / "out", copy, "--chapters", "churn,portraits")
    rows = table(sample_csv)
    for row in rows[::2]:
        row["score"] = "555"
    write(copy, rows)
    said = process.communicate(timeout=300)[1].decode()
    assert process.returncode == 65 and ("changed while" in said or "than its rows do" in said), said
    assert not (tmp_path / "out").exists()


def test_an_interruption_ends_the_application(ebb, spark, sample_csv, tmp_path):
    place = tmp_path / "tmp"
    place.mkdir()
    spark.env["TMPDIR"] = str(place)
    try:
        process = started(ebb, spark, tmp_path / "out", sample_csv, "--chapters", "churn,portraits")
    finally:
        del spark.env["TMPDIR"]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
    wait_for(lambda: not spark.executors(), seconds=30)
    assert not (tmp_path / "out").exists()
    assert [path.name for path in place.iterdir() if path.name.startswith("ebb")] == []


def test_a_plan(ebb, lake, tmp_path):
    done = ebb("study", "spark", "--table", lake.folder / "wide", *lake.arguments(), "--plan",
               "--chapters", "churn,portraits", "--out", tmp_path / "none", env=lake.env, timeout=600)
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert not (tmp_path / "none").exists()
    assert said.startswith("-- 1.") and "CREATE OR REPLACE TEMPORARY VIEW ebb_clients" in said
    assert said.count("\n-- ") > 10 and "ebb_few" not in said and not re.search(r"LIMIT 2000\b", said)
    assert "reads " in said and "bytes" in said
