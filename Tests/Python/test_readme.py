"""The commands of the READMEs work as written, and print what stands there; their links lead somewhere."""

import os
import re
import shlex
import subprocess

import pytest

from conftest import ROOT

READMES = ["README.md", "README.ru.md"]


def commands(text):
    """(command, what it prints by the README) for every `$` line of a console block."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
        for piece in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, printed = piece.partition("\n")
            yield command, printed.strip()


@pytest.mark.parametrize("readme", READMES)
def test_commands_print_what_the_readme_shows(ebb, tmp_path, readme):
    found = list(commands((ROOT / readme).read_text(encoding="utf-8")))
    assert len(found) >= 3
    environment = {**os.environ, "LANG": "C.UTF-8", "COLUMNS": "110"}
    for command, printed in found:
        name, *arguments = shlex.split(command)
        assert name == "ebb"
        done = subprocess.run(
            [ebb.path, *arguments], capture_output=True, cwd=tmp_path, env=environment, timeout=120
        )
        assert done.returncode == 0, done.stderr.decode()
        if printed:
            assert done.stdout.decode().strip() == printed, f"{command}: run Scripts/renew-readme"


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_somewhere(readme):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / readme).read_text(encoding="utf-8"))
    assert len(links) >= 8
    assert [link for link in links if not (ROOT / link).exists()] == []
