"""A comparison of groups with all its tests, in scipy."""
from itertools import combinations

import numpy as np
from scipy import stats


def compare(figures, measure, by, levels, groups):
    key = f"test/{measure}/{by}"
    tests = {
        "anova": stats.f_oneway(*groups), "welchANOVA": stats.f_oneway(*groups, equal_var=False),
        "kruskalWallis": stats.kruskal(*groups), "levene": stats.levene(*groups, center="mean"),
        "brownForsythe": stats.levene(*groups, center="median")}
    for name, test in tests.items():
        figures.put(f"{key}/{name}/statistic", test.statistic)
        figures.put(f"{key}/{name}/p", test.pvalue)
    pairs = list(combinations(range(len(groups)), 2))
    for name in ("welchT", "mannWhitneyU"):
        found = [stats.ttest_ind(groups[i], groups[j], equal_var=False) if name == "welchT"
                 else stats.mannwhitneyu(groups[i], groups[j]) for i, j in pairs]
        for (i, j), test, adjusted in zip(pairs, found, holm([t.pvalue for t in found])):
            pair = f"{key}/{levels[i]}-{levels[j]}/{name}"
            figures.put(f"{pair}/statistic", test.statistic)
            figures.put(f"{pair}/p", test.pvalue)
            figures.put(f"{pair}/holm", adjusted)


def holm(p):
    order = np.argsort(p)
    adjusted = np.empty(len(p))
    adjusted[order] = np.maximum.accumulate(np.minimum(1, np.asarray(p)[order] * np.arange(len(p), 0, -1)))
    return adjusted
