"""The dashboard's cells as a tidy table: totals are true, and it opens where it is meant to be opened."""

import csv
import json


def table(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_extract_adds_up_to_the_study(ebb, sample_csv, tmp_path):
    study = ebb.study(sample_csv, tmp_path, "--chapters", "churn,forecast", "--extract")
    cells = table(tmp_path / "cells.csv")
    assert sum(int(c["clients"]) for c in cells) == study["churn"]["overall"]["n"]
    assert sum(int(c["left"]) for c in cells) == study["churn"]["overall"]["successes"]
    assert min(int(c["clients"]) for c in cells) >= study["provenance"]["privacyThreshold"]
    expected = sum(float(c["expected_leavers"]) for c in cells)
    assert abs(expected - study["churn"]["overall"]["successes"]) < 0.1 * expected
    one = next(level for by in study["churn"]["by"] if by["attribute"].get("role") == "gender" for level in by["levels"])
    gender = next(by["attribute"]["column"] for by in study["churn"]["by"] if by["attribute"].get("role") == "gender")
    # Clients of small cells may have lost this attribute.
    assert 0 <= one["n"] - sum(int(c["clients"]) for c in cells if c[gender] == one["value"]) <= 0.2 * one["n"]
    dictionary = {row["column"]: row for row in table(tmp_path / "cells-dictionary.csv")}
    assert set(dictionary) == set(cells[0])
    assert all(row["meaning_en"] and row["meaning_ru"] for row in dictionary.values())


def test_a_report_extracts_the_same(ebb, sample_csv, tmp_path):
    ebb.study(sample_csv, tmp_path / "a", "--chapters", "churn", "--extract")
    done = ebb("report", tmp_path / "a/study.json", "--out", tmp_path / "b", "--extract")
    assert done.returncode == 0, done.stderr.decode()
    for name in ("cells.csv", "cells-dictionary.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_hostile_values_stay_texts(ebb, sample_csv, tmp_path):
    with open(sample_csv, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    city = rows[0]["City"]
    for row in rows:
        if row["City"] == city:
            row["City"] = '=1+1,"x'
    with open(tmp_path / "c.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    ebb.study(tmp_path / "c.csv", tmp_path / "out", "--chapters", "churn", "--extract")
    assert {"'=1+1,\"x"} & {cell["City"] for cell in table(tmp_path / "out/cells.csv")}
    json.loads((tmp_path / "out/study.json").read_text(encoding="utf-8"))
