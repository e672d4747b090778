"""Bad input ends with a word naming place and remedy, the right exit code, and nothing half-written."""

import gzip
import os
import random
import signal
import subprocess
import time

import pytest

HEADING = "userid,score,City,Gender,Age,Objects,Balance,Products,CreditCard,Loyalty,estimated_salary,Churn\n"


def clients(count, churn=lambda i: i % 4 == 0, products=lambda i: 1 + i % 2, balance=lambda i: 1000 + i):
    lines = [HEADING]
    for i in range(count):
        lines.append(
            f"{1000 + i},{500 + i % 300},{'Омск' if i % 3 else 'Тверь'},{'ЖМ'[i % 2]},{20 + i % 50},{i % 5},"
            f"{balance(i)},{products(i)},{i % 2},{i // 2 % 2},{50000 + 7 * i}.5,{int(churn(i))}\n"
        )
    return "".join(lines)


def broken_utf8():
    data = clients(300).encode().split(b"\n")
    data[5] = data[5].replace("Омск".encode(), b"\xd0\xff\xfe").replace("Тверь".encode(), b"\xd0\xff\xfe")
    return b"\n".join(data)


# name: (bytes, exit code, words that the message must contain)
CASES = {
    "empty file": (b"", 65, "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", 65, "empty"),
    "only newlines": (b"\n\n\n\n", 65, ""),
    "header only": (HEADING.encode(), 65, "no rows"),
    "no churn column": (clients(50).replace("Churn", "Zzz").encode(), 65, "churn"),
    "churn of one value": (clients(50, churn=lambda i: False).encode(), 65, "Churn"),
    "one client": (clients(1).encode(), 65, ""),
    "churn that is neither": (clients(50).replace(",1\n", ",maybe\n", 3).encode(), 65, "line"),
    "NUL bytes": (clients(50).replace("Омск", "\0\0").encode(), 65, ""),
    "random bytes": (random.Random(1).randbytes(50_000), 65, ""),
    "truncated gzip": (gzip.compress(clients(5000).encode())[:2000], 65, "gzip"),
    "wrong number of fields": (
        (clients(50) + "1,2,3\n" * 20).encode(), 65, "line",
    ),
    "text in a numeric column": (clients(300).replace(",6", ",x6").encode(), None, ""),
}


@pytest.mark.parametrize("name", CASES)
def test_study_of_bad_input(name, ebb, tmp_path):
    data, code, words = CASES[name]
    path = tmp_path / "bad.csv"
    path.write_bytes(data)
    out = tmp_path / "report"
    for lang in ("en", "ru"):
        done = ebb("study", path, "--out", out, lang=lang, timeout=30)
        message = done.stderr.decode()
        assert done.returncode in ((code,) if code is not None else (0, 65)), (done.returncode, message)
        if done.returncode:
            assert message.strip(), "an error without a word"
            assert "Fatal" not in message and "error(" not in message
            if lang == "en":
                assert words.lower() in message.lower(), message
            else:
                assert any("а" <= letter <= "я" for letter in message), message
            assert not (out / "study.json").exists()
            assert not out.exists() or not [n for n in os.listdir(out) if n not in ("rejected.csv",)]


# what must still give a study
GOOD = {
    "all balances missing": clients(200, balance=lambda i: "").encode(),
    "one product group": clients(200, products=lambda i: 1).encode(),
    "12 product groups": clients(600, products=lambda i: 1 + i % 12).encode(),
    "churn alone": ("Churn\n" + "".join(f"{int(i % 5 == 0)}\n" for i in range(100))).encode(),
    "two clients": clients(2, churn=lambda i: i == 0).encode(),
    "broken UTF-8 in one row": broken_utf8(),
    "2,000 columns": (
        ",".join([f"x{i}" for i in range(1999)] + ["Churn"]) + "\n"
        + "".join(
            ",".join([str((i * 7 + r * 13) % 90) for i in range(1999)] + [str(int(r % 3 == 0))]) + "\n"
            for r in range(60)
        )
    ).encode(),
    "hostile names": clients(200).replace("Омск", "<script>alert(1)</script>").replace("Тверь", "=cmd|' /C calc'!A0").encode(),
}


@pytest.mark.parametrize("name", GOOD)
def test_poor_but_usable_input(name, ebb, tmp_path):
    path = tmp_path / "poor.csv"
    path.write_bytes(GOOD[name])
    for lang in ("ru", "en"):
        done = ebb("study", path, "--out", tmp_path / "report", lang=lang, timeout=120)
        assert done.returncode == 0, done.stderr.decode()
        text = done.stdout.decode()
        assert "nan" not in text.lower().replace("finan", ""), text
        assert (tmp_path / "report" / "study.json").exists()
    body = (tmp_path / "report" / "study.json").read_text(encoding="utf-8")
    assert "NaN" not in body and "Infinity" not in body


