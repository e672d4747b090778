"""`ebb study postgresql://…`: the study a real PostgreSQL works out equals the one from memory."""

import contextlib
import csv
import json
import os
import pathlib
import random
import signal
import subprocess
import time

import pytest

from postgres_server import free_port, quoted, serving
from study_differences import differences

HOSTILE = '"; drop table x; --'
ASKED = "quality,profile,churn,segments,portraits,hypotheses,riskGroups"
BANK_TYPES = {
    "userid": "bigint", "score": "smallint", "Age": "integer", "Objects": "integer",
    "Balance": "numeric(14,2)", "Products": "smallint", "CreditCard": "integer", "Loyalty": "integer",
    "estimated_salary": "double precision", "Churn": "integer",
}


@pytest.fixture(scope="module")
def postgres():
    yield from serving(free_port())


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fill(postgres, name, rows, types=None):
    kinds = {column: (types or {}).get(column, "text") for column in rows[0]}
    postgres.fill(name, kinds, [{k: None if v == "" else v for k, v in row.items()} for row in rows])


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def equal(ebb, postgres, tmp_path, csv_path, name, *arguments, where=None):
    memory = ebb.study(csv_path, tmp_path / "memory", *arguments)
    condition = ["--where", where] if where else []
    house = ebb.study(postgres.address(), tmp_path / "house", "--table", name, *condition, *arguments)
    source = house.pop("provenance")["warehouse"]
    memory.pop("provenance")
    assert differences(memory, house)[:20] == []
    assert source["table"] == name and source["snapshot"] and source["statements"] > 10
    return house, source


def test_the_bank(ebb, postgres, bank_csv, tmp_path):
    fill(postgres, "bank", table(bank_csv), BANK_TYPES)
    _, source = equal(ebb, postgres, tmp_path, bank_csv, "bank", "--chapters", ASKED)
    assert "postgres@" not in json.dumps(source)
    # Every chapter, the forecast and the plan with it, on fewer clients.
    names = {path.name for path in (tmp_path / "house").iterdir()}
    assert "statements.sql" in names


def test_a_sample_with_everything(ebb, postgres, sample_csv, tmp_path):
    """The forecast learns from the rows that were fetched: for a table within the limit from all of them."""
    fill(postgres, "sample", table(sample_csv), {"Balance": "numeric", "score": "integer", "Age": "real"})
    equal(ebb, postgres, tmp_path, sample_csv, "sample")
    memory, house = (tmp_path / name / "contacts.csv" for name in ("memory", "house"))
    assert sorted(memory.read_text().splitlines()) == sorted(house.read_text().splitlines())


@pytest.fixture(scope="module")
def dirty(sample_csv, tmp_path_factory):
    """Texts alone: spellings, missing tokens, yes and no, groups of digits, unreadable rows, rows twice, a totals row,
    numbers of full precision, a heading and levels that try to break out."""
    source = random.Random(5)
    rows = []
    for client in table(sample_csv):
        row = dict(client)
        row["CreditCard"] = {"1": "да", "0": "нет"}.get(row["CreditCard"], row["CreditCard"])
        row[HOSTILE] = f"{source.gauss(0, 1):.3f}"
        row["Segment"] = source.choice(["VIP", " vip ", "O'Hara\\", "массовый", "н/д", ""])
        row["exact"] = repr(source.gauss(1e5, 3e4))
        row["tiny"] = f"{source.gauss(0, 1):.5e}"
        if source.random() < 0.1:
            row["City"] = source.choice([row["City"].lower(), "г. " + row["City"], row["City"].upper() + " "])
        if row["Balance"] not in ("", "0"):
            amount = float(row["Balance"])
            row["Balance"] = f"{amount:,.2f}".replace(",", " ") if source.random() < 0.02 else row["Balance"]
        if source.random() < 0.05:
            row["Age"] = source.choice(["-", "NULL", "", "999"])
        if source.random() < 0.002:
            row["score"] = "abc"
        rows.append(row)
        if source.random() < 0.02:
            rows.append(dict(row))
    rows.append({**{column: "" for column in rows[0]}, list(rows[0])[0]: "Итого"})
    return write(tmp_path_factory.mktemp("dirty") / "dirty.csv", rows)


