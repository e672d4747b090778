"""What every peer is asked: the table's columns, the bands, and how figures are named."""
import json
import math
import sys
import time
from bisect import bisect_left
from collections import Counter

NUMBERS = ["score", "Age", "Objects", "Balance", "Products", "CreditCard", "Loyalty", "estimated_salary", "Churn"]
TEXTS = ["City", "Gender"]
# Numbers whose spread tells something about a segment.
SPREAD = ["score", "Age", "Objects", "Balance", "Products", "estimated_salary"]
QUANTILES = {"p01": 0.01, "p05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "p95": 0.95, "p99": 0.99}
# Ranked by counting, since they have few values; to be sorted; and those that, being 0 or 1, go for their own ranks.
COUNTED = ["score", "Age", "Objects", "Products"]
SORTED = ["Balance", "estimated_salary"]
FLAGS = ["CreditCard", "Loyalty", "Churn"]
# Only a balance may be missing: pairs with it are ranked among its holders, all others among everybody.
COMPLETE = [c for c in NUMBERS if c != "Balance"]
FIFTHS = ["score", "Age", "Objects", "Balance", "estimated_salary"]
FIFTH_POINTS = [0.2, 0.4, 0.6, 0.8]
AGE_CUTS = [18, 30, 40, 50, 60]
SCORE_CUTS = [580, 670, 740, 800]
CUBE = ["Products", "City", "Loyalty", "Gender", "AgeBand", "CreditCard", "BalanceFifth", "Churn"]
# Attributes beyond the cube, counted within each segment.
FURTHER = ["Objects", "ScoreBand"]
SEGMENTS = {"churn": ["Churn"], "products": ["Products"], "both": ["Products", "Churn"]}
CROSS = [("City", "Gender"), ("AgeBand", "Loyalty"), ("Products", "City"), ("Products", "AgeBand"), ("City", "HasBalance"),
         ("Products", "HasBalance"), ("Gender", "Loyalty"), ("Products", "Loyalty"), ("AgeBand", "Gender"),
         ("Products", "Gender")]


def band_labels(cuts):
    ends = ["-∞", *map(str, cuts), "∞"]
    return [f"{'(' if low == '-∞' else '['}{low}; {high})" for low, high in zip(ends, ends[1:])]


def fifth_cuts(low, points, high):
    """The inner borders of pandas.qcut(duplicates="drop"): equal ones are one, and the extremes are none."""
    return sorted({low, *points, high})[1:-1]


class Figures(dict):
    """Figures by name; `put` leaves out what is not there."""

    def put(self, name, value):
        if value is not None and value == value:
            self[name] = float(value)

    def counts(self, cube, further):
        """Every count of the study, rolled up from two small lists of rows (values..., n[, balance])."""
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
            cell = ("cube", *(row[k] for k in CUBE[:-1]))
            row["HasBalance"] = "missing" if row.pop("BalanceFifth") == "missing" else "present"
            add(row, count)
            for segment, keys in SEGMENTS.items():
                size[segment, tuple(row[k] for k in keys)] += count
            left = count if row["Churn"] == "1" else 0
            for first, second in CROSS:
                n[first, second, row[first], row[second]] += count
                churned[first, second, row[first], row[second]] += left
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
        attributes = {}
        for key, count in n.items():
            if len(key) == 2:
                attributes.setdefault(key[0], []).append((key[1], count, churned[key]))
        for name, levels in attributes.items():
            self.information(name, [bin for _, *bin in levels])
            if name in FLAGS:
                self.of_counts(name, [(int(value), *bin) for value, *bin in sorted(levels)])

    def correlation(self, method, first, second, value):
        self.put("/".join(["correlation", *sorted([first, second]), method]), value)

    def auc(self, column, rank_sum, n, churned):
        """How often a leaver's value is above a stayer's, ties half, from the leavers' rank sum."""
        self.put(f"auc/{column}", (rank_sum - churned * (churned + 1) / 2) / (churned * (n - churned)))

    def information(self, name, bins):
        """Information value of bins of clients and leavers; a bin where all left or all stayed is left out of it."""
        sides = [(n - churned, churned) for n, churned in bins]
        for kind, added in (("iv", 0), ("adjusted", 0.5)):
            stayed = sum(s + added for s, _ in sides)
            left = sum(c + added for _, c in sides)
            shares = [((s + added) / stayed, (c + added) / left) for s, c in sides]
            self.put(f"information/{name}/{kind}", math.fsum((s - c) * math.log(s / c) for s, c in shares if s and c))

    def of_counts(self, column, rows, cuts=None):
        """AUC, and the information value of fifths, of a column of few values: value, clients and leavers, in order."""
        below = left = rank_sum = 0
        bins = Counter(), Counter()
        for value, n, churned in rows:
            rank_sum += churned * (below + (n + 1) / 2)
            below += n
            left += churned
            if cuts:
                at = bisect_left(cuts, value)
                bins[0][at] += n
                bins[1][at] += churned
        self.auc(column, rank_sum, below, left)
        if cuts:
            self.information(f"{column}/fifths", [(bins[0][at], bins[1][at]) for at in bins[0]])


def main(jobs):
    """Runs `jobs[name](path, …)` and prints its figures; the clock starts after the imports."""
    name, *arguments = sys.argv[1:]
    if name == "hypotheses":
        import scipy_tests  # noqa: F401
    start = time.perf_counter()
    figures = jobs[name](*arguments)
    seconds = time.perf_counter() - start
    json.dump({"seconds": seconds, "figures": figures}, sys.stdout, ensure_ascii=False)
