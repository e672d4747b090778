"""The same study in memory, inside PostgreSQL and on Spark: seconds, peak memory of Ebb, bytes moved."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import run

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "Python"))
from study_differences import differences  # noqa: E402

# What every warehouse answers however large the table; a plan names clients and needs them all.
CHAPTERS = "quality,profile,churn,segments,portraits,hypotheses,riskGroups,forecast"
# How the columns of `ebb sample --lang ru` are kept in a database.
TYPES = {
    "userid": "bigint", "score": "smallint", "City": "text", "Gender": "text", "Age": "smallint",
    "Objects": "smallint", "Balance": "numeric(14,2)", "Products": "smallint", "CreditCard": "smallint",
    "Loyalty": "smallint", "estimated_salary": "numeric(14,2)", "Churn": "smallint",
}
# A model learns from a draw of clients, and each place draws its own.
OWN = {"provenance", "forecast", "findings"}
PLACES = ("memory", "PostgreSQL", "Spark")


def count(value):
    """Figures and texts in a study."""
    if isinstance(value, dict):
        return sum(map(count, value.values()))
    return sum(map(count, value)) if isinstance(value, list) else 1


def without_forecast(study):
    """The cells of the page tell what a forecast adds up to; only the clients in memory are all forecast."""
    study = {key: value for key, value in study.items() if key not in OWN}
    if isinstance(study.get("churn"), dict):
        study["churn"] = {key: value for key, value in study["churn"].items() if key != "cube"}
    return study


class PostgreSQL:
    """A server of its own, its table loaded and analysed."""

    def __init__(self, path, work):
        from postgres_server import BINARIES, Postgres, free_port

        if not BINARIES:
            raise RuntimeError("PostgreSQL is not installed: Scripts/install-dependencies installs it")
        self.folder = tempfile.mkdtemp(prefix="ebb-pg-", dir="/tmp")
        self.server = Postgres(self.folder, BINARIES[0], free_port(), ("shared_buffers=1GB", "max_wal_size=16GB"))
        columns = ", ".join(f'"{name}" {kind}' for name, kind in TYPES.items())
        self.server.psql(f"CREATE UNLOGGED TABLE clients ({columns});")
        with open(path, "rb") as file:
            done = subprocess.run(
                [str(BINARIES[0] / "psql"), "-h", self.folder, "-p", str(self.server.port), "-U", "postgres", "-X", "-q",
                 "-c", "COPY clients FROM STDIN (FORMAT csv, HEADER true)"], stdin=file, capture_output=True, cwd="/")
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode())
        self.server.psql("VACUUM ANALYZE clients;")
        self.arguments, self.environment = [self.server.address(), "--table", "clients"], None

    def close(self):
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Spark:
    """PyPI's Spark on as many cores as there are, over Parquet that Spark itself wrote."""

    def __init__(self, path, work):
        from spark_cluster import environment

        self.environment = {**os.environ, **environment()}
        self.parquet = Path(work) / f"{Path(path).stem}.parquet"
        if not self.parquet.exists():
            kinds = ", ".join(
                f"`{name}` {kind.replace('numeric', 'decimal').replace('text', 'string')}" for name, kind in TYPES.items())
            script = (
                "import sys\nfrom pyspark.sql import SparkSession\n"
                "spark = SparkSession.builder.config('spark.ui.enabled', 'false').getOrCreate()\n"
                "spark.read.csv(sys.argv[1], header=True, schema=sys.argv[2]).write.parquet(sys.argv[3])\n")
            subprocess.run([sys.executable, "-c", script, str(path), kinds, str(self.parquet)], env=self.environment,
                           check=True, capture_output=True)
        self.arguments = ["spark", "--table", str(self.parquet), "--master", f"local[{os.cpu_count()}]",
                          "--conf", "spark.driver.memory=6g"]

    def close(self):
        pass


class Memory:
    def __init__(self, path, work):
        self.arguments, self.environment = [str(path)], None

    def close(self):
        pass


def compare(ebb, path, work, label):
    """One study in every place. Returns whether all say the same, and the figures of each place."""
    studies, found = {}, {}
    for name, place in zip(PLACES, (Memory, PostgreSQL, Spark)):
        print(f"  {label} warehouse: {name} …", file=sys.stderr, flush=True)
        where = place(path, work)
        try:
            out = Path(work) / f"study-{name}"
            shutil.rmtree(out, ignore_errors=True)
            done = run([str(ebb), "study", *where.arguments, "--chapters", CHAPTERS, "--out", str(out), "--quiet"],
                       where.environment)
        finally:
            where.close()
        study = json.loads((out / "study.json").read_text(encoding="utf-8"))
        source = (study.get("provenance") or {}).get("warehouse") or {}
        found[name] = {"seconds": done.seconds, "peak": done.peak, "received": source.get("received"),
                       "answers": source["received"] - (source.get("receivedAsRows") or 0) if source else None,
                       "statements": source.get("statements")}
        studies[name] = without_forecast(study)
    print(f"\n{label} clients, the study where they lie")
    right = True
    for name in PLACES[1:]:
        lines = differences(studies["memory"], studies[name])
        print(f"  {name}: {count(studies['memory'])} figures and texts compared with memory, {len(lines)} differ")
        for place, *values in lines[:10]:
            print(f"    {place}: {' and '.join(map(repr, values))}")
        right = right and not lines
    print(f"  {'':<13} {'seconds':>9} {'times memory':>13} {'peak MiB':>9} {'statements':>11} {'MB moved':>9} {'answers':>8}")
    for name, figures in found.items():
        ratio = "" if name == "memory" else f"{figures['seconds'] / found['memory']['seconds']:.1f}"
        moved, answers = (
            "" if figures[key] is None else f"{figures[key] / 1e6:.1f}" for key in ("received", "answers"))
        print(f"  {name:<13} {figures['seconds']:>9.1f} {ratio:>13} {figures['peak'] / 2**20:>9.0f}"
              f" {figures['statements'] or '':>11} {moved:>9} {answers:>8}")
    sys.stdout.flush()
    return right, found
