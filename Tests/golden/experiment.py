#!/usr/bin/env python3
"""Reference figures for the experiments of EbbRetentionTests, on made-up counts.

    pip install scipy==1.17.1 statsmodels==0.15.0
    python experiment.py            # writes experiment.json beside itself

Sizes, power and detectable falls: statsmodels' NormalIndPower. Tests and intervals: scipy and statsmodels. The risk
difference within strata: the formula of T. Sato (Biometrics 45, 1989) in exact fractions. Undefined is null.
"""
import json
import math
import warnings
from fractions import Fraction as Q
from pathlib import Path

import numpy as np
import scipy.stats as st
from scipy.optimize import brentq
from statsmodels.stats.contingency_tables import StratifiedTable, Table2x2
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import (confint_proportions_2indep, proportion_confint, proportion_effectsize,
                                          proportions_ztest)

warnings.simplefilter("ignore")
rng = np.random.default_rng(20241124)
power_of = NormalIndPower()


def finite(x):
    if isinstance(x, (list, tuple)):
        return [finite(v) for v in x]
    x = float(x)
    return x if math.isfinite(x) else None


def needed(p1, p2, alpha, power, ratio):
    h = abs(proportion_effectsize(p1, p2))
    n = brentq(lambda n: power_of.power(h, n, alpha, ratio) - power, 1e-9, 1e12, xtol=1e-10, rtol=1e-15)
    # What users call; its own root is coarser, and fails for a handful of clients.
    assert n < 10 or abs(power_of.solve_power(h, None, alpha, power, ratio) / n - 1) < 1e-6, (p1, p2, alpha, power, ratio)
    return n


def designs():
    out = []
    arms = [(500, 500), (900, 100), (1, 1), (3, 1), (100, 900), (999, 1), (4500, 1500), (17, 5), (100000, 11111)]
    for base in (0.003, 0.01, 0.05, 0.1, 0.2037, 0.32, 0.5, 0.83, 0.97, 1.0):
        for effect in (0.02, 0.1, 0.2, 0.35, 0.5, 0.9, 1.0):
            for alpha, power in ((0.05, 0.8), (0.05, 0.9), (0.01, 0.8), (0.1, 0.95)):
                for treated, control in (arms[i] for i in rng.choice(len(arms), 3, replace=False)):
                    p1, p2, ratio = base * (1 - effect), base, control / treated
                    n = needed(p1, p2, alpha, power, ratio)
                    one = needed(p1, p2, alpha, power, 1)

                    def fall(n1, ratio):
                        def gap(p):
                            return power_of.power(abs(proportion_effectsize(base, p)), n1, alpha, ratio) - power
                        if gap(0) <= 0:
                            return None
                        return base - brentq(gap, 0, base * (1 - 1e-12), xtol=1e-15, rtol=1e-13)

                    out.append({
                        "base": base, "effect": effect, "alpha": alpha, "power": power,
                        "treated": treated, "control": control,
                        "neededTreated": math.ceil(n), "neededControl": math.ceil(n * ratio),
                        "neededPerEqualArm": math.ceil(one),
                        "powerAtHand": power_of.power(abs(proportion_effectsize(p1, p2)), treated, alpha, ratio),
                        "detectableFall": fall(control, treated / control),
                        "detectableFallEqualArms": fall((treated + control) / 2, 1)})
    return out


def sato(tables):
    """control − treated over [[treated left, stayed], [control left, stayed]]."""
    weight = slope = spread = top = Q(0)
    for (c, d), (a, b) in tables:
        n1, n2 = Q(a + b), Q(c + d)
        if n1 == 0 or n2 == 0:
            continue
        n = n1 + n2
        weight += n1 * n2 / n
        top += a * n2 / n - c * n1 / n
        slope += c * (n1 / n) ** 2 - a * (n2 / n) ** 2 + n1 * n2 * (n2 - n1) / (2 * n * n)
        spread += (a * (n2 - c) + c * (n1 - a)) / (2 * n)
    if weight == 0:
        return [None, None, None]
    estimate = top / weight
    half = st.norm.ppf(0.975) * math.sqrt(max(estimate * slope + spread, 0)) / float(weight)
    return [float(estimate), max(float(estimate) - half, -1), min(float(estimate) + half, 1)]


