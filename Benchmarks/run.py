#!/usr/bin/env python3
"""Time and peak memory of Ebb beside other tools, answers compared first. See docs/benchmarks.md."""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import answers
import warehouses
from jobs import JOBS, PEERS, SIZES
from measure import run

ROOT = Path(__file__).resolve().parent.parent
# The clients that the scoring model learns from.
LEARNT_FROM = "10k"
# Jobs that cross-validate trees and nothing more.
TRAINING = ("forecast", "quick")
# Runs under so many seconds swing more, and are made so many times as often.
SHORT, MORE_OFTEN = 1, 3


class Bench:
    def __init__(self, options):
        self.options = options
        self.ebb = Path(options.ebb).resolve()
        self.work = Path(options.work)
        self.work.mkdir(parents=True, exist_ok=True)
        self.results = {}
        self.model = None

    def clients(self, count):
        path = self.work / f"clients-{count}.csv"
        if not path.exists():
            subprocess.run([self.ebb, "sample", "--clients", str(count), "--seed", "1", "--lang", "ru", "--quiet", "--out",
                            path], check=True, stdout=subprocess.DEVNULL)
        # Every tool finds the file in the page cache.
        with path.open("rb") as file:
            while file.read(1 << 24):
                pass
        return path

    def ebb_run(self, job, path):
        if job == "read":
            done = run([str(self.ebb), "read", str(path), "--quiet"])
            return done, done.seconds, answers.of_reading(json.loads(done.output))
        if job == "score":
            out = self.work / "scored-Ebb.csv"
            done = run([str(self.ebb), "score", str(path), "--model", str(self.scoring_model()), "--method", "trees",
                        "--reasons", "0", "--out", str(out), "--quiet"])
            return done, done.seconds, {"scored": str(out)}
        if job in TRAINING:
            done = run([str(self.ebb), "validate", str(path), "--methods", "trees", "--training-clients", "all", "--json",
                        "--quiet", *(["--quick"] if job == "quick" else [])])
            return done, done.seconds, answers.of_validation(json.loads(done.output))
        out = self.work / "study"
        done = self.study(path, out, JOBS[job].chapters, *(["--training-clients", "all"] if job == "chapter" else []))
        study = json.loads((out / "study.json").read_text(encoding="utf-8"))
        if job == "whole":
            return done, done.seconds, answers.of_study(study) | answers.of_forecast(study)
        return done, done.seconds, (answers.of_forecast if "forecast" in study else answers.of_study)(study)

    def study(self, path, out, chapters, *arguments):
        shutil.rmtree(out, ignore_errors=True)
        chosen = ["--chapters", chapters] if chapters else []
        return run([str(self.ebb), "study", str(path), "--out", str(out), *chosen, *arguments, "--quiet"])

    def scoring_model(self):
        """Made once a run, by the `ebb` that is measured."""
        if self.model is None:
            self.study(self.clients(SIZES[LEARNT_FROM]), self.work / "learnt", "forecast")
            self.model = self.work / "learnt" / "model"
        return self.model

    def peer_run(self, peer, job, path):
        # An OPENBLAS kernel forced for the machine's sake is no part of the peers.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}
        script = ROOT / "Benchmarks" / "peers" / PEERS[peer]
        out = self.work / f"scored-{peer}.csv"
        further = [str(self.scoring_model()), str(out)] if job == "score" else []
        if peer == "Python script":
            further = [str(self.work / "study-of-Python")]
        done = run([sys.executable, "-W", "ignore", str(script), job, str(path), *further], environment)
        told = json.loads(done.output)
        figures = {"scored": str(out)} if job == "score" else told["figures"]
        return done, done.seconds if JOBS[job].imports else told["seconds"], figures

    def measure(self, tool, job, path):
        """Median of three runs; of one, if it takes long; of nine, if it is soon over."""
        call = (lambda: self.ebb_run(job, path)) if tool == "Ebb" else (lambda: self.peer_run(tool, job, path))
        done, seconds, figures = call()
        times, peaks = [seconds], [done.peak]
        wanted = self.options.repeat * (MORE_OFTEN if seconds < SHORT and self.options.repeat > 1 else 1)
        while len(times) < wanted and seconds < self.options.slow:
            done, again, _ = call()
            times.append(again)
            peaks.append(done.peak)
        return statistics.median(times), max(peaks), figures

    def job(self, label, count, job):
        path = self.clients(count)
        if job == "warehouse":
            right, self.results[label, job] = warehouses.compare(self.ebb, path, self.work, label)
            return right
        tools = ["Ebb", *(p for p in JOBS[job].peers if p in self.options.peers)]
        found = {}
        for tool in tools:
            print(f"  {label} {job}: {tool} …", file=sys.stderr, flush=True)
            found[tool] = self.measure(tool, job, path)
        print(f"\n{label} clients, {JOBS[job].title}")
        compare = {**dict.fromkeys(TRAINING, answers.at_equal_auc), "whole": answers.of_whole, "score": answers.of_scores}.get(
            job, answers.differences)
        wrong = False
        for tool in tools[1:]:
            lines, compared = compare(found["Ebb"][2], found[tool][2])
            print(f"  {tool}: {compared} figures compared, {len(lines)} differ")
            for line in lines[:10]:
                print(f"    {line}")
            wrong = wrong or bool(lines) or compared == 0
        ebb_seconds, ebb_peak, _ = found["Ebb"]
        judged = "rocAUC" in found["Ebb"][2]
        print(f"  {'':<13} {'seconds':>9} {'times Ebb':>10} {'peak MiB':>9} {'times Ebb':>10}"
              f"{'ROC AUC' if judged else '':>9}".rstrip())
        for tool in tools:
            seconds, peak, figures = found[tool]
            ratios = ("", "") if tool == "Ebb" else (f"{seconds / ebb_seconds:.2f}", f"{peak / ebb_peak:.2f}")
            auc = f"{figures['rocAUC']:>9.4f}" if judged else ""
            print(f"  {tool:<13} {seconds:>9.3f} {ratios[0]:>10} {peak / 2**20:>9.0f} {ratios[1]:>10}{auc}".rstrip())
        if judged:
            print("  " + answers.told_of_forecast(found["Ebb"][2]))
        sys.stdout.flush()
        self.results[label, job] = {
            tool: {"seconds": s, "peak": p, **({"rocAUC": figures["rocAUC"]} if judged else {})}
            for tool, (s, p, figures) in found.items()}
        return not wrong

    def targets(self):
        """The targets on two cores: (what, target, reached, met). Of tables, at 10 million clients."""
        rows = []

        def row(what, target, value, met):
            rows.append((what, target, value, met))

        def ratio(job, tool, field="seconds", label="10M"):
            result = self.results.get((label, job), {})
            return result[tool][field] / result["Ebb"][field] if tool in result else None

        read = ratio("read", "polars")
        if read:
            row("read, against polars", "2.5 times as fast", f"{read:.2f}", read >= 2.5)
        segments = [r for tool in JOBS["segments"].peers if (r := ratio("segments", tool))]
        if segments:
            row("read + segments, against the best peer", "5 times as fast", f"{min(segments):.2f}", min(segments) >= 5)
        hypotheses = ratio("hypotheses", "pandas")
        if hypotheses:
            row("with hypotheses, against pandas+scipy", "15 times as fast", f"{hypotheses:.2f}", hypotheses >= 15)
        memory = {job: r for job in JOBS if (r := ratio(job, "polars", "peak"))}
        for job, value in memory.items():
            row(f"peak memory of {job}, against polars", "at most a quarter", f"1/{value:.2f}", value >= 4)
        for job in JOBS:
            small, large = self.results.get(("1M", job), {}), self.results.get(("10M", job), {})
            for tool in ("Ebb", *warehouses.PLACES):
                if tool in small and tool in large:
                    growth = large[tool]["seconds"] / small[tool]["seconds"]
                    where = job if tool == "Ebb" else tool
                    row(f"10 million against 1 million, {where}", "at most 11 times as long", f"{growth:.2f}", growth <= 11)
        for label in ("10k", "1M"):
            for job, way in (("forecast", "training"), ("quick", "quick training")):
                training = [r for tool in JOBS[job].peers if (r := ratio(job, tool, label=label))]
                if training:
                    fastest = min(training)
                    row(f"{way} at {label}, against the fastest", "no slower", f"{fastest:.2f}", fastest >= 1)
        for label in ("1M", "10M"):
            score = ratio("score", "xgboost", label=label)
            if score:
                row(f"score at {label}, against Python xgboost", "5 times as fast", f"{score:.2f}", score >= 5)
        for label in SIZES:
            for place, figures in self.results.get((label, "warehouse"), {}).items():
                if figures["answers"] is not None:
                    moved = figures["answers"] / 1e6
                    row(f"moved from {place} at {label}, sample aside, MB", "under 20", f"{moved:.1f}", moved < 20)
        whole = ratio("whole", "scikit-learn", label="10k")
        if whole:
            row("whole study at 10k", "faster than import + trees", f"{whole:.2f}", whole > 1)
        script = ratio("whole", "Python script", label="10k")
        if script:
            seconds = self.results["10k", "whole"]["Ebb"]["seconds"]
            row("whole study at 10k, against the script", "5 times as fast", f"{script:.2f}", script >= 5)
            row("whole study at 10k, seconds", "under 2", f"{seconds:.2f}", seconds < 2)
        return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ebb", default=ROOT / ".build/release/ebb")
    parser.add_argument("--work", default=ROOT / ".build/bench", help="where the made-up clients go")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, help="instead of each job's own")
    parser.add_argument("--jobs", nargs="+", default=list(JOBS), choices=JOBS)
    parser.add_argument("--peers", nargs="*", default=list(PEERS), choices=PEERS)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--slow", type=float, default=30, help="seconds from which one run is enough")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    bench = Bench(options)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")
    right = True
    for label in SIZES:
        for job in options.jobs:
            if label in JOBS[job].sizes_among(options.sizes):
                right = bench.job(label, SIZES[label], job) and right
    if not bench.results:
        sys.exit("Nothing to measure: " + ", ".join(
            f"{job} goes from {JOBS[job].smallest} to {JOBS[job].largest}" for job in options.jobs))
    rows = bench.targets()
    if rows:
        print("\nTargets")
        for what, target, value, met in rows:
            print(f"  {what:<42} {target:<26} {value:>8}  {'met' if met else 'NOT MET'}")
    if options.json:
        options.json.write_text(json.dumps(
            [{"clients": SIZES[l], "job": j, "tools": tools} for (l, j), tools in bench.results.items()], indent=1) + "\n")
    if not right:
        sys.exit("The answers differ: the times above compare nothing.")


if __name__ == "__main__":
    main()
