#!/usr/bin/env python3
"""Quantiles, ranks, deviations and correlations of a small made-up table, by numpy and scipy; used in
EbbEngineTests/GoldenAnswersTests.swift.

Run: python3 engine.py   (numpy 2.4, scipy 1.17)
"""
import numpy as np
from scipy import stats

GROUP = ["a", "a", "b", "b", "b", "a", "b", "a", "a", "b", "b", "a"]
MONEY = [10.25, 99.5, 10.25, -3.75, 47.0, 47.0, 120.1, 0.05, None, 63.3, 47.0, 88.8]
SCORE = [3, 7, 7, 1, 4, 4, None, 2, 9, 9, 5, 6]

if __name__ == "__main__":
    group, nan = np.array(GROUP), np.nan
    money = np.array([nan if x is None else x for x in MONEY])
    score = np.array([nan if x is None else x for x in SCORE])
    a, b = (money[(group == g) & ~np.isnan(money)] for g in "ab")
    for name, x in ("a", a), ("b", b):
        print(name, "n", len(x), "mean", x.mean(), "m2", ((x - x.mean()) ** 2).sum(), "m3", ((x - x.mean()) ** 3).sum(),
              "m4", ((x - x.mean()) ** 4).sum())
        print(name, "quantiles", np.quantile(x, [0.05, 0.25, 0.5, 0.9]).tolist())
        for center in np.mean(x), np.median(x):
            d = np.abs(x - center)
            print(name, "deviations", d.sum(), (d * d).sum())
    pooled = stats.rankdata(np.concatenate([a, b]))
    print("rank sums", pooled[: len(a)].sum(), pooled[len(a):].sum())
    t = np.unique(pooled, return_counts=True)[1]
    print("tie term", (t**3 - t).sum(), "U", stats.mannwhitneyu(a, b).statistic, "D", stats.ks_2samp(a, b).statistic)
    both = ~np.isnan(money) & ~np.isnan(score)
    print("n", both.sum(), "pearson", stats.pearsonr(money[both], score[both]).statistic,
          "spearman", stats.spearmanr(money[both], score[both]).statistic)
    print("histogram", np.histogram(a, [0, 10.25, 47, 99.5])[0], np.histogram(b, [0, 10.25, 47, 99.5])[0])
    print("qcut", stats.mstats.mquantiles(money[~np.isnan(money)], [1 / 3, 2 / 3], alphap=1, betap=1))