def analyses():
    tables = [[[0, 10], [0, 12]], [[5, 0], [7, 0]], [[1, 0], [0, 1]], [[0, 20], [6, 14]], [[6, 14], [0, 20]],
              [[3, 2], [2, 3]], [[151, 849], [204, 796]], [[30, 870], [12, 88]], [[4, 996], [9, 991]],
              [[15000, 85000], [1900, 9100]], [[123456, 876544], [14000, 97111]], [[2, 98], [3, 7]]]
    for _ in range(60):
        n1, n2 = int(10 ** rng.uniform(0.5, 4)), int(10 ** rng.uniform(0.5, 4))
        p1, p2 = rng.uniform(0.01, 0.6, 2)
        x1, x2 = int(rng.binomial(n1, p1)), int(rng.binomial(n2, p2))
        tables.append([[x1, n1 - x1], [x2, n2 - x2]])
    out = []
    for (x1, y1), (x2, y2) in tables:
        n1, n2 = x1 + y1, x2 + y2
        row = {"treated": [x1, y1], "control": [x2, y2]}
        row["wilson"] = [finite(proportion_confint(x, n, 0.05, "wilson")) for x, n in ((x1, n1), (x2, n2))]
        row["newcombe"] = finite(confint_proportions_2indep(x2, n2, x1, n1, method="newcomb", compare="diff"))
        row["z"] = finite(proportions_ztest([x2, x1], [n2, n1]))
        row["fisher"] = st.fisher_exact([[x1, y1], [x2, y2]]).pvalue
        if x1 + x2 and y1 + y2:
            for key, correction in (("chi2", False), ("yates", True)):
                done = st.chi2_contingency([[x1, y1], [x2, y2]], correction=correction)
                row[key] = [done.statistic, done.pvalue]
            row["minimumExpected"] = float(done.expected_freq.min())
        if min(x1, y1, x2, y2) > 0:
            two = Table2x2(np.array([[x1, y1], [x2, y2]]), shift_zeros=False)
            row["relativeRisk"] = finite([two.riskratio, *two.riskratio_confint()])
            row["oddsRatio"] = finite([two.oddsratio, *two.oddsratio_confint()])
        for share in (0.1, 0.5):
            done = st.chisquare([n2, n1], [share * (n1 + n2), (1 - share) * (n1 + n2)])
            row[f"ratio{share}"] = [done.statistic, done.pvalue]
        out.append(row)
    return out


def stratified():
    out = []
    for count in (2, 3, 5, 12):
        for _ in range(3):
            tables = []
            for _ in range(count):
                n1, n2 = int(rng.integers(20, 900)), int(rng.integers(20, 300))
                p2 = rng.uniform(0.1, 0.5)
                x1, x2 = int(rng.binomial(n1, p2 * rng.uniform(0.5, 1.1))), int(rng.binomial(n2, p2))
                tables.append([[x1, n1 - x1], [x2, n2 - x2]])
            pooled = StratifiedTable([np.array(t, float) for t in tables])
            cmh, same = pooled.test_null_odds(), pooled.test_equal_odds()
            out.append({
                "tables": tables, "difference": sato(tables),
                "oddsRatio": finite([pooled.oddsratio_pooled, *pooled.oddsratio_pooled_confint()]),
                "cmh": finite([cmh.statistic, cmh.pvalue]), "breslowDay": finite([same.statistic, same.pvalue]),
                "balance": st.chi2_contingency([[sum(t[0]), sum(t[1])] for t in tables], correction=False).pvalue})
    return out


made = {"designs": designs(), "analyses": analyses(), "stratified": stratified()}
place = Path(__file__).with_suffix(".json")
place.write_text(json.dumps(made, indent=None, separators=(",", ":")).replace("},{", "},\n{") + "\n")
print(place, {key: len(value) for key, value in made.items()})
