"""The fuzz target builds with the reader as it is, and runs; ten minutes of it are `make fuzz`."""

import re
import subprocess

from conftest import ROOT


def test_the_fuzz_target_builds_and_runs():
    done = subprocess.run([ROOT / "Scripts" / "fuzz", "3"], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(re.search(r"number_of_executed_units: (\d+)", done.stderr)[1]) > 500
