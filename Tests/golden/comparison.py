#!/usr/bin/env python3
"""Figures of a small made-up comparison, by scipy and statsmodels; used in EbbSegmentsTests/ComparisonTests.swift.

Run: python3 comparison.py   (scipy 1.17, statsmodels 0.15)
"""
import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.oneway import anova_oneway
from statsmodels.stats.weightstats import ttost_ind

GROUPS = {
    "a": [12.1, 14.3, 11.8, 15.2, 13.3, 12.9, 14.8, 13.1, 12.2, 15.9, 13.7, 14.1],
    "b": [15.4, 18.9, 12.7, 21.3, 16.8, 14.2, 19.5, 17.7, 13.1, 20.6],
    "c": [13.0, 13.4, 12.8, 13.9, 13.2, 12.6, 13.7, 13.3, 13.1],
}

if __name__ == "__main__":
    g = {k: np.array(v) for k, v in GROUPS.items()}
    values = list(g.values())
    print("anova", stats.f_oneway(*values))
    print("welch", anova_oneway(values, use_var="unequal"))
    print("bf anova", anova_oneway(values, use_var="bf"))
    print("kruskal", stats.kruskal(*values))
    print("levene", stats.levene(*values, center="mean"))
    print("brown-forsythe", stats.levene(*values, center="median"))
    print("bartlett", stats.bartlett(*values))
    names = list(g)
    pairs = [(names[i], names[j]) for i in range(3) for j in range(i + 1, 3)]
    welch = [stats.ttest_ind(g[a], g[b], equal_var=False) for a, b in pairs]
    mwu = [stats.mannwhitneyu(g[a], g[b], method="asymptotic") for a, b in pairs]
    for test, results in (("welch", welch), ("mwu", mwu)):
        p = [r.pvalue for r in results]
        print(test, pairs, [r.statistic for r in results], p, multipletests(p, method="holm")[1],
              multipletests(p, method="fdr_bh")[1])
    tost = []
    for a, b in pairs:
        sd = np.sqrt(((len(g[a]) - 1) * g[a].var(ddof=1) + (len(g[b]) - 1) * g[b].var(ddof=1))
                     / (len(g[a]) + len(g[b]) - 2))
        tost.append(ttost_ind(g[a], g[b], -0.2 * sd, 0.2 * sd, usevar="unequal")[0])
    print("tost", tost, multipletests(tost, method="holm")[1])
    print("games-howell", stats.tukey_hsd(*values, equal_var=False).pvalue)
    table = [[30, 10, 5], [12, 20, 9]]
    print("chi2", stats.chi2_contingency(table, correction=False))
