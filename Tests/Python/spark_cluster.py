"""A real Spark for the tests: PyPI's, driver and executors as processes of their own."""

import os
import pathlib
import shutil
import subprocess
import sys

MASTER = "local-cluster[2,1,1024]"


def environment():
    """What `ebb` and `spark-submit` find PyPI's Spark by."""
    import pyspark

    return {
        "SPARK_HOME": str(pathlib.Path(pyspark.__file__).parent), "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable,
    }


class Spark:
    """Where Spark is, and the tables that studies find there."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.env = {
            **environment(), "SPARK_LOCAL_DIRS": str(self.folder / "local"), "EBB_TESTS": str(self.folder),
        }
        self.home = pathlib.Path(self.env["SPARK_HOME"])
        # For a minute's work the quick compiler is the faster one.
        java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
        self.settings = [
            f"spark.driver.extraJavaOptions={java} -Dderby.stream.error.file={self.folder}/derby.log",
            f"spark.executor.extraJavaOptions={java}",
        ]
        # Plans of few rows are sooner run than made better.
        self.quick = [
            "spark.sql.adaptive.enabled=false", "spark.sql.codegen.wholeStage=false",
            "spark.sql.codegen.factoryMode=NO_CODEGEN", "spark.sql.shuffle.partitions=2",
        ]
        self.hive = [
            "spark.sql.catalogImplementation=hive", f"spark.sql.warehouse.dir={self.folder}/warehouse",
            f"spark.hadoop.javax.jdo.option.ConnectionURL=jdbc:derby:;databaseName={self.folder}/metastore;create=true",
        ]

    def arguments(self, hive=False, quick=True):
        """`quick`: with settings for small tables, not with Spark's own."""
        settings = self.settings + (self.quick if quick else []) + (self.hive if hive else [])
        return ["--master", MASTER, *(word for setting in settings for word in ("--conf", setting))]

    def run(self, script):
        """Python run by spark-submit, with `spark` at hand and the metastore's tables."""
        file = self.folder / "script.py"
        head = "from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n"
        file.write_text(head + script, encoding="utf-8")
        settings = [word for setting in self.settings + self.quick + self.hive + ["spark.ui.enabled=false"]
                    for word in ("--conf", setting)]
        done = subprocess.run(
            [str(self.home / "bin" / "spark-submit"), "--master", "local[2]", *settings, str(file)],
            capture_output=True, timeout=300, env={**os.environ, **self.env}, cwd=self.folder)
        assert done.returncode == 0, "\n".join(
            line for line in (done.stdout + done.stderr).decode().splitlines() if " INFO " not in line)[-3000:]
        return done.stdout.decode()

    def executors(self):
        """Processes that work for studies of these tests."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                words, env = ((entry / name).read_bytes() for name in ("cmdline", "environ"))
            except OSError:
                continue
            if b"CoarseGrainedExecutorBackend" in words and str(self.folder).encode() in env:
                found.append(int(entry.name))
        return found


def starting(folder):
    import pytest  # benchmarks start Spark too, without it

    try:
        import pyspark  # noqa: F401
    except ImportError:
        pytest.skip("pyspark is not installed: make test installs it")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Java is not installed: Scripts/install-dependencies installs it")
    spark = Spark(folder)
    yield spark
    # The workers' own folders lie in Spark's.
    shutil.rmtree(spark.home / "work", ignore_errors=True)
