"""`ebb sample`: the same bytes whatever the cores, a prefix of any larger sample, and the usual exit codes."""

import os
import signal
import subprocess

import pytest


def sample(ebb, *arguments, lang="ru"):
    done = ebb("sample", *arguments, lang=lang)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_same_bytes_whatever_the_cores(ebb, tmp_path):
    one = sample(ebb, "--clients", 50_000, "--seed", 3, "--cores", 1)
    assert one == sample(ebb, "--clients", 50_000, "--seed", 3, "--cores", 2)
    assert one != sample(ebb, "--clients", 50_000, "--seed", 4)
    assert sample(ebb, "--clients", 50_000, "--seed", 3, "--out", tmp_path / "a.csv") == b""
    assert (tmp_path / "a.csv").read_bytes() == one
    assert os.listdir(tmp_path) == ["a.csv"]


def test_a_larger_sample_begins_with_a_smaller_one(ebb):
    large = sample(ebb, "--clients", 40_000)
    assert large.startswith(sample(ebb, "--clients", 17_000))
    assert large.startswith(sample(ebb, "--clients", 0))
    assert sample(ebb, "--clients", 0).count(b"\n") == 1


@pytest.mark.parametrize(
    "arguments", [["--clients", "-1"], ["--clients", "many"], ["--seed", "-1"], ["--out", ""], ["extra"]]
)
def test_bad_values_are_told(ebb, arguments):
    done = ebb("sample", *arguments)
    assert done.returncode == 64
    assert done.stdout == b"" and done.stderr


def test_a_closed_pipe_is_no_error(ebb):
    with subprocess.Popen([ebb.path, "sample", "--clients", "1000000"], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(timeout=60) == 0


def test_a_full_disk_is_told(ebb):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([ebb.path, "sample"], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 74 and done.stderr


def test_nothing_half_written_where_the_folder_is_missing(ebb, tmp_path):
    done = ebb("sample", "--out", tmp_path / "absent" / "a.csv")
    assert done.returncode == 74
    assert os.listdir(tmp_path) == []


def test_an_interruption_leaves_nothing(ebb, tmp_path):
    # As soon as there is a file, and often: one that comes early was lost now and then.
    command = [ebb.path, "sample", "--clients", "100000000", "--out", str(tmp_path / "a.csv")]
    for _ in range(20):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            while not os.listdir(tmp_path):
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 130
        assert os.listdir(tmp_path) == []


def test_ebb_reads_what_it_makes(ebb, tmp_path):
    for lang in ("ru", "en"):
        path = tmp_path / f"{lang}.csv"
        path.write_bytes(sample(ebb, "--clients", 3_000, lang=lang))
        done = ebb("inspect", path, "--json")
        assert done.returncode == 0, done.stderr.decode()
        for role in (b'"churn"', b'"products"', b'"balance"', b'"income"'):
            assert role in done.stdout
