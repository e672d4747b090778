"""`ebb experiment`: scipy's figures, any way of writing the arms, clear refusals."""

import gzip
import json
import random

import pytest
import scipy.stats as st

from conftest import ROOT


def analyse(ebb, source, *more, stdin=None):
    done = ebb("experiment", source, "--json", "-", *more, stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def rows_of(treated, control, seed=1):
    """Rows of (client, is control, has left), shuffled."""
    rows = [(is_control, left) for is_control, arm in ((False, treated), (True, control))
            for left, count in ((True, arm[0]), (False, arm[1])) for _ in range(count)]
    random.Random(seed).shuffle(rows)
    return [(1000 + place, *row) for place, row in enumerate(rows)]


def table(rows, arm=("treat", "control"), outcome=("left", "stayed"), heading="client_id,arm,outcome", sign=","):
    lines = [heading] + [sign.join((str(i), arm[c], outcome[0 if left else 1])) for i, c, left in rows]
    return "\n".join(lines) + "\n"


def test_named(result, name):
    return next(test for test in result["comparison"]["tests"] if test["name"] == name)


test_named.__test__ = False

PAIRS = [((150, 850), (210, 790)), ((30, 870), (12, 88)), ((2, 98), (3, 7)), ((61, 39), (60, 41)), ((0, 40), (6, 34))]


@pytest.mark.parametrize("treated, control", PAIRS)
def test_agrees_with_scipy(ebb, tmp_path, treated, control):
    path = tmp_path / "results.csv"
    path.write_text(table(rows_of(treated, control)))
    result = analyse(ebb, path, "--planned-control-share", "0.1")
    counts = [list(treated), list(control)]
    check = result["ratioCheck"]
    n = [sum(control), sum(treated)]
    ratio = st.chisquare(n, [0.1 * sum(n), 0.9 * sum(n)])
    assert check["test"]["pValue"] == pytest.approx(ratio.pvalue, rel=1e-9)
    assert check["isMismatch"] == bool(ratio.pvalue < 0.001)
    if check["isMismatch"]:
        assert result["verdict"] == "ratioMismatch"
        assert "comparison" not in result and "saved" not in result
        result = analyse(ebb, path)
    assert test_named(result, "fisherExact")["pValue"] == pytest.approx(st.fisher_exact(counts).pvalue, rel=1e-9)
    for name, yates in (("chiSquared", False), ("chiSquaredYates", True)):
        expected = st.chi2_contingency(counts, correction=yates)
        assert test_named(result, name)["statistic"] == pytest.approx(expected.statistic, rel=1e-9)
        assert test_named(result, name)["pValue"] == pytest.approx(expected.pvalue, rel=1e-9)
    z = test_named(result, "twoProportionZ")
    assert z["pValue"] == pytest.approx(2 * st.norm.sf(abs(z["statistic"])), rel=1e-9)
    assert z["pValue"] == pytest.approx(st.chi2_contingency(counts, correction=False).pvalue, rel=1e-9)
    for key, (left, stayed) in (("treated", treated), ("control", control)):
        interval = st.binomtest(left, left + stayed).proportion_ci(method="wilson")
        assert result[key]["left"]["interval"]["low"] == pytest.approx(interval.low, abs=1e-12)
        assert result[key]["left"]["interval"]["high"] == pytest.approx(interval.high, abs=1e-12)
    difference = control[0] / sum(control) - treated[0] / sum(treated)
    assert result["comparison"]["difference"]["estimate"] == pytest.approx(difference)
    assert result["saved"]["clients"] == pytest.approx(difference * sum(treated))


WRITTEN = [
    ("client_id,arm,outcome", ("treat", "control"), ("left", "stayed")),
    ("client_id,group,churned", ("treated", "Control"), ("1", "0")),
    ("client_id,is_control,retained", ("0", "1"), ("0", "1")),
    ("client_id,treatment,exited", ("1", "0"), ("yes", "no")),
    ("client_id,variant,left", ("B", "A"), ("true", "false")),
    ("код клиента,группа,исход", ("контакт", "контроль"), ("ушёл", "остался")),
    ("код клиента,группа,отток", ("Звонок", "Контрольная группа"), ("да", "нет")),
    ("код клиента,тест,ушёл", ("1", "0"), ("1", "0")),
    ("ид клиента,контроль,остался", ("нет", "да"), ("нет", "да")),
    ("ид клиента,группа эксперимента,статус клиента", ("тест", "без звонка"), ("ушла", "осталась")),
    ("x,column 2,column 3", ("sms", "holdout"), ("gone", "stayed")),
    ("client_id,arm,what became of it", ("call", "control"), ("left", "stayed")),
    ("код клиента,группа,статус", ("ЦГ", "КГ"), ("закрыт", "активен")),
    ("client_id,ab_group,status", ("T", "C"), ("closed", "active")),
    ("client_id,exposure,churn", ("exposed", "no contact"), ("True", "False")),
    ("Код клиента,Контакт или контроль,Исход", ("контакт", "контроль: не связываться"), ("ушёл", "остался")),
]


@pytest.mark.parametrize("heading, arm, outcome", WRITTEN)
def test_arms_and_outcomes_as_people_write_them(ebb, tmp_path, heading, arm, outcome):
    path = tmp_path / "results.csv"
    path.write_text(table(rows_of((20, 180), (30, 70)), arm, outcome, heading))
    if heading.startswith("x,"):
        result = analyse(ebb, path, "--client", "x")
    else:
        result = analyse(ebb, path)
    assert [result["treated"]["left"]["successes"], result["treated"]["known"]] == [20, 200]
    assert [result["control"]["left"]["successes"], result["control"]["known"]] == [30, 100]
    assert result["verdict"] == "works"
    assert result["columns"]["arm"]["control"] == [arm[1]]
    assert result["columns"]["outcome"]["left"] == [outcome[0]]


def test_encodings_separators_archives_and_standard_input(ebb, tmp_path):
    text = table(rows_of((20, 180), (30, 70)), ("контакт", "контроль"), ("ушёл", "остался"),
                 "код клиента;группа;исход", ";")
    expected = None
    for name, data in (("a.csv", text.encode()), ("b.csv", text.encode("cp1251")), ("c.csv", text.encode("utf-16")),
                       ("d.csv.gz", gzip.compress(text.encode())), ("e.csv", b"\xef\xbb\xbf" + text.encode())):
        path = tmp_path / name
        path.write_bytes(data)
        result = analyse(ebb, path)
        del result["source"]
        expected = expected or result
        assert result == expected, name
    result = analyse(ebb, "-", stdin=text.encode())
    del result["source"]
    assert result == expected
    assert expected["verdict"] == "works"


def test_order_of_rows_and_columns_does_not_matter(ebb, tmp_path):
    rows = [(i, "контакт" if i % 4 else "контроль", ["ушёл", "остался", ""][i * 7 % 11 % 3], "абв"[i % 3], i % 13)
            for i in range(900)]
    results = []
    for seed in range(3):
        shuffled = rows[:]
        random.Random(seed).shuffle(shuffled)
        order = [0, 1, 2, 3, 4]
        random.Random(seed).shuffle(order)
        names = ["код клиента", "группа", "исход", "рекомендация", "сумма"]
        path = tmp_path / "results.csv"
        path.write_text("\n".join(";".join(str(row[i]) for i in order) for row in [names, *shuffled]) + "\n")
        results.append(analyse(ebb, path, "--value", "сумма", "--cost", "10"))
    assert results[0] == results[1] == results[2]
    assert results[0]["by"] == "рекомендация" and len(results[0]["strata"]) == 3
    assert results[0]["attrition"]["treated"]["successes"] > 0


def test_many_clients(ebb, tmp_path):
    """Whole in one pass: nothing in it grows with the square of the clients."""
    rows = rows_of((12_000, 48_000), (4_000, 11_000))
    path = tmp_path / "results.csv"
    path.write_text(table([(f"C-{i}", c, left) for i, c, left in rows]))
    result = analyse(ebb, path, "--planned-control-share", "20%")
    assert result["rows"]["counted"] == 75_000 and result["rows"]["duplicates"] == 0
    assert result["verdict"] == "works"


def test_money(ebb, tmp_path):
    path = tmp_path / "results.csv"
    path.write_text(table(rows_of((100, 900), (300, 700))))
    saved = analyse(ebb, path, "--value", "5000", "--cost", "100")["saved"]
    assert saved["clients"] == pytest.approx(200)
    assert saved["money"] == pytest.approx(200 * 5000 - 100_000)
    assert saved["breakEvenClients"] == pytest.approx(20)
    assert saved["moneyInterval"]["low"] == pytest.approx(saved["clientsInterval"]["low"] * 5000 - 100_000)


def test_everything_odd_is_counted_and_told(ebb, tmp_path):
    rows = rows_of((20, 180), (30, 70))
    lines = table(rows).splitlines()
    lines += [lines[5], lines[6], "5001,treat,", "5002,control,", "5003,control,moved abroad", "5004,???,left",
              "5005,,left", ",treat,left"]
    path = tmp_path / "results.csv"
    path.write_text("\n".join(lines) + "\n")
    result = analyse(ebb, path)
    assert result["rows"] == {"read": 308, "counted": 304, "duplicates": 2, "withoutArm": 2, "rejected": 0,
                              "withoutID": 1, "withoutOutcome": 3}
    assert result["columns"]["outcome"]["unknown"] == [{"text": "moved abroad", "rows": 1}]
    assert result["columns"]["arm"]["unknown"] == [{"text": "???", "rows": 1}]
    assert [result[arm]["missing"] for arm in ("treated", "control")] == [1, 2]
    done = ebb("experiment", path)
    for words in ("moved abroad", "???", "counted once: 2", "without an id: 1", "Outcome not known"):
        assert words in done.stdout.decode(), words


GOLDEN = json.loads((ROOT / "Tests" / "golden" / "experiment.json").read_text())


@pytest.mark.parametrize("golden", random.Random(4).sample(GOLDEN["designs"], 25))
def test_designs_agree_with_statsmodels(ebb, golden):
    done = ebb("experiment", "--design", "--contacted", golden["treated"], "--held-out", golden["control"], "--base-rate",
               golden["base"], "--effect", golden["effect"], "--alpha", golden["alpha"], "--power", golden["power"],
               "--json", "-")
    assert done.returncode == 0, done.stderr.decode()
    design = json.loads(done.stdout)
    for key in ("neededTreated", "neededControl", "neededPerEqualArm"):
        assert design[key] == golden[key]
    assert (design["verdict"] == "answerable") == (golden["powerAtHand"] >= golden["power"])


def test_design_in_words(ebb):
    size = ["--contacted", 900, "--held-out", 100, "--base-rate", "20%", "--effect", "20%"]
    few = ebb("experiment", "--design", *size).stdout.decode()
    assert few.startswith("Cannot be answered with these clients")
    assert "7,221 contacted and 803 held out" in few
    assert ebb("experiment", "--design", *size, lang="ru").stdout.decode().startswith("На этих клиентах ответа не будет")
    assert ebb("experiment", "--design", *size[:-2]).returncode == 64
    assert ebb("experiment", *size, "results.csv").returncode == 64
    assert ebb("experiment").returncode == 64


def test_contacts_of_a_study_with_a_column_more(ebb, tmp_path):
    """contacts.csv as `ebb study` writes it, an outcome added: the worth and the cost of clients are there already."""
    heading = "priority,id,city,probability,band,reasons,group,recommendation,action,channel,arm,value,cost,expected_gain"
    rows = [heading + ",left"]
    for client, control, left in rows_of((100, 400), (60, 60)):
        arm = "control" if control else "treat"
        rows.append(f'{client},{client},"Ростов Великий",0.512345,high,"not active; 3 products","R{client % 3}: not active",'
                    f'A{client % 2 + 1},"Call, and offer a card",call,{arm},{1000 + client % 7}.50,'
                    f'{0 if control else 150}.00,12.5,{int(left)}')
    path = tmp_path / "contacts.csv"
    path.write_text("\ufeff" + "\n".join(rows) + "\n")
    result = analyse(ebb, path)
    assert result["verdict"] == "works"
    assert result["by"] == "recommendation"
    assert result["columns"]["client"] == "id"
    assert result["saved"]["cost"] == 150
    assert 1000 < result["saved"]["value"] < 1010
    assert "value" not in analyse(ebb, path, "--value", "5000")["columns"]
    assert analyse(ebb, path, "--value", "5000")["saved"]["value"] == 5000
    assert analyse(ebb, path, "--by", "group")["by"] == "group"
    assert analyse(ebb, path, "--by", "none")["strata"] == []


def test_hostile_texts_do_not_reach_the_terminal(ebb, tmp_path):
    path = tmp_path / "results.csv"
    path.write_text(table(rows_of((20, 180), (30, 70)), ("treat\x1b[31m", "control\x1b[2J"), heading="client_id,arm,outcome"))
    done = ebb("experiment", path)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout


def test_odd_tables_end_in_a_result_or_a_refusal(ebb, tmp_path):
    pieces = ["arm", "left", "id", "1", "0", "", "control", "treat", "контроль", "да", "нет", "?", "1.5", "NA", '"a b"', "-1"]
    for seed in range(40):
        rng = random.Random(seed)
        width = rng.randint(1, 4)
        heading = ",".join(rng.sample(["id", "arm", "left", "value", "group", "x"], width))
        rows = [",".join(rng.choice(pieces) for _ in range(width)) for _ in range(rng.randint(1, 30))]
        path = tmp_path / "odd.csv"
        path.write_text(heading + "\n" + "\n".join(rows) + "\n")
        done = ebb("experiment", path)
        assert done.returncode in (0, 65), (seed, done.stderr.decode())
        assert done.returncode == 0 or done.stderr


@pytest.mark.parametrize(
    "text, more, code, says",
    [
        ("client_id,arm,left\n1,treat,0\n1,control,0\n2,control,1\n", [], 65, "both arms"),
        ("client_id,arm,left\n1,treat,0\n1,treat,1\n2,control,1\n", [], 65, "both left and stayed"),
        ("client_id,arm,left\n1,treat,0\n2,treat,1\n", [], 65, "no control group"),
        ("client_id,arm,left\n1,control,0\n2,control,1\n", [], 65, "nobody was treated"),
        ("client_id,arm,left\n1,x,0\n2,y,1\n", [], 65, "--control"),
        ("client_id,arm,left\n1,1,0\n2,2,1\n3,1,1\n", [], 65, "--control"),
        ("client_id,arm,left\n1,treat,p\n2,control,q\n", [], 65, "--churned"),
        ("client_id,arm,left\n1,treat,\n2,control,\n", [], 65, "empty"),
        ("client_id,left\n1,0\n2,1\n", [], 65, "--arm"),
        ("client_id,arm\n1,treat\n2,control\n", [], 65, "--left"),
        ("client_id,arm,left\n1,treat,0\n2,control,1\n", ["--arm", "armm"], 64, "arm"),
        ("client_id,arm,left\n1,treat,0\n2,control,1\n", ["--arm", "left", "--left", "left"], 64, "same column"),
        ("client_id,arm,left\n1,treat,0\n2,control,1\n", ["--value", "arm"], 65, "numbers"),
        ("client_id,arm,left\n1,treat,0\n2,control,1\n", ["--planned-control-share", "2"], 64, "share"),
        ("", [], 65, ""),
    ],
)
def test_refusals(ebb, tmp_path, text, more, code, says):
    path = tmp_path / "results.csv"
    path.write_text(text)
    for lang in ("en", "ru"):
        done = ebb("experiment", path, *more, lang=lang)
        assert done.returncode == code, done.stderr.decode()
        assert not done.stdout
        if lang == "en":
            assert says in done.stderr.decode()


def test_no_such_file(ebb, tmp_path):
    assert ebb("experiment", tmp_path / "none.csv").returncode == 66


def test_the_user_names_values(ebb, tmp_path):
    path = tmp_path / "results.csv"
    path.write_text(table(rows_of((20, 180), (30, 70)), ("x", "y"), ("p", "q")))
    result = analyse(ebb, path, "--control", "y", "--churned", "p")
    assert result["verdict"] == "works"
    assert result["columns"]["arm"]["basis"] == "byUser"


def test_report_speaks_the_language_of_the_data(ebb, tmp_path):
    path = tmp_path / "results.csv"
    path.write_text(table(rows_of((20, 180), (30, 70)), ("контакт", "контроль"), ("ушёл", "остался"),
                          "код клиента;группа;исход", ";"))
    out = tmp_path / "experiment.json"
    text = ebb("experiment", path, "--json", out, lang=None).stdout.decode()
    assert text.startswith("Действие удерживает клиентов")
    assert json.loads(out.read_text())["verdict"] == "works"
    assert ebb("experiment", path, "--planned-control-share", "10%", lang="ru").stdout.decode().startswith("Выводов нет")