def test_a_dirty_table(ebb, postgres, dirty, tmp_path):
    postgres.psql("CREATE TABLE x (y integer);")
    name = 'odd "schema.clients'
    postgres.psql(f"CREATE SCHEMA {quoted('odd')};")
    fill(postgres, f'odd.{quoted(HOSTILE)}', table(dirty))
    house, _ = equal(ebb, postgres, tmp_path, dirty, 'odd."""; drop table x; --"', "--chapters", ASKED)
    quality = house["quality"]["data"]
    assert quality["rows"]["rejected"] > 0 and quality["rows"]["totals"] == 1
    assert quality["duplicates"]["identicalRowsDropped"] > 0 and quality["spellingMerges"]
    assert postgres.psql("SELECT count(*) AS n FROM x;") == [{"n": "0"}]


def test_a_condition(ebb, postgres, bank_csv, tmp_path):
    rows = table(bank_csv)
    fill(postgres, "conditions", rows, BANK_TYPES)
    part = write(tmp_path / "part.csv", [row for row in rows if int(row["Age"]) >= 40])
    equal(
        ebb, postgres, tmp_path, part, "conditions", "--chapters", "churn,portraits", where='"Age" >= 40 -- old'
    )


def refused(ebb, tmp_path, code, word, *arguments, env=None, lang="en", chapters="churn"):
    out = tmp_path / "refused"
    done = ebb("study", *arguments, "--out", out, "--chapters", chapters, env=env, lang=lang)
    said = done.stderr.decode()
    assert done.returncode == code, said
    assert word in said and "Traceback" not in said, said
    assert not pathlib.Path(out).exists()
    return said


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_faults(ebb, postgres, bank_csv, tmp_path, lang):
    name = f"faults_{lang}"
    fill(postgres, name, table(bank_csv)[:300], BANK_TYPES)
    postgres.psql(
        f"CREATE ROLE stranger_{lang} LOGIN; CREATE TABLE empty_{lang} (a integer, \"Churn\" integer);"
        f" CREATE VIEW slow_{lang} AS SELECT *, pg_sleep(0.1)::text AS z FROM {name};"
    )
    word = {"en": "no table", "ru": "нет таблицы"}[lang]
    refused(ebb, tmp_path, 66, word, postgres.address(), "--table", "nowhere.at_all", lang=lang)
    refused(ebb, tmp_path, 66, word, postgres.address(), "--table", 'x"; drop table x; --', lang=lang)
    word = {"en": "may not read", "ru": "нельзя читать"}[lang]
    refused(ebb, tmp_path, 66, word, postgres.address(f"stranger_{lang}"), "--table", name, lang=lang)
    word = {"en": "no row", "ru": "нет ни одной"}[lang]
    refused(ebb, tmp_path, 65, word, postgres.address(), "--table", f"empty_{lang}", lang=lang)
    refused(ebb, tmp_path, 65, word, postgres.address(), "--table", name, "--where", "false", lang=lang)
    word = {"en": "the condition", "ru": "условие"}[lang]
    for condition in ("nonsense = 1", "true); DROP TABLE x; --", '"Age" >'):
        refused(
            ebb, tmp_path, 64, word, postgres.address(), "--table", name, "--where", condition, lang=lang)
    word = {"en": "longer than 1 s", "ru": "дольше 1 с"}[lang]
    refused(
        ebb, tmp_path, 66, word, postgres.address(), "--table", f"slow_{lang}", "--statement-timeout", 1,
        "--where", "pg_sleep(0.1) IS NOT NULL", lang=lang)
    word = {"en": "cannot connect", "ru": "не удалось соединиться"}[lang]
    refused(ebb, tmp_path, 66, word, f"postgresql://127.0.0.1:{free_port()}/x", "--table", name, lang=lang)
    refused(ebb, tmp_path, 64, "--table", postgres.address(), lang=lang)
    refused(ebb, tmp_path, 64, "", "postgresql://[", "--table", name, lang=lang)


OF_AGGREGATES = "quality,profile,churn,segments,portraits,hypotheses,riskGroups"


def test_more_rows_than_the_sample(ebb, postgres, bank_csv, tmp_path):
    """Only a part of the rows is read; the figures are of all of them."""
    # Enough for squares of ranks to leave 32 bits.
    rows = [{**row, "userid": f"{number}{row['userid']}"} for number in (1, 2, 3) for row in table(bank_csv)]
    fill(postgres, "many", rows, BANK_TYPES)
    whole = write(tmp_path / "whole.csv", rows)
    refused(
        ebb, tmp_path, 65, "30,000 rows", postgres.address(), "--table", "many", "--training-clients", 2000,
        chapters="retention,churn")
    few = ("--chapters", OF_AGGREGATES, "--training-clients", 2000)
    house, source = equal(ebb, postgres, tmp_path, whole, "many", *few)
    assert house["schema"]["clients"] == 30000
    everything = ebb.study(
        postgres.address(), tmp_path / "all", "--table", "many", "--chapters", "churn")["provenance"]["warehouse"]
    assert source["received"] < 0.8 * everything["received"]
    # 2,000 rows and some are a fraction of all; what is left are answers.
    assert 0 < source["receivedAsRows"] < 0.1 * everything["receivedAsRows"] < source["received"]


