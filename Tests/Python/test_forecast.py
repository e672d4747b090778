"""The forecast of tables it was not made for: it says what it can do, and plainly where it can do nothing."""

import random

import pytest


def bank(count, rate=0.2, seed=3, columns=3, churn=("0", "1"), names=("grp", "age_x", "usage"), leak=None):
    """Clients whose leaving depends on the first columns; the others are noise."""
    draw = random.Random(seed)
    heading = ["client", *names[:columns], *(f"noise{i}" for i in range(columns - len(names))), "Exited"]
    if leak:
        heading.append(leak)
    lines = [",".join(heading)]
    for i in range(count):
        group, age, usage = draw.choice("ABC"), draw.randint(18, 80), draw.random()
        odds = rate / (1 - rate) * (3 if group == "C" else 0.6) * (2.2 if age > 50 else 0.5) * (1.6 - 1.2 * usage)
        left = draw.random() < odds / (1 + odds)
        values = [group, str(age), f"{usage:.3f}"][:columns]
        values += [f"{draw.gauss(0, 1):.4f}" for _ in range(columns - len(names))]
        line = [f"c{i}", *values, churn[left]]
        if leak:
            line.append(str(draw.randint(1, 30)) if left else "")
        lines.append(",".join(line))
    return "\n".join(lines) + "\n"


def study(ebb, tmp_path, text, *arguments):
    path = tmp_path / "clients.csv"
    path.write_text(text, encoding="utf-8")
    return ebb.study(path, tmp_path / "report", *arguments)


@pytest.mark.parametrize(
    "options",
    [dict(count=500), dict(count=4000, rate=0.02), dict(count=1500, columns=40), dict(count=1500, churn=("stayed", "left")),
     dict(count=1500, churn=("нет", "да"))],
    ids=["500 rows", "2 % churn", "40 columns", "text churn", "Russian churn"])
def test_a_strangers_table(options, ebb, tmp_path):
    forecast = study(ebb, tmp_path, bank(**options), "--chapters", "churn,forecast")["forecast"]
    assert "refusal" not in forecast
    models = {m["name"]: m for m in forecast["models"]}
    assert "productRate" not in models, "there is no products column"
    champion = models[forecast["champion"]]["metrics"]
    assert champion["rocAUC"]["lower"] <= champion["rocAUC"]["estimate"] <= champion["rocAUC"]["upper"]
    assert 0.6 < champion["rocAUC"]["estimate"] < 0.95
    for name in ("gini", "ks", "prAUC", "logLoss", "brier", "ece"):
        assert champion[name]["lower"] <= champion[name]["estimate"] <= champion[name]["upper"]
    done = ebb("score", tmp_path / "clients.csv", "--model", tmp_path / "report" / "model")
    assert done.returncode == 0
    assert len(done.stdout.decode().splitlines()) == options["count"] + 1


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_too_few_are_said_to_be_too_few(lang, ebb, tmp_path):
    path = tmp_path / "few.csv"
    path.write_text(bank(60), encoding="utf-8")
    done = ebb("study", path, "--out", tmp_path / "report", lang=lang)
    assert done.returncode == 0
    assert {"en": "too few", "ru": "слишком мало"}[lang] in done.stdout.decode().replace("\n   ", "")
    assert not (tmp_path / "report" / "model").exists()


def test_a_former_model_does_not_outlive_its_study(ebb, tmp_path):
    study(ebb, tmp_path, bank(800))
    assert (tmp_path / "report" / "model" / "model.json").exists()
    study(ebb, tmp_path, bank(60))
    assert not (tmp_path / "report" / "model").exists()


def test_a_leaking_column_is_named_and_set_aside(ebb, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text(bank(1500, leak="days_since_exit"), encoding="utf-8")
    done = ebb("study", path, "--out", tmp_path / "report")
    assert done.returncode == 0 and "days_since_exit" in done.stdout.decode()
    found = ebb.study(path, tmp_path / "report")["forecast"]
    aside = {s["feature"]: s["reason"] for s in found["setAside"]}
    assert aside["days_since_exit"] in ("afterTheFact", "nearPerfect")
    best = max(m["metrics"]["rocAUC"]["estimate"] for m in found["models"])
    assert best < 0.95


def test_what_is_excluded_stays_out(ebb, sample_csv, tmp_path):
    forecast = ebb.study(sample_csv, tmp_path / "report", "--chapters", "forecast", "--exclude", "gender,Age")["forecast"]
    assert {s["feature"] for s in forecast["setAside"] if s["reason"] == "excluded"} == {"Gender", "Age"}
    for model in forecast["models"]:
        assert not {"Gender", "Age"} & {i["feature"] for i in model["importance"]}
    assert not {"Gender", "Age"} & {s["feature"] for s in forecast["features"]}


def test_noise_forecasts_nothing(ebb, tmp_path):
    draw = random.Random(11)
    lines = ["id,a,b,c,churn"]
    for i in range(2500):
        lines.append(f"{i}x,{draw.gauss(0, 1):.3f},{draw.choice('PQRS')},{draw.randint(1, 9)},{int(draw.random() < 0.2)}")
    forecast = study(ebb, tmp_path, "\n".join(lines) + "\n")["forecast"]
    for model in forecast["models"]:
        assert model["metrics"]["rocAUC"]["estimate"] < 0.56


def test_the_seed_alone_changes_folds(ebb, sample_csv, tmp_path):
    def run(seed):
        out = tmp_path / f"s{seed}"
        return ebb.study(sample_csv, out, "--chapters", "forecast", "--seed", seed)["forecast"]

    first, other = run(1), run(2)
    assert first["settings"]["seed"] == 1 and other["settings"]["seed"] == 2
    assert first["models"] != other["models"]
