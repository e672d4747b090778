"""The tool from outside: what its users run, on files as they get them."""

import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def tool_path() -> pathlib.Path:
    named = os.environ.get("EBB")
    if named:
        return pathlib.Path(named)
    for configuration in ("release", "debug"):
        candidate = ROOT / ".build" / configuration / "ebb"
        if candidate.exists():
            return candidate
    pytest.exit("ebb is not built: run `swift build -c release` first", 2)


class Ebb:
    """Runs the built tool and never lets it hang."""

    def __init__(self, path):
        self.path = str(path)

    def __call__(self, *arguments, stdin=None, timeout=120, env=None, cwd=None, lang="en"):
        environment = {**os.environ, "LANG": "C.UTF-8", **(env or {})}
        environment.pop("LC_ALL", None)
        command = [self.path, *map(str, arguments)]
        if lang and "--lang" not in command:
            command += ["--lang", lang]
        return subprocess.run(
            command, input=stdin, capture_output=True, timeout=timeout, env=environment, cwd=cwd
        )

    def study(self, source, out, *arguments, stdin=None):
        done = self("study", source, "--out", out, *arguments, stdin=stdin)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads((pathlib.Path(out) / "study.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def ebb():
    return Ebb(tool_path())


@pytest.fixture(scope="session")
def shared():
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: the public tables are not here")
    return SHARED


@pytest.fixture(scope="session")
def bank_csv(shared):
    return shared / "data" / "bank_dataset.csv"


@pytest.fixture(scope="session")
def bank_study(ebb, bank_csv, tmp_path_factory):
    return ebb.study(bank_csv, tmp_path_factory.mktemp("bank"))


@pytest.fixture(scope="session")
def sample_csv(ebb, tmp_path_factory):
    """3,000 made-up clients."""
    path = tmp_path_factory.mktemp("sample") / "clients.csv"
    done = ebb("sample", "--clients", 3000, "--seed", 7, lang="ru")
    assert done.returncode == 0, done.stderr.decode()
    path.write_bytes(done.stdout)
    return path


@pytest.fixture(scope="session")
def model(ebb, sample_csv, tmp_path_factory):
    """A forecast learnt from the made-up clients."""
    folder = tmp_path_factory.mktemp("model") / "report"
    ebb.study(sample_csv, folder, "--chapters", "forecast")
    return folder / "model"


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(ebb, sample_csv, tmp_path_factory):
    """A study of made-up clients with everything in it, the dashboard too."""
    out = tmp_path_factory.mktemp("dashboard")
    ebb.study(sample_csv, out)
    return out


@pytest.fixture(scope="session")
def study(folder):
    return json.loads((folder / "study.json").read_text(encoding="utf-8"))


@pytest.fixture
def opened(browser, folder):
    """Opens the dashboard; in the end nothing was complained of and nothing asked for."""
    from dashboard_reading import Page

    pages = []

    def open(hash="", **options):
        page = Page(browser, folder / "dashboard.html", hash, **options)
        pages.append(page)
        return page

    yield open
    for page in pages:
        page.close()