def test_a_forecast_from_a_sample(ebb, postgres, bank_csv, tmp_path):
    fill(postgres, "drawn", table(bank_csv), BANK_TYPES)
    arguments = ("--table", "drawn", "--chapters", "churn,forecast", "--training-clients", 2000)
    studies = [ebb.study(postgres.address(), tmp_path / str(n), *arguments) for n in range(2)]
    forecast = studies[0]["forecast"]
    assert forecast["n"] == 2000 and forecast["tableCount"] == 10000
    # As many leavers as there are: the draw is stratified.
    assert abs(forecast["churned"] - 2000 * 0.2037) < 20
    assert studies[0]["forecast"] == studies[1]["forecast"]
    assert (tmp_path / "0" / "model" / "model.json").exists()


def test_chapters_that_need_every_client(ebb, postgres, bank_csv, tmp_path):
    """Nobody asked for a plan by name: the study goes on without it, and says so."""
    fill(postgres, "planless", table(bank_csv), BANK_TYPES)
    done = ebb("study", postgres.address(), "--table", "planless", "--out", tmp_path / "out", "--training-clients", 2000,
               "--lang", "en")
    assert done.returncode == 0, done.stderr.decode()
    assert "Left out: recommendations and the plan" in done.stderr.decode()
    study = json.loads((tmp_path / "out" / "study.json").read_text(encoding="utf-8"))
    assert study["quality"]["data"]["rows"]["used"] == 10000 and study["forecast"]["n"] == 2000
    assert study.get("plan") is None and not (tmp_path / "out" / "contacts.csv").exists()


def test_a_dirty_table_larger_than_the_sample(ebb, postgres, dirty, tmp_path):
    """The totals row and the few that cannot be read are most likely not in the sample."""
    fill(postgres, "dirty_many", table(dirty))
    house, _ = equal(
        ebb, postgres, tmp_path, dirty, "dirty_many", "--chapters", OF_AGGREGATES, "--training-clients", 1500)
    rows = house["quality"]["data"]["rows"]
    assert rows["totals"] == 1 and rows["rejected"] > 0 and rows["duplicatesDropped"] > 0


def test_impossible_values_beyond_the_sample(ebb, postgres, sample_csv, tmp_path):
    """More different incomes and balances than are listed: what is impossible among them is counted all the same."""
    rows = []
    for turn in range(40):
        for number, client in enumerate(table(sample_csv)):
            row = dict(client)
            row["userid"] = f"{turn:02}{row['userid']}" if number % 900 else ""
            for column, step in (("Balance", 0.37), ("estimated_salary", 0.53)):
                if row[column]:
                    row[column] = f"{float(row[column]) + turn * step:.2f}"
            if number % 71 == turn:
                row["estimated_salary"] = f"-{number}.5"
            if number % 83 == turn:
                row["Balance"] = f"-{number}.25"
            if number % 97 == turn:
                row["Age"] = str(120 + number)
            if number % 1201 == 0:
                rows.append(dict(row))
            rows.append(row)
    fill(postgres, "wide", rows, {"Balance": "numeric(14,2)", "estimated_salary": "double precision"})
    whole = write(tmp_path / "whole.csv", rows)
    house, _ = equal(
        ebb, postgres, tmp_path, whole, "wide", "--chapters", "quality", "--training-clients", 1500)
    found = house["quality"]["data"]
    assert {finding["role"] for finding in found["ranges"]} >= {"age", "balance", "income"}
    assert found["duplicates"]["missingIDs"] > 0 and found["duplicates"]["identicalRowsDropped"] > 0


def test_no_order_of_rows(ebb, postgres, bank_csv, tmp_path):
    fill(postgres, "orders", table(bank_csv)[:300], BANK_TYPES)
    refused(
        ebb, tmp_path, 64, "no order", postgres.address(), "--table", "orders", "--duplicates", "first")


# Scores in place


