"""Risk groups, recommendations, plan and contact list of `ebb study`, opened as their users open them."""

import csv
import io
import json
import math
import random
import re
import shutil
import subprocess

import openpyxl
import pytest

PROTECTED = re.compile(
    r"\b(women|woman|men|man|female|male|aged?|years? old|женщин\w*|мужчин\w*|пол|возраст\w*|лет|год[а]?)\b", re.I)


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def clients_csv(ebb, tmp_path_factory):
    path = tmp_path_factory.mktemp("retention") / "clients.csv"
    done = ebb("sample", "--clients", 6000, "--seed", 11, lang="ru")
    assert done.returncode == 0, done.stderr.decode()
    path.write_bytes(done.stdout)
    return path


@pytest.fixture(scope="module", params=["en", "ru"])
def report(request, ebb, clients_csv, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report-" + request.param)
    done = ebb("study", clients_csv, "--out", folder, lang=request.param)
    assert done.returncode == 0, done.stderr.decode()
    return folder, json.loads((folder / "study.json").read_text(encoding="utf-8")), request.param


def test_the_list_is_the_plan(report, clients_csv):
    folder, study, _ = report
    plan, contacts = study["plan"], table(folder / "contacts.csv")
    assert plan["selected"]["clients"] == len(contacts) > 0
    ids = [row["id"] for row in contacts]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {row["userid"] for row in table(clients_csv)}
    assert [int(row["priority"]) for row in contacts] == list(range(1, len(contacts) + 1))
    gains = [float(row["expected_gain"]) for row in contacts]
    assert gains == sorted(gains, reverse=True) and gains[-1] > 0
    assert math.isclose(sum(gains), plan["selected"]["gain"], abs_tol=0.01 * len(gains))
    assert math.isclose(sum(float(r["cost"]) for r in contacts), plan["selected"]["cost"], abs_tol=0.01 * len(gains))
    for arm, key in (("control", "control"), ("treat", "contacted")):
        part = [row for row in contacts if row["arm"] == arm]
        assert len(part) == plan[key]["clients"]
        assert math.isclose(
            sum(float(r["expected_gain"]) for r in part), plan[key]["gain"], abs_tol=0.01 * len(gains))
    for code, item in enumerate(study["recommendations"]["items"], 1):
        part = next((p for p in plan["byRecommendation"] if p["id"] == item["id"]), None)
        assert sum(r["recommendation"] == f"P{code}" for r in contacts) == (part["totals"]["clients"] if part else 0)


def test_gender_and_age_are_not_in_the_list(report):
    folder, _, _ = report
    for row in table(folder / "contacts.csv"):
        for column in ("reasons", "group", "action"):
            assert not PROTECTED.search(row[column]), row[column]
    book = openpyxl.load_workbook(folder / "contacts.xlsx")
    for row in book.worksheets[0].iter_rows(values_only=True):
        for cell in row:
            assert not PROTECTED.search(str(cell)) or cell in ("Control",), cell


def test_the_workbook_holds_the_same_contacts(report):
    folder, study, lang = report
    contacts = table(folder / "contacts.csv")
    book = openpyxl.load_workbook(folder / "contacts.xlsx")
    names = ["Contacts", "Summary", "Assumptions", "Method"]
    assert book.sheetnames == (names if lang == "en" else ["Контакты", "Сводка", "Допущения", "Метод"])
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == len(contacts) + 1
    headings = list(contacts[0])
    place = {name: headings.index(name) for name in headings}
    for row, contact in zip(rows[1:], contacts):
        assert row[place["priority"]] == int(contact["priority"])
        assert str(row[place["id"]]) == contact["id"]
        assert math.isclose(row[place["probability"]], float(contact["probability"]), abs_tol=1e-6)
        assert (row[place["reasons"]] or "") == contact["reasons"]
    assert sheet.cell(2, place["probability"] + 1).number_format == "0.0%"
    assert sheet.cell(2, place["expected_gain"] + 1).number_format == "#,##0"
    assert all(sheet.column_dimensions[openpyxl.utils.get_column_letter(i + 1)].width > 5 for i in place.values())
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and not str(cell.value or "").startswith(("=", "+", "@")), cell.value
    shown = {cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row if cell is not None}
    assert study["plan"]["contacted"]["clients"] in shown


def test_the_workbook_opens_in_an_office(report, tmp_path):
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not here")
    folder, study, _ = report
    done = subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", tmp_path, folder / "contacts.xlsx"],
        capture_output=True, timeout=180)
    assert done.returncode == 0, done.stderr.decode()
    rows = list(csv.reader(io.StringIO((tmp_path / "contacts.csv").read_text(encoding="utf-8"))))
    assert len(rows) == study["plan"]["selected"]["clients"] + 1


