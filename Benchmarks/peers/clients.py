"""What every peer is asked: the table's columns, the bands, and how figures are named."""
import json
import sys
import time

NUMBERS = ["score", "Age", "Objects", "Balance", "Products", "CreditCard", "Loyalty", "estimated_salary", "Churn"]
TEXTS = ["City", "Gender"]
# Numbers whose spread tells something about a segment.
SPREAD = ["score", "Age", "Objects", "Balance", "Products", "estimated_salary"]
QUANTILES = {"p01": 0.01, "p05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "p95": 0.95, "p99": 0.99}
AGE_CUTS = [18, 30, 40, 50, 60]
SCORE_CUTS = [580, 670, 740, 800]
CUBE = ["Products", "City", "Loyalty", "Gender", "AgeBand", "CreditCard", "HasBalance", "Churn"]
# Attributes beyond the cube, counted within each segment.
FURTHER = ["Objects", "ScoreBand"]
SEGMENTS = {"churn": ["Churn"], "products": ["Products"], "both": ["Products", "Churn"]}
CROSS = [("City", "Gender"), ("AgeBand", "Loyalty"), ("Products", "City"), ("Products", "AgeBand"), ("City", "HasBalance"),
         ("Products", "HasBalance"), ("Gender", "Loyalty"), ("Products", "Loyalty"), ("AgeBand", "Gender"),
         ("Products", "Gender")]


def band_labels(cuts):
    ends = ["-∞", *map(str, cuts), "∞"]
    return [f"{'(' if low == '-∞' else '['}{low}; {high})" for low, high in zip(ends, ends[1:])]


class Figures(dict):
    """Figures by name; `put` leaves out what is not there."""

    def put(self, name, value):
        if value is not None and value == value:
            self[name] = float(value)

    def counts(self, cube, further):
        """Every count of the study, rolled up from two small lists of rows (values..., n[, balance])."""
        from collections import Counter

        churned, n, balance = Counter(), Counter(), Counter()
        size = Counter()
        by_segment = Counter()

        def add(values, count):
            left = values["Churn"] == "1"
            for name, value in values.items():
                if name == "Churn":
                    continue
                n[name, value] += count
                churned[name, value] += count if left else 0
                for segment, keys in SEGMENTS.items():
                    by_segment[segment, tuple(values[k] for k in keys), name, value] += count

        for *values, count, held in cube:
            row = dict(zip(CUBE, map(str, values)))
            add(row, count)
            for segment, keys in SEGMENTS.items():
                size[segment, tuple(row[k] for k in keys)] += count
            left = count if row["Churn"] == "1" else 0
            for first, second in CROSS:
                n[first, second, row[first], row[second]] += count
                churned[first, second, row[first], row[second]] += left
            cell = ("cube", *(row[k] for k in CUBE[:-1]))
            n[cell] += count
            churned[cell] += left
            balance[cell] += held or 0
        for *values, count in further:
            row = dict(zip([*FURTHER, "Products", "Churn"], map(str, values)))
            for name in FURTHER:
                one = {name: row[name], "Products": row["Products"], "Churn": row["Churn"]}
                n[name, one[name]] += count
                churned[name, one[name]] += count if one["Churn"] == "1" else 0
                for segment, keys in SEGMENTS.items():
                    by_segment[segment, tuple(one[k] for k in keys), name, one[name]] += count
        for key, count in n.items():
            self["/".join(["counts", *key, "n"])] = count
            self["/".join(["counts", *key, "churned"])] = churned[key]
        for key, held in balance.items():
            self["/".join(["counts", *key, "balance"])] = held
        for (segment, values), count in size.items():
            self[f"segment/{segment}/{'|'.join(values)}/n"] = count
        for (segment, values, name, value), count in by_segment.items():
            if name not in SEGMENTS[segment] and count:
                self[f"segment/{segment}/{'|'.join(values)}/{name}={value}"] = count


def main(jobs):
    """Runs `jobs[name](path)` and prints its figures; the clock starts after the imports."""
    name, path = sys.argv[1:]
    if name == "hypotheses":
        import scipy_tests  # noqa: F401
    start = time.perf_counter()
    figures = jobs[name](path)
    seconds = time.perf_counter() - start
    json.dump({"seconds": seconds, "figures": figures}, sys.stdout, ensure_ascii=False)
