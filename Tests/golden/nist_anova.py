#!/usr/bin/env python3
"""F of the NIST StRD one-way ANOVA sets in exact rational arithmetic, beside the certified values.

https://www.itl.nist.gov/div898/strd/anova/anova.html (AtmWtAg, SiRstv; SmLs01-09 follow a rule, see `smls`).
Run: python3 nist_anova.py
"""
from fractions import Fraction

ATM_WT_AG = [
    "107.8681568 107.8681465 107.8681572 107.8681785 107.8681446 107.8681903 107.8681526 107.8681494 "
    "107.8681616 107.8681587 107.8681519 107.8681486 107.8681419 107.8681569 107.8681508 107.8681672 "
    "107.8681385 107.8681518 107.8681662 107.8681424 107.8681360 107.8681333 107.8681610 107.8681477",
    "107.8681079 107.8681344 107.8681513 107.8681197 107.8681604 107.8681385 107.8681642 107.8681365 "
    "107.8681151 107.8681082 107.8681517 107.8681448 107.8681198 107.8681482 107.8681334 107.8681609 "
    "107.8681101 107.8681512 107.8681469 107.8681360 107.8681254 107.8681261 107.8681450 107.8681368",
]
SI_RSTV = [
    "196.3052 196.1240 196.1890 196.2569 196.3403",
    "196.3042 196.3825 196.1669 196.3257 196.0422",
    "196.1303 196.2005 196.2889 196.0343 196.1811",
    "196.2795 196.1748 196.1494 196.1485 195.9885",
    "196.2119 196.1051 196.1850 196.0052 196.2090",
]


def smls(base, replicates):
    """Simon and Lesage: nine treatments about base + 0.4 (0.3 and 0.5 by turns); within each, one value at the
    treatment's centre and the others 0.1 below and above it by turns."""
    centers = [4] + [3, 5] * 4
    return [
        " ".join(f"{base}.{c + d}" for d in [0] + [-1, 1] * ((replicates - 1) // 2))
        for c in centers
    ]


def f_statistic(groups):
    groups = [[Fraction(x) for x in g.split()] for g in groups]
    n = sum(map(len, groups))
    grand = sum(map(sum, groups)) / n
    means = [sum(g) / len(g) for g in groups]
    between = sum(len(g) * (m - grand) ** 2 for g, m in zip(groups, means))
    within = sum((x - m) ** 2 for g, m in zip(groups, means) for x in g)
    return (between / (len(groups) - 1)) / (within / (n - len(groups)))


CERTIFIED = {
    "AtmWtAg": "1.59467335677930E+01", "SiRstv": "1.18046237440255E+00",
    "SmLs01": "2.1E+01", "SmLs02": "2.01E+02", "SmLs03": "2.001E+03",
    "SmLs04": "2.1E+01", "SmLs05": "2.01E+02", "SmLs06": "2.001E+03",
    "SmLs07": "2.1E+01", "SmLs08": "2.01E+02", "SmLs09": "2.001E+03",
}
SETS = {"AtmWtAg": ATM_WT_AG, "SiRstv": SI_RSTV} | {
    f"SmLs0{3 * i + j + 1}": smls(base, replicates)
    for i, base in enumerate([1, 1000000, 1000000000000])
    for j, replicates in enumerate([21, 201, 2001])
}

if __name__ == "__main__":
    for name, groups in SETS.items():
        exact = f_statistic(groups)
        print(f"{name:8} {float(exact)!r:20} certified {CERTIFIED[name]}  "
              f"difference {abs(float(exact / Fraction(CERTIFIED[name]) - 1)):.1e}")