def test_row_order_makes_no_difference(ebb, clients_csv, report, tmp_path):
    folder, _, lang = report
    rows = table(clients_csv)
    random.Random(5).shuffle(rows)
    shuffled = write(tmp_path / "clients.csv", rows)
    done = ebb("study", shuffled, "--out", tmp_path / "out", "--cores", 1, lang=lang)
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "out/contacts.csv").read_bytes() == (folder / "contacts.csv").read_bytes()
    assert (tmp_path / "out/contacts.xlsx").read_bytes() == (folder / "contacts.xlsx").read_bytes()


def test_consent_and_do_not_contact_are_respected(ebb, clients_csv, tmp_path):
    rows, draw = table(clients_csv), random.Random(3)
    for row in rows:
        row["Согласие на рекламу"] = draw.choice(["да", "да", "нет", ""])
        row["do_not_contact"] = draw.choice(["0", "0", "0", "1"])
    study = ebb.study(write(tmp_path / "clients.csv", rows), tmp_path / "out")
    allowed = {r["userid"] for r in rows if r["Согласие на рекламу"] == "да" and r["do_not_contact"] == "0"}
    contacts = table(tmp_path / "out/contacts.csv")
    assert contacts and {row["id"] for row in contacts} <= allowed
    # Of those in an audience.
    assert 0 < study["plan"]["withoutConsent"] + study["plan"]["doNotContact"] <= len(rows) - len(allowed)


def test_hostile_texts_stay_texts(ebb, clients_csv, tmp_path):
    rows = table(clients_csv)
    city = rows[0]["City"]
    for index, row in enumerate(rows):
        row["userid"] = ["=1+", "+7", "-", "@x"][index % 4] + row["userid"]
        if row["City"] == city:
            row["City"] = '=HYPERLINK("http://x","y")'
    ebb.study(write(tmp_path / "clients.csv", rows), tmp_path / "out")
    for row in table(tmp_path / "out/contacts.csv"):
        assert not row["id"].startswith(("=", "+", "-", "@")) and not row["city"].startswith("=")
    sheet = openpyxl.load_workbook(tmp_path / "out/contacts.xlsx").worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value).startswith(("=", "+", "@"))


def test_limits_hold(ebb, clients_csv, tmp_path):
    study = ebb.study(
        clients_csv, tmp_path / "out", "--budget", 20000, "--contacts", 100, "--control-share", 0.5, "--assume",
        "capacity.call=5")
    plan, contacts = study["plan"], table(tmp_path / "out/contacts.csv")
    assert plan["selected"]["cost"] <= 20000 and len(contacts) <= 100
    assert sum(row["channel"] == "call" for row in contacts) <= 5 * plan["assumptions"]["campaignDays"]
    assert plan["limits"]["budget"] == 20000 and plan["limits"]["contacts"] == 100


def test_protected_forbid(ebb, clients_csv, tmp_path):
    study = ebb.study(clients_csv, tmp_path / "out", "--protected", "forbid")
    assert not any(item["usesProtected"] for item in study["recommendations"]["items"])
    assert {"protectedForbidden"} <= {item["reason"] for item in study["recommendations"]["skipped"]}


def test_a_wrong_assumption_is_refused(ebb, clients_csv, tmp_path):
    for wrong in ("balanceMargn=0.1", "balanceMargin=x", "balanceMargin", "cost.pigeon=1", "horizonYears=-1"):
        done = ebb("study", clients_csv, "--out", tmp_path / "out", "--assume", wrong)
        assert done.returncode == 64, (wrong, done.stderr.decode())
        assert wrong.split("=")[0] in done.stderr.decode()
    assert not (tmp_path / "out").exists()


def test_noise_gives_neither_groups_nor_recommendations(ebb, clients_csv, tmp_path):
    rows = table(clients_csv)
    churn = [row["Churn"] for row in rows]
    random.Random(1).shuffle(churn)
    for row, value in zip(rows, churn):
        row["Churn"] = value
    study = ebb.study(write(tmp_path / "clients.csv", rows), tmp_path / "out")
    assert study["riskGroups"]["risk"] == [] and study["riskGroups"]["loyal"] == []
    assert study["recommendations"]["items"] == []
    assert not (tmp_path / "out/contacts.xlsx").exists() and not (tmp_path / "out/contacts.csv").exists()


def test_the_bank_table(ebb, bank_csv, tmp_path):
    study = ebb.study(bank_csv, tmp_path / "out")
    items = {item["id"]: item for item in study["recommendations"]["items"]}
    skipped = {item["id"] for item in study["recommendations"]["skipped"]}
    assert len(items) >= 6 and "card" in " ".join(skipped)
    texts = json.dumps([g["rule"] for g in study["riskGroups"]["risk"]], ensure_ascii=False)
    assert "Ростов Великий" in json.dumps(study["recommendations"], ensure_ascii=False)
    assert '"products"' in texts
    assert any(g["rule"]["conditions"][0]["role"] == "products" for g in study["riskGroups"]["loyal"])
