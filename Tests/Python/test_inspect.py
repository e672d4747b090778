"""`ebb inspect` on files of every kind: fields come back exactly, and no file at all breaks it."""

import csv
import gzip
import io
import json
import os
import random
import struct
import time

import pytest

# What RFC 4180 allows, and what its users write besides; the expected rows are what Python's csv reads.
TABLES = {
    "comma in quotes": 'first,last,address,city,zip\nJohn,Doe,120 any st.,"Anytown, WW",08123\n',
    "empty": 'a,b,c\n1,"",""\n2,3,4\n',
    "empty crlf": 'a,b,c\r\n1,"",""\r\n2,3,4\r\n',
    "escaped quotes": 'a,b\n1,"ha ""ha"" ha"\n3,4\n',
    "json": 'key,val\n1,"{""type"": ""Point"", ""coordinates"": [102.0, 0.5]}"\n',
    "newlines": 'a,b,c\n1,2,3\n"Once upon \na time",5,6\n7,8,9\n',
    "newlines crlf": 'a,b,c\r\n1,2,3\r\n"Once upon \r\na time",5,6\r\n7,8,9\r\n',
    "quotes and newlines": 'a,b\n1,"ha \n""ha"" \nha"\n3,4\n',
    "simple": "a,b,c\n1,2,3\n",
    "simple crlf": "a,b,c\r\n1,2,3\r\n",
    "no last newline": "a,b,c\n1,2,3",
    "utf8": "a,b,c\n1,2,3\n4,5,ʤ\n",
    "leading zeros": "id,zip,x\n007,00501,1.50\n008,01002,2.00\n",
    "padding": "id,x\n1, padded \n2,\ttab\t\n",
    "heading in quotes": '"a ""b""","c\nd"\n1,2\n',
    "empty fields": "a,b,c\n,,\n1,,\n,2,\n",
    "heading only": "a,b,c\n",
    "words only": "name,city\nAnna,Rome\nBoris,Tula\n",
    "numbers in words": "name,n\nAnna,1\nBoris,two\nClara,3\n",
}


def inspect(ebb, path, *arguments):
    done = ebb("inspect", path, "--json", "--rows", 1000, *arguments)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", TABLES)
def test_rows_come_back_exactly(ebb, tmp_path, name):
    path = tmp_path / "table.csv"
    path.write_bytes(TABLES[name].encode())
    expected = list(csv.DictReader(io.StringIO(TABLES[name], newline="")))
    assert inspect(ebb, path)["rows"] == expected


@pytest.mark.parametrize("seed", range(25))
def test_random_tables_come_back_exactly(ebb, tmp_path, seed):
    rng = random.Random(seed)
    alphabet = ["a", "Ж", "7", ",", ";", "\t", "|", '"', "'", "\n", "\r\n", " ", "€", "😀", "=", "#", "0", "-", "."]
    width = rng.randint(2, 8)
    names = [f"name {i}" for i in range(width)]
    rows = [
        [str(rng.randint(0, 999)), *("".join(rng.choices(alphabet, k=rng.randint(0, 6))) for _ in names[1:])]
        for _ in range(rng.randint(1, 40))
    ]
    text = io.StringIO()
    writer = csv.writer(
        text, delimiter=rng.choice(",;\t|"), lineterminator=rng.choice(["\n", "\r\n"]), quoting=csv.QUOTE_ALL)
    writer.writerows([names, *rows])
    path = tmp_path / "table.csv"
    path.write_bytes(text.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "utf-16"])))
    found = inspect(ebb, path)
    assert found["rows"] == [dict(zip(names, row)) for row in rows]
    assert found["rejected"] == []


def test_json_says_how_the_file_is_written(ebb, tmp_path):
    path = tmp_path / "export.csv"
    text = "sep=;\r\nГород;Доход, руб.;Отток;\r\nТула;1 234,50;да;\r\nРыбинск;н/д;нет;\r\nТула;7,5;кто знает\r\n"
    path.write_bytes((text + "Тула;10;да;\r\n" * 30).encode("cp1251"))
    found = inspect(ebb, path)
    dialect = found["dialect"]
    assert (dialect["encoding"], dialect["delimiter"], dialect["decimalSeparator"]) == ("windows-1251", ";", ",")
    assert (dialect["lineEnding"], dialect["skippedLines"], dialect["hasHeader"]) == ("crlf", 1, True)
    columns = found["columns"]
    assert [c["name"] for c in columns] == ["Город", "Доход, руб.", "Отток", "column 4"]
    assert [c["role"] for c in columns[:3]] == ["city", "income", "churn"]
    assert columns[1]["missing"] == 1
    assert columns[1]["range"] == {"low": 10, "high": 1234.5}
    assert all(c["why"] for c in columns)
    assert [(r["line"], r["column"]) for r in found["rejected"]] == [(5, "Отток")]


def test_flags_override_guesses(ebb, tmp_path):
    path = tmp_path / "table.txt"
    path.write_bytes("1:2,5:x\n3:4:?\n".encode("utf-16-be"))
    found = inspect(
        ebb, path, "--encoding", "utf-16be", "--delimiter", ":", "--no-header", "--decimal", ",", "--quote", "none",
        "--missing", "?,x")
    assert [c["kind"] for c in found["columns"]] == ["integer", "decimal", "empty"]
    assert found["rows"][0] == {"column 1": "1", "column 2": "2,5", "column 3": "x"}
    for wrong in (["--encoding", "latin"], ["--delimiter", ";;"], ["--header", "--no-header"], ["--decimal", "x"],
                  ["--rows", "-1"], ["--kind", "a=b"]):
        assert ebb("inspect", path, *wrong).returncode == 64, wrong