def test_unclosed_quote(ebb, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(clients(200).replace("Омск", '"Омск', 1), encoding="utf-8")
    done = ebb("study", path, "--out", tmp_path / "report", timeout=30)
    assert done.returncode in (0, 65)
    said = done.stdout.decode() + done.stderr.decode()
    assert "rejected: 1" in said or "quote" in said, said
    if done.returncode == 0:
        rejected = (tmp_path / "report" / "rejected.csv").read_text(encoding="utf-8-sig")
        assert "quote" in rejected and "Омск" in rejected


def test_a_line_of_100_megabytes(ebb, tmp_path):
    path = tmp_path / "long.csv"
    with open(path, "wb") as file:
        file.write(clients(200).encode())
        file.write(b"x" * 100_000_000 + b"\n")
    start = time.time()
    done = ebb("inspect", path, timeout=60)
    assert done.returncode in (0, 65), done.stderr.decode()
    done = ebb("study", path, "--out", tmp_path / "report", timeout=60)
    assert done.returncode in (0, 65), done.stderr.decode()
    assert time.time() - start < 60


def test_missing_directory_and_unreadable(ebb, tmp_path):
    assert ebb("study", tmp_path / "none.csv", "--out", tmp_path / "r").returncode == 66
    assert ebb("study", tmp_path, "--out", tmp_path / "r").returncode == 66
    secret = tmp_path / "secret.csv"
    secret.write_text(clients(50), encoding="utf-8")
    secret.chmod(0)
    if os.geteuid() != 0:
        assert ebb("study", secret, "--out", tmp_path / "r").returncode == 66


def test_wrong_command_lines(ebb):
    for arguments in (["stdy"], ["study"], ["study", "a.csv", "--nope"], ["sample", "--clients", "x"], []):
        done = ebb(*arguments)
        assert done.returncode == 64, (arguments, done.stderr.decode())
        assert done.stderr.strip()


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_full_disk(ebb, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        path = tmp_path / "clients.csv"
        path.write_text(clients(500), encoding="utf-8")
        done = ebb("study", path, "--out", disk / "report")
        assert done.returncode == 74, done.stderr.decode()
        assert b"space" in done.stderr.lower()
        left = [name for _, _, names in os.walk(disk) for name in names]
        assert not [name for name in left if name != "rejected.csv"], left
    finally:
        subprocess.run(["umount", str(disk)])


def test_existing_output_folder_is_taken_over_file_by_file(ebb, tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text(clients(300), encoding="utf-8")
    out = tmp_path / "report"
    out.mkdir()
    (out / "my notes.txt").write_text("mine")
    for _ in range(2):
        assert ebb("study", path, "--out", out).returncode == 0
    assert (out / "my notes.txt").read_text() == "mine"
    assert sorted(n for n in os.listdir(out) if n.startswith(".") or ".ebb-" in n) == []


def test_output_folder_that_is_a_file(ebb, tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text(clients(300), encoding="utf-8")
    (tmp_path / "report").write_text("a file")
    done = ebb("study", path, "--out", tmp_path / "report")
    assert done.returncode == 74, done.stderr.decode()
    assert (tmp_path / "report").read_text() == "a file"


def test_interruption_leaves_nothing_half_written(ebb, tmp_path):
    path = tmp_path / "clients.csv"
    body = clients(2000).encode().split(b"\n", 1)
    with open(path, "wb") as file:
        file.write(body[0] + b"\n")
        for _ in range(400):
            file.write(body[1])
    for delay in (0.05, 0.2, 0.5):
        out = tmp_path / f"report-{delay}"
        process = subprocess.Popen(
            [ebb.path, "study", str(path), "--out", str(out)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        # On a busy machine the signal comes before the program's first line.
        assert process.returncode in (130, 0, -signal.SIGINT), process.returncode
        names = os.listdir(out) if out.exists() else []
        assert not [name for name in names if ".ebb-" in name or name.startswith(".")]
        if "study.json" in names:
            import json

            json.loads((out / "study.json").read_text(encoding="utf-8"))


def test_closed_pipe_is_no_error(ebb, sample_csv):
    process = subprocess.Popen(
        f"'{ebb.path}' sample --clients 200000 --seed 1 | head -n 3",
        shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    out, err = process.communicate(timeout=60)
    assert len(out.splitlines()) == 3
    assert err == b"", err.decode()
