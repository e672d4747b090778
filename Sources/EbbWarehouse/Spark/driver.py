"""Ebb's side of a Spark application: takes requests from one pipe, answers into another.

Runs by spark-submit with the folder of both pipes as its argument. It ends, and takes the folder with it, when Ebb closes
its end of the requests.
"""

import base64
import csv
import datetime
import decimal
import json
import os
import queue
import shutil
import signal
import sys
import threading
import zlib

folder = sys.argv[1]
requests = queue.Queue()
staged = []


def leave(code):
    for remove in staged:
        try:
            remove()
        except Exception:
            pass
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(code)


def listen():
    with open(os.path.join(folder, "requests"), encoding="utf-8") as lines:
        for line in lines:
            request = json.loads(line)
            if request["do"] == "stop":
                break
            requests.put(request)
    threading.Timer(5, os._exit, [3]).start()
    leave(0)


threading.Thread(target=listen, daemon=True).start()
signal.signal(signal.SIGINT, signal.SIG_IGN)
answers = open(os.path.join(folder, "answers"), "w", encoding="utf-8", errors="replace", newline="\n")


def answer(**what):
    answers.write(json.dumps(what, ensure_ascii=True) + "\n")
    answers.flush()


from py4j.protocol import Py4JJavaError  # noqa: E402
from pyspark import SparkContext  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402


def text(value):
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return str(value)


def causes(error):
    """What Spark says, the innermost cause last."""
    said, java = [], getattr(error, "java_exception", None) or getattr(error, "_origin", None)
    while java is not None and len(said) < 20:
        said.append(str(java.toString()))
        java = java.getCause()
    return said


def explain(error):
    kind = state = None
    for name in ("getCondition", "getErrorClass"):
        try:
            kind = kind or getattr(error, name)()
        except Exception:
            pass
    try:
        state = error.getSqlState()
    except Exception:
        pass
    said = causes(error)
    return {
        "kind": kind or type(error).__name__, "state": state or "", "message": str(error)[:4000],
        "cause": " / ".join(c.split("\n")[0][:500] for c in said)[:4000],
    }


def files_of(path):
    """The data files of a path, some of them, as Hadoop's file systems name them."""
    jvm = spark._jvm
    place = jvm.org.apache.hadoop.fs.Path(path)
    system = place.getFileSystem(spark._jsc.hadoopConfiguration())
    found = system.globStatus(place)
    waiting, files, is_delta = list(found or []), [], False
    while waiting and len(files) < 10:
        status = waiting.pop(0)
        name = status.getPath().getName()
        if status.isDirectory():
            if name == "_delta_log":
                is_delta = True
            elif not files and (not name.startswith(("_", ".")) or status in (found or [])):
                waiting += list(system.listStatus(status.getPath()))
        elif not name.startswith(("_", ".")):
            files.append(status.getPath())
    return bool(found), is_delta, files, system


def head_of(system, path, count=1 << 20):
    stream = system.open(path)
    try:
        size = min(count, system.getFileStatus(path).getLen())
        data = bytes(spark._jvm.org.apache.commons.io.IOUtils.toByteArray(stream, int(size)))
    finally:
        stream.close()
    if path.getName().endswith(".gz"):
        data = zlib.decompressobj(31).decompress(data)
    return base64.b64encode(data).decode()


def look(request):
    exists, is_delta, files, system = files_of(request["path"])
    names = [file.getName() for file in files]
    head = head_of(system, files[0]) if files and request["head"] else ""
    answer(exists=exists, delta=is_delta, names=names, head=head)


def rows(request):
    frame = spark.sql(request["sql"])
    found = frame.collect()
    for start in range(0, len(found), 500):
        answer(rows=[[text(value) for value in row] for row in found[start:start + 500]])
    answer(end=True)


def schema(request):
    frame = spark.sql(request["sql"])
    answer(rows=[[field.name, field.dataType.simpleString()] for field in frame.schema.fields], end=True)


def condition(request):
    """Whether a text is one expression: nothing follows it."""
    spark._jsparkSession.sessionState().sqlParser().parseExpression(request["sql"])
    answer(end=True)


def fetch(request):
    """Rows as CSV into a file that Ebb holds open."""
    frame = spark.sql(request["sql"])
    with open(request["path"], "w", encoding="utf-8", errors="replace", newline="") as file:
        # Both ends of lines are quoted where they are part of a value.
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(request["names"])
        few = request["rows"] < 300_000
        for row in frame.collect() if few else frame.toLocalIterator(prefetchPartitions=True):
            writer.writerow(row)
        size = file.tell()
    answer(rows=[[str(size)]], end=True)


def cost(request):
    """Bytes that a statement reads, as Spark knows them before it runs, and rows where it knows them."""
    plan = spark.sql(request["sql"])._jdf.queryExecution().optimizedPlan()
    leaves = plan.collectLeaves()
    sizes = [int(str(leaves.apply(i).stats().sizeInBytes())) for i in range(leaves.size())]
    known = plan.stats().rowCount()
    answer(rows=[[str(sum(sizes)), str(known.get()) if known.isDefined() else None]], end=True)


def write_path(request):
    """Files beside the place they are wanted at; they take its name when they are whole."""
    jvm = spark._jvm
    final = jvm.org.apache.hadoop.fs.Path(request["path"])
    system = final.getFileSystem(spark._jsc.hadoopConfiguration())
    if system.exists(final):
        return answer(error={"kind": "TABLE_OR_VIEW_ALREADY_EXISTS", "state": "42P07", "message": "", "cause": ""})
    beside = jvm.org.apache.hadoop.fs.Path(final.getParent(), ".ebb-" + os.path.basename(folder))
    staged.append(lambda: system.delete(beside, True))
    try:
        frame = spark.sql(request["sql"])
        frame.write.format(request["format"]).options(**request["options"]).save(beside.toString())
        if system.exists(final) or not system.rename(beside, final):
            raise OSError("the files could not be renamed to " + request["path"])
    finally:
        staged.pop()()
    count = spark.read.format(request["format"]).options(**request["options"]).load(request["path"]).count()
    answer(rows=[[str(count)]], end=True)


def settings(request):
    for name, value in request["settings"].items():
        spark.conf.set(name, value)
    answer(end=True)


deeds = {
    "look": look, "rows": rows, "schema": schema, "condition": condition, "fetch": fetch, "cost": cost,
    "write": write_path, "settings": settings,
}


def answered(request):
    context, is_late = spark.sparkContext, []
    clock = None
    if request.get("seconds"):
        def stop():
            is_late.append(True)
            context.cancelAllJobs()

        clock = threading.Timer(request["seconds"], stop)
        clock.start()
    try:
        deeds[request["do"]](request)
    except Exception as error:
        answer(error={**explain(error), **({"kind": "EBB_TIMEOUT"} if is_late else {})})
    finally:
        if clock:
            clock.cancel()


try:
    context = SparkContext.getOrCreate()
    context.setLogLevel("ERROR")
    builder = SparkSession.builder
    # A cluster with a Hive metastore says so by this file; without one Hive would begin a metastore here.
    loader = context._jvm.java.lang.Thread.currentThread().getContextClassLoader()
    if loader.getResource("hive-site.xml") is not None:
        builder = builder.enableHiveSupport()
    spark = builder.getOrCreate()
    answer(
        version=spark.version, master=spark.sparkContext.master,
        partitions=spark.sparkContext.getConf().contains("spark.sql.shuffle.partitions"))
except Exception as error:
    answer(error=explain(error))
    leave(1)
while True:
    answered(requests.get())