def test_scores_in_place(ebb, postgres, sample_csv, model, tmp_path):
    fill(postgres, "to_score", table(sample_csv), {"Balance": "numeric", "score": "integer", "Age": "integer"})
    for method in ("scorecard", "trees"):
        into = f"scores.{quoted(method + HOSTILE)}"
        postgres.psql("CREATE SCHEMA IF NOT EXISTS scores;")
        done = ebb("score", postgres.address(), "--model", model, "--table", "to_score", "--into", into,
                   "--method", method)
        assert done.returncode == 0, done.stderr.decode()
        assert b"3,000 clients" in done.stderr
        local = ebb("score", sample_csv, "--model", model, "--method", method, "--reasons", 0)
        expected = {r["id"]: float(r["probability"]) for r in csv.DictReader(local.stdout.decode().splitlines())}
        found = {r["id"]: float(r["probability"]) for r in postgres.psql(f"SELECT * FROM {into};")}
        assert found.keys() == expected.keys() and len(found) == 3000
        assert max(abs(found[client] - expected[client]) for client in found) <= 1e-6


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_scores_that_cannot_be(ebb, postgres, sample_csv, model, lang):
    name = f"partly_{lang}"
    fill(postgres, name, table(sample_csv)[:100])
    def score(*arguments):
        done = ebb("score", postgres.address(), "--model", model, *arguments, lang=lang)
        return done.returncode, done.stderr.decode()
    code, said = score("--table", name, "--into", name)
    assert code == 74 and name in said
    code, said = score("--table", "nowhere", "--into", f"out_{lang}")
    assert code == 66 and "nowhere" in said
    code, said = score("--table", name)
    assert code == 64 and "--into" in said
    code, said = score("--table", name, "--into", f"out_{lang}", "--parts")
    assert code == 64 and "--parts" in said
    # A number that is none in the last row: the statement fails, and no table is there.
    postgres.psql(f'UPDATE {name} SET "Age" = \'broken\' WHERE ctid = (SELECT max(ctid) FROM {name});')
    code, said = score("--table", name, "--into", f"out_{lang}")
    assert code == 65 and "broken" in said
    assert postgres.psql(f"SELECT to_regclass('out_{lang}') IS NULL AS gone;") == [{"gone": "t"}]


# A coordinator and two data nodes


@pytest.fixture(scope="module")
def sharded(postgres, bank_csv):
    one, two = (serving() for _ in range(2))
    nodes = [next(one), next(two)]
    try:
        rows = table(bank_csv)
        columns = ", ".join(f"{quoted(c)} {BANK_TYPES.get(c, 'text')}" for c in rows[0])
        postgres.psql(
            "CREATE EXTENSION postgres_fdw;"
            f" CREATE TABLE sharded ({columns}) PARTITION BY HASH (userid);"
        )
        for number, node in enumerate(nodes):
            node.psql(f"CREATE TABLE clients ({columns});")
            postgres.psql(
                f"CREATE SERVER node{number} FOREIGN DATA WRAPPER postgres_fdw"
                f" OPTIONS (host '{node.folder}', dbname 'postgres', fetch_size '10000');"
                f" CREATE USER MAPPING FOR postgres SERVER node{number} OPTIONS (user 'postgres');"
                f" CREATE FOREIGN TABLE sharded_{number} PARTITION OF sharded"
                f" FOR VALUES WITH (MODULUS 2, REMAINDER {number}) SERVER node{number} OPTIONS (table_name 'clients');"
            )
        fill(postgres, "whole", rows, BANK_TYPES)
        postgres.psql("INSERT INTO sharded SELECT * FROM whole;")
        for node in nodes:
            node.psql("ANALYZE clients;")
        yield postgres, nodes
    finally:
        for server in (one, two):
            server.close()


def test_shards(ebb, sharded, bank_csv, tmp_path):
    postgres, nodes = sharded
    counts = [int(node.psql("SELECT count(*) AS n FROM clients;")[0]["n"]) for node in nodes]
    assert sum(counts) == 10000 and min(counts) > 4000
    equal(ebb, postgres, tmp_path, bank_csv, "sharded", "--chapters", ASKED)
    asked = [
        statement for statement in (tmp_path / "house" / "statements.sql").read_text().split(";\n")
        if "sharded_1" in statement
    ]
    assert len(asked) > 5
    pushed = 0
    for statement in asked:
        plan = "\n".join(
            row["QUERY PLAN"] for row in postgres.psql(f"EXPLAIN (VERBOSE, COSTS OFF) {statement};"))
        pushed += plan.count("Relations: Aggregate on (public.sharded_") > 0
    # All that is added up is added up on the data nodes first.
    assert pushed == len(asked), (pushed, len(asked))


