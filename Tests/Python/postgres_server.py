"""A private PostgreSQL server for the tests: started in a temporary folder, as a user without rights."""

import csv
import io
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile

# As Debian's package puts them, the newest first.
BINARIES = sorted(
    pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True
)


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


class Postgres:
    """A private server in a folder of its own; it listens on a socket there and, where asked, on loopback."""

    def __init__(self, folder, binaries, port=None, settings=()):
        self.folder, self.binaries, self.port = folder, binaries, port
        # The server refuses to run as root.
        self.prefix = (
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            if os.geteuid() == 0 else []
        )
        if self.prefix:
            shutil.chown(folder, "postgres", "postgres")
        self.run("initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
                 "--locale=C", "--no-sync")
        self.settings = settings
        self.start()

    def start(self):
        where = f"-c listen_addresses=127.0.0.1 -p {self.port}" if self.port else "-c listen_addresses=''"
        options = f"-k {self.folder} {where} -c fsync=off " + " ".join(f"-c {s}" for s in self.settings)
        self.run("pg_ctl", "start", "-w", "-s", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log",
                 "-o", options)

    def run(self, program, *arguments):
        done = subprocess.run(
            [*self.prefix, str(self.binaries / program), *arguments], cwd="/", timeout=120,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        assert done.returncode == 0, program

    def stop(self):
        self.run("pg_ctl", "stop", "-s", "-m", "immediate", "-D", f"{self.folder}/data")

    def address(self, user="postgres", password=None, database="postgres"):
        who = user + (f":{password}" if password else "")
        return f"postgresql://{who}@127.0.0.1:{self.port}/{database}"

    def psql(self, script):
        """The script's answer, as CSV with a heading."""
        port = ["-p", str(self.port)] if self.port else []
        done = subprocess.run(
            [str(self.binaries / "psql"), "-h", self.folder, *port, "-U", "postgres", "-X", "-q", "--csv",
             "-v", "ON_ERROR_STOP=1", "-f", "-"],
            input=script.encode(), capture_output=True, timeout=300, cwd="/",
        )
        assert done.returncode == 0, done.stderr.decode()
        return list(csv.DictReader(io.StringIO(done.stdout.decode())))

    def fill(self, table, types, rows):
        """`types`: the type of each column, by name; None is NULL."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(
            [["\x01" if row[c] is None else row[c] for c in types] for row in rows]
        )
        columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in types.items())
        self.psql(
            f"CREATE TABLE {table} ({columns});\n"
            f"COPY {table} FROM STDIN (FORMAT csv, NULL E'\\x01');\n{text.getvalue()}\\.\n"
        )


def serving(port=None, settings=()):
    """For a fixture: a server for as long as it is needed."""
    if not BINARIES:
        import pytest  # benchmarks start servers too, without it

        pytest.skip("PostgreSQL is not installed: Scripts/install-dependencies installs it")
    # Not pytest's own folder: a socket's path has to be short, and its user has to get in.
    folder = tempfile.mkdtemp(prefix="ebb-pg-", dir="/tmp")
    server = None
    try:
        server = Postgres(folder, BINARIES[0], port, settings)
        yield server
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
