#!/usr/bin/env python3
"""Figures of a small made-up bank, by numpy; used in EbbSegmentsTests/SegmentsTests.swift.

Run: python3 segments.py   (numpy 2.4)
CELLS: products, city, age, active, clients, leavers. The first leavers of a cell's clients left.
TREATMENTS: kidney stones by treatment and size (C. R. Charig et al., BMJ 292 (1986) 879-882), the textbook case of
Simpson's paradox; here treatment = products, size = city, success = leaving.
"""
import numpy as np

CELLS = [
    (1, "A", 25, 0, 40, 9), (1, "A", 25, 1, 55, 6), (1, "A", 45, 0, 30, 15), (1, "A", 45, 1, 25, 8),
    (1, "B", 25, 0, 20, 7), (1, "B", 25, 1, 15, 2), (1, "B", 45, 0, 60, 41), (1, "B", 45, 1, 35, 17),
    (2, "A", 25, 0, 50, 4), (2, "A", 25, 1, 80, 3), (2, "A", 45, 0, 20, 5), (2, "A", 45, 1, 10, 1),
    (2, "B", 25, 0, 10, 2), (2, "B", 25, 1, 30, 1), (2, "B", 45, 0, 25, 9), (2, "B", 45, 1, 20, 4),
    (3, "A", 45, 0, 12, 10), (3, "B", 45, 0, 18, 16), (3, "B", 45, 1, 6, 4),
]
TREATMENTS = [(1, "small", 87, 81), (1, "large", 263, 192), (2, "small", 270, 234), (2, "large", 80, 55)]


def standardized(cells, group, strata):
    weights, here = {}, {}
    for cell in cells:
        weights[strata(cell)] = weights.get(strata(cell), 0) + cell[-2]
        if group(cell):
            n, k = here.get(strata(cell), (0, 0))
            here[strata(cell)] = (n + cell[-2], k + cell[-1])
    w = np.array([weights[s] for s in here], float)
    rates = np.array([k / n for n, k in here.values()])
    return np.average(rates, weights=w), w.sum() / sum(weights.values())


def kitagawa(cells, first, second, strata):
    keys = sorted({strata(c) for c in cells})

    def side(group):
        n = np.array([sum(c[-2] for c in cells if group(c) and strata(c) == s) for s in keys], float)
        k = np.array([sum(c[-1] for c in cells if group(c) and strata(c) == s) for s in keys], float)
        with np.errstate(invalid="ignore"):
            return n / n.sum(), k / n, k.sum() / n.sum()

    (a, p, all1), (b, q, all2) = side(first), side(second)
    p, q = np.where(np.isnan(p), q, p), np.where(np.isnan(q), p, q)
    return ((a + b) / 2 * (p - q)).sum(), ((p + q) / 2 * (a - b)).sum(), all1 - all2


if __name__ == "__main__":
    for products in (1, 2, 3):
        print("products", products, standardized(CELLS, lambda c: c[0] == products, lambda c: c[1:4]))
    for city in "AB":
        print("city", city, standardized(CELLS, lambda c: c[1] == city, lambda c: (c[0], c[2], c[3])))
    print("A - B", kitagawa(CELLS, lambda c: c[1] == "A", lambda c: c[1] == "B", lambda c: (c[0], c[2], c[3])))
    for treatment in (1, 2):
        print("treatment", treatment,
              standardized(TREATMENTS, lambda c: c[0] == treatment, lambda c: c[1]))
    first, second = (sum(c[-1] for c in TREATMENTS if c[0] == t) / sum(c[-2] for c in TREATMENTS if c[0] == t)
                     for t in (1, 2))
    print("raw", first - second)