def test_a_plan(ebb, postgres, bank_csv, tmp_path):
    fill(postgres, "planned", table(bank_csv), BANK_TYPES)
    postgres.psql("ANALYZE planned;")
    done = ebb("study", postgres.address(), "--table", "planned", "--plan", "--where", '"Age" > 20',
               "--out", tmp_path / "none")
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert not (tmp_path / "none").exists()
    assert said.count("\n-- ") > 20 and "LIMIT 2000)" not in said
    assert '"public"' not in said and 'FROM "planned" WHERE ("Age" > 20' in said
    # What is shown is SQL that the server takes.
    for statement in said.split(";\n")[:-1]:
        postgres.psql(f"EXPLAIN {statement};")


# Faults in the middle


@pytest.fixture
def fragile(bank_csv):
    """A server of its own, with clients that take their time: about a second a scan."""
    making = serving(free_port())
    server = next(making)
    fill(server, "clients", table(bank_csv)[:120], BANK_TYPES)
    server.psql("CREATE VIEW slow AS SELECT c.* FROM clients c, LATERAL (SELECT pg_sleep(0.008 + 0 * c.score)) s;")
    yield server
    with contextlib.suppress(AssertionError):
        making.close()


def started(ebb, server, out, *arguments):
    """A study that has begun its transaction."""
    process = subprocess.Popen(
        [ebb.path, "study", server.address(), "--out", str(out), "--chapters", "churn,portraits", "--lang", "en",
         *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "LANG": "C.UTF-8"})
    wait_for(lambda: running(server))
    return process


def running(server):
    return server.psql(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'ebb' AND state = 'active'"
        " AND query LIKE '%slow%';")


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_server_is_killed(ebb, fragile, tmp_path):
    process = started(ebb, fragile, tmp_path / "out", "--table", "slow")
    fragile.stop()
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 66 and "connection to the database was lost" in said, said
    assert not (tmp_path / "out").exists()
    # Once the server is back, the same command does it.
    fragile.start()
    done = ebb("study", fragile.address(), "--table", "clients", "--out", tmp_path / "out", "--chapters", "churn")
    assert done.returncode == 0, done.stderr.decode()


def test_a_session_is_ended(ebb, fragile, tmp_path):
    process = started(ebb, fragile, tmp_path / "out", "--table", "slow")
    fragile.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ebb';")
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 66 and "connection to the database was lost" in said, said


def test_an_interruption_stops_the_statement(ebb, fragile, tmp_path):
    process = started(ebb, fragile, tmp_path / "out", "--table", "slow")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
    assert not (tmp_path / "out").exists()
    wait_for(lambda: not running(fragile), seconds=2)


def test_a_table_that_changes(ebb, fragile, bank_csv, tmp_path):
    """All answers are of one moment: the one before the changes."""
    before = write(tmp_path / "before.csv", table(bank_csv)[:120])
    memory = ebb.study(before, tmp_path / "memory", "--chapters", "churn,portraits")
    process = started(ebb, fragile, tmp_path / "out", "--table", "slow")
    fragile.psql(
        'DELETE FROM clients WHERE "Products" = 2; UPDATE clients SET "Balance" = 1, "City" = \'Другой\';'
        " INSERT INTO clients SELECT * FROM clients; ALTER SYSTEM SET log_statement = 'none';")
    said = process.communicate(timeout=300)[1].decode()
    assert process.returncode == 0, said
    house = json.loads((tmp_path / "out" / "study.json").read_text(encoding="utf-8"))
    for study in (memory, house):
        study.pop("provenance")
    assert differences(memory, house)[:20] == []


def test_passwords(ebb, fragile, tmp_path):
    fragile.psql("CREATE ROLE analyst LOGIN PASSWORD 'right'; GRANT SELECT ON clients TO analyst;")
    rules = pathlib.Path(fragile.folder, "data", "pg_hba.conf")
    rules.write_text("host all analyst 127.0.0.1/32 scram-sha-256\n" + rules.read_text())
    fragile.psql("SELECT pg_reload_conf();")
    arguments = (fragile.address("analyst"), "--table", "clients")
    env = {"PGPASSFILE": "/dev/null"}
    refused(ebb, tmp_path, 66, "asks for a password", *arguments, env=env)
    said = refused(ebb, tmp_path, 66, "does not accept the password", *arguments, env={**env, "PGPASSWORD": "wrong"})
    assert "wrong" not in said
    said = refused(
        ebb, tmp_path, 66, "не принимает пароль", fragile.address("analyst", "wr0ng"), "--table", "clients",
        env=env, lang="ru")
    assert "wr0ng" not in said
    done = ebb("study", *arguments, "--out", tmp_path / "out", "--chapters", "churn", env={**env, "PGPASSWORD": "right"})
    assert done.returncode == 0, done.stderr.decode()
    assert "right" not in (tmp_path / "out" / "study.json").read_text()