def odd_files():
    rng = random.Random(1)
    rows = b"a,b\n" + b"1,2\n" * 100_000
    zipped = gzip.compress(rows)
    wide = lambda n: (",".join(f"c{i}" for i in range(n)) + "\n" + ",".join("1" * n) + "\n").encode()
    files = {
        "empty": b"", "newline": b"\n", "newlines": b"\n" * 5_000_000, "carriage returns": b"\r" * 5_000_000,
        "CR line ends": b"a,b\r1,2\r3,4", "mixed line ends": b"a,b\r1,2\n3,4\r\n5,6\r",
        "delimiters": b"," * 5_000_000, "delimiter lines": b",,,\n" * 500_000, "tabs": b"\t" * 5_000_000,
        "quotes": b'"' * 5_000_001, "quote lines": b'"\n' * 1_000_001, "open quotes": b'a,b\n' + b'1,"x\n' * 300_000,
        "long line": b"a" * 100_000_000, "long second line": b"a,b\n1,2\n" + b"x" * 100_000_000 + b"\n3,4\n",
        "tiny rows": b"1,2\n" * 20_000_000, "ragged": b"a,b\n1\n1,2,3\n" * 300_000,
        "2000 columns": wide(2000), "16384 columns": wide(16_384), "50000 columns": wide(50_000),
        "NUL": b"\0", "NULs": b"\0" * 1_000_000, "NUL inside": b"a,b\n1,\0\n", "NUL late": rows + b"1,\0\n3,4\n",
        "half of UTF-16": "a,b\n1,2\n".encode("utf-16")[:-1], "UTF-32": "a,b\n1,2\n".encode("utf-32"),
        "mark only": b"\xef\xbb\xbf", "UTF-16 mark only": b"\xff\xfe",
        "surrogates": b"\xff\xfe" + struct.pack("<6H", 0x61, 0x0A, 0xD800, 0x0A, 0xDC00, 0xD800),
        "latin-1": "name,city\nJosé,Málaga\nZoë,Köln\n".encode("latin-1"),
        "Shift JIS": "名前,年\n太郎,5\n".encode("shift_jis"), "KOI8-R": "город;доход\nТула;5\n".encode("koi8-r"),
        "broken UTF-8": b"a,b\n\xff,\xc3\n\xe2\x82,\xf0\x9f\n", "truncated gzip": zipped[: len(zipped) // 2],
        "gzip head": zipped[:5], "gzip and more": zipped + b"more", "gzip of nothing": gzip.compress(b""),
        "gzip bomb of zeros": gzip.compress(b"\0" * 200_000_000, 1),
        "gzip bomb of rows": gzip.compress(b"a,b\n" + b"1,2\n" * 50_000_000, 1),
        "gzip bomb of letters": gzip.compress(b"a" * 200_000_000, 1),
        "PNG": b"\x89PNG\r\n\x1a\n" + rng.randbytes(5000), "JPEG": b"\xff\xd8\xff\xe0" + rng.randbytes(5000),
        "PDF": b"%PDF-1.7\n%\xe2\xe3" + rng.randbytes(5000), "ZIP": b"PK\x03\x04" + rng.randbytes(5000),
        "ELF": b"\x7fELF" + rng.randbytes(5000), "noise": rng.randbytes(1_000_000),
        "text noise": bytes(rng.choices(b'ab1,;\t|"\'\n\r .-', k=1_000_000)),
        "high noise": bytes(rng.choices(range(128, 256), k=300_000)),
        "JSON": b'{"a": [1, 2, {"b": null}]}\n' * 1000, "XML": b'<a><b c="d,e">x</b></a>\n' * 1000,
        "escape sequences": "a,b\n\x1b[31mred\x1b]0;evil\x07,\x9b31m\n\x1b[2J,\u202e\n".encode(),
        "combining marks": ("a,b\ne" + "\u0301" * 500_000 + ",2\n").encode(),
        "sep only": b"sep=;", "titles": "Отчёт\n\nза май\n".encode() * 1000 + b"a;b;c;d\n1;2;3;4\n",
    }
    return files


ODD = odd_files()


@pytest.mark.parametrize("name", ODD)
def test_any_file_ends_well(ebb, tmp_path, name):
    path = tmp_path / "odd"
    path.write_bytes(ODD[name])
    for form in ([], ["--json"]):
        start = time.time()
        done = ebb("inspect", path, *form, timeout=60)
        assert done.returncode in (0, 65), done.stderr.decode()
        assert time.time() - start < 30
        if done.returncode == 0 and form:
            assert {"dialect", "columns", "rows", "rejected"} <= json.loads(done.stdout).keys()
        elif done.returncode == 0:
            # Nothing of the data may steer the terminal.
            assert b"\x1b" not in done.stdout and b"\x07" not in done.stdout
        else:
            assert done.stderr.strip() and not done.stdout


def test_what_is_no_file(ebb, tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    (tmp_path / "loop").symlink_to("loop")
    for path in (tmp_path, tmp_path / "none", fifo, tmp_path / "loop", "/dev/zero", ""):
        done = ebb("inspect", path, timeout=10)
        assert done.returncode == 66, (path, done.stderr.decode())
    assert ebb("inspect", "/dev/null", timeout=10).returncode == 65
    assert ebb("inspect").returncode == 64
    assert ebb("inspect", "-", stdin=b"a,b\n1,2\n").returncode == 0
    assert ebb("inspect", "-", stdin=b"").returncode == 65
