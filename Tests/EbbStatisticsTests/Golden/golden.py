#!/usr/bin/env python3
"""Reference figures for EbbStatisticsTests, on made-up data.

    pip install scipy==1.17.1 statsmodels==0.15.0 scikit-posthocs mpmath
    python golden.py            # writes golden.json beside itself

scipy and statsmodels give the figures; where they lose digits (huge offsets, deep tails) mpmath and fractions do.
Undefined is null.
"""
import json, math, sys, warnings
from fractions import Fraction as Q
from itertools import combinations
from pathlib import Path

import mpmath as mp
import numpy as np
import scipy
import scipy.special
import scipy.stats as st
import statsmodels
from scipy.optimize import brentq
from statsmodels.stats.contingency_tables import StratifiedTable, Table2x2
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.oneway import anova_oneway
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import (confint_proportions_2indep, proportion_confint, proportion_effectsize,
                                          proportions_ztest)
from statsmodels.stats.weightstats import ttost_ind

warnings.simplefilter("ignore")
mp.mp.dps = 40
rng = np.random.default_rng(20240607)


def clean(x):
    if isinstance(x, dict):
        return {k: clean(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [clean(v) for v in x]
    if isinstance(x, np.ndarray):
        return clean(x.tolist())
    if isinstance(x, (bool, str)) or x is None:
        return x
    if isinstance(x, (int, np.integer)):
        return int(x)
    x = float(x)
    return x if math.isfinite(x) else None


_x, _w = np.polynomial.legendre.leggauss(400)


def nct(t, df, delta, upper=False):
    """P(T < t) or P(T > t) of noncentral t, by integrating over the estimated deviation: independent of Boost."""
    sd = 1 / math.sqrt(2 * df)
    u = np.linspace(-60 * sd, 14 * sd, 7) if df < 20 else np.linspace(-14 * sd, 12 * sd, 7)
    total = 0.0
    for lo, hi in zip(u[:-1], u[1:]):
        x = (lo + hi) / 2 + (hi - lo) / 2 * _x
        h = df / 2
        # Without the large numbers that cancel: ln of h^h exp(-h) / Gamma(h).
        scale = (h * np.log(h) - h - scipy.special.gammaln(h) if h < 100 else
                 (np.log(h / (2 * np.pi)) - 1 / (6 * h) + 1 / (180 * h ** 3)) / 2)
        f = np.log(2) + scale + df * x - h * np.expm1(2 * x)
        z = t * np.exp(x) - delta
        total += (hi - lo) / 2 * np.sum(_w * np.exp(f) * scipy.special.ndtr(-z if upper else z))
    return total


def poisson(mean):
    spread = 12 * math.sqrt(mean + 1) + 40
    j = np.arange(max(0, int(mean - spread)), int(mean + spread))
    return j, st.poisson.pmf(j, mean)


def ncx2(x, df, lam, upper=False):
    """Noncentral chi-squared as a Poisson mixture."""
    j, p = poisson(lam / 2)
    tail = scipy.special.gammaincc if upper else scipy.special.gammainc
    return float(np.sum(p * tail(df / 2 + j, x / 2)))


def ncf(f, d1, d2, lam, upper=False):
    """Noncentral F as a Poisson mixture of beta tails."""
    j, p = poisson(lam / 2)
    x, y = d1 * f / (d1 * f + d2), d2 / (d1 * f + d2)
    if upper:
        return float(np.sum(p * scipy.special.betainc(d2 / 2, d1 / 2 + j, y)))
    return float(np.sum(p * scipy.special.betainc(d1 / 2 + j, d2 / 2, x)))


def crossing(f, start, step):
    """Root of a rising f, walking from start."""
    lo = hi = start
    while f(lo) > 0:
        lo -= step
    while f(hi) < 0:
        hi += step
    return brentq(f, lo, hi, xtol=1e-13, rtol=1e-14)


def nct_interval(t, df, scale, level=0.95):
    a = (1 - level) / 2
    low = crossing(lambda d: nct(t, df, d, upper=True) - a, t, 1)
    high = crossing(lambda d: a - nct(t, df, d), t, 1)
    return [low * scale, high * scale]


def positive_root(f, start):
    """Root of a rising f at 0 or above; 0 where f(0) is not below 0."""
    if f(0) >= 0:
        return 0.0
    hi = max(start, 1e-3)
    while f(hi) < 0:
        hi *= 1.3
    return brentq(f, 0, hi, xtol=1e-13, rtol=1e-14)


def two(name, a, b, bound=0.2, shift=0):
    """All of it is free of the zero point, so scipy sees the values less `shift` (an exact subtraction) and keeps its digits."""
    rows = {"name": name, "a": a, "b": b}
    a, b = np.asarray(a, float) - shift, np.asarray(b, float) - shift
    n1, n2 = len(a), len(b)
    e = {}
    s, w = st.ttest_ind(a, b), st.ttest_ind(a, b, equal_var=False)
    e["student"] = [s.statistic, s.df, s.pvalue, *s.confidence_interval(0.95)]
    e["welch"] = [w.statistic, w.df, w.pvalue, *w.confidence_interval(0.95)]
    m = st.mannwhitneyu(a, b)
    e["mwu"] = [m.statistic, m.pvalue]
    k = st.ks_2samp(a, b)
    e["ks"] = [k.statistic, k.pvalue]
    e["levene"] = list(st.levene(a, b, center="mean"))
    e["brownForsythe"] = list(st.levene(a, b, center="median"))
    e["bartlett"] = list(st.bartlett(a, b))
    sp = math.sqrt((((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()) / (n1 + n2 - 2)) if n1 + n2 > 2 else 0
    if sp > 0:
        d = (a.mean() - b.mean()) / sp
        scale = math.sqrt(1 / n1 + 1 / n2)
        e["d"] = d
        e["dNoncentral"] = nct_interval(d / scale, n1 + n2 - 2, scale)
        se = math.sqrt((n1 + n2) / (n1 * n2) + d * d / (2 * (n1 + n2)))
        z = st.norm.ppf(0.975)
        e["dNormal"] = [d - z * se, d + z * se]
        e["g"] = d * (1 - 3 / (4 * (n1 + n2) - 9))
        dof = n1 + n2 - 2
        e["gExact"] = d * math.exp(math.lgamma(dof / 2) - math.log(dof / 2) / 2 - math.lgamma((dof - 1) / 2))
        for var, key in (("unequal", "tost"), ("pooled", "tostPooled")):
            if min(n1, n2) > 1:
                p, lo, up = ttost_ind(a, b, -bound * sp, bound * sp, usevar=var)
                e[key] = [lo[1], up[1], p]
            elif var == "pooled":  # statsmodels wants two values of each
                one = [st.t.sf((x * (a.mean() - b.mean()) + bound * sp) / (sp * scale), dof) for x in (1, -1)]
                e[key] = [*one, max(one)]
    r = 2 * m.statistic / (n1 * n2) - 1
    e["rankBiserial"] = r
    if abs(r) < 1:
        half = st.norm.ppf(0.975) * math.sqrt((n1 + n2 + 1) / (3 * n1 * n2))
        e["rankBiserialInterval"] = [math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)]
    return {**rows, "expected": e}


two_samples = [
    two("small untied", [1.1, 2.5, 3.2, 4.8], [2.0, 3.9, 5.5, 6.1, 7.7]),
    two("one against five", [3.3], [1.0, 2.2, 4.4, 5.1, 9.0]),
    two("two against two", [1.0, 2.0], [3.5, 5.0]),
    two("separated", [1, 2, 3, 4, 5, 6, 7, 8, 9], [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]),
    two("ties", [1, 1, 2, 2, 3, 3, 3, 4], [2, 2, 3, 3, 4, 4, 5, 5, 5]),
    two("one constant", [2, 2, 2, 2], [1, 3, 4, 8, 9]),
    two("both constant", [2, 2, 2], [3, 3, 3, 3]),
    two("same constant", [2, 2, 2], [2, 2, 2]),
    two("eight against many", rng.normal(0.3, 1, 8), rng.normal(0, 1, 300)),
    two("nine against nine", rng.normal(0, 1, 9), rng.normal(1, 1, 9)),
    two("unequal spread", rng.normal(0, 1, 40), rng.normal(0.5, 6, 23)),
    two("equal variances", np.arange(12.0), np.arange(12.0) + 1.5),
    two("large shift", rng.normal(0, 1, 400), rng.normal(4, 1, 350)),
    two("no difference", rng.normal(0, 1, 900), rng.normal(0.001, 1, 1100)),
    two("scores, many ties", rng.integers(350, 850, 700), rng.integers(340, 850, 260)),
    two("heavy tails", rng.standard_t(2, 150), rng.standard_t(2, 220) + 0.4),
    two("coprime sizes", rng.normal(0, 1, 101), rng.normal(0.25, 1, 97)),
    two("equal sizes", rng.normal(0, 1, 250), rng.normal(0.2, 1, 250)),
    two("offset", rng.normal(0, 1, 60).round(3) + 1e6, rng.normal(0.2, 1, 70).round(3) + 1e6, shift=1e6),
    two("tiny unit", rng.normal(0, 1e-9, 30), rng.normal(5e-10, 1e-9, 30)),
    two("one value each", [1.0], [2.0]),
]


def many(name, groups, shift=0):
    rows = {"name": name, "groups": groups}
    groups = [np.asarray(g, float) - shift for g in groups]
    e = {}
    k, n = len(groups), sum(map(len, groups))
    try:
        f = st.f_oneway(*groups)
        allv = np.concatenate(groups)
        ssb = sum(len(g) * (g.mean() - allv.mean()) ** 2 for g in groups)
        ssw = sum(((g - g.mean()) ** 2).sum() for g in groups)
        msw = ssw / (n - k)
        e["anova"] = [f.statistic, f.pvalue]
        e["sums"] = [ssb, ssw, ssb + ssw, ssb / (k - 1), msw]
        e["effects"] = [ssb / (ssb + ssw), (ssb - (k - 1) * msw) / (ssb + ssw + msw), (ssb - (k - 1) * msw) / (ssb + ssw)]
        lam = [positive_root(lambda l: ncf(f.statistic, k - 1, n - k, l, upper=True) - 0.025, 1),
               positive_root(lambda l: 0.025 - ncf(f.statistic, k - 1, n - k, l), 1)]
        e["etaInterval"] = [l / (l + n) for l in lam]
    except Exception as error:
        print(name, "anova", error, file=sys.stderr)
    sized = [g for g in groups if len(g) > 1]
    if len(sized) > 1 and all(g.var() > 0 for g in sized):
        w = anova_oneway(sized, use_var="unequal")
        e["welch"] = [w.statistic, *w.df, w.pvalue]
        e["bartlett"] = list(st.bartlett(*sized))
    if len(sized) > 1 and any(g.var() > 0 for g in sized):
        b = anova_oneway(sized, use_var="bf")
        e["brownForsytheANOVA"] = [b.statistic, *b.df, b.pvalue]
    try:
        h = st.kruskal(*groups)
        e["kruskal"] = list(h)
    except ValueError:
        pass
    e["levene"] = list(st.levene(*groups, center="mean"))
    e["brownForsythe"] = list(st.levene(*groups, center="median"))
    ranks = st.rankdata(np.concatenate(groups))
    _, t = np.unique(np.concatenate(groups), return_counts=True)
    tie = float((t.astype(float) ** 3 - t).sum())
    var = n * (n + 1) / 12 - tie / (12 * (n - 1))
    start = np.cumsum([0] + [len(g) for g in groups])
    mean_rank = [ranks[start[i]:start[i + 1]].mean() for i in range(k)]
    pairs = list(combinations(range(k), 2))
    if var > 0:
        z = [(mean_rank[i] - mean_rank[j]) / math.sqrt(var * (1 / len(groups[i]) + 1 / len(groups[j]))) for i, j in pairs]
        p = [2 * st.norm.sf(abs(x)) for x in z]
        e["dunn"] = {"z": z, "p": p, **{m: multipletests(p, method=m)[1] for m in ("holm", "fdr_bh", "bonferroni")}}
        try:
            import scikit_posthocs as sp
            ours = np.array([[1.0] * k] * k)
            for (i, j), x in zip(pairs, p):
                ours[i, j] = ours[j, i] = x
            assert np.allclose(sp.posthoc_dunn(groups).values, ours, rtol=1e-9), name
        except ImportError:
            pass
    if all(len(g) > 1 and g.var() > 0 for g in groups):
        g = st.tukey_hsd(*groups, equal_var=False)
        ci = g.confidence_interval(0.95)
        e["gamesHowell"] = [[g.statistic[i, j], g.pvalue[i, j], ci.low[i, j], ci.high[i, j]] for i, j in pairs]
    return {**rows, "expected": e}


many_groups = [
    many("three small", [[6.9, 5.4, 5.8, 4.6, 4.0], [8.3, 6.8, 7.8, 9.2, 6.5], [8.0, 10.5, 8.1, 6.9, 9.3]]),
    many("two groups", [[1, 2, 3, 4], [2, 4, 6, 8, 11]]),
    many("equal means", [[1, 2, 3], [0, 2, 4], [1.5, 2, 2.5]]),
    many("ties", [rng.integers(0, 4, 30), rng.integers(0, 5, 25), rng.integers(1, 4, 11)]),
    many("unequal sizes", [rng.normal(650, 95, 900), rng.normal(652, 97, 800), rng.normal(640, 100, 40), rng.normal(660, 90, 9)]),
    many("strong effect", [rng.normal(i, 1, 50 + i) for i in range(5)]),
    many("unequal spread", [rng.normal(0, s, 20 + 3 * s) for s in (1, 4, 9)]),
    many("a constant group", [[2, 2, 2], [1, 3, 5, 6], [2, 4, 4, 7]]),
    many("a single value", [[5.0], [1, 3, 5, 6], [2, 4, 4, 7]]),
    many("all the same", [[3, 3], [3, 3, 3], [3, 3]]),
    many("twelve groups", [rng.exponential(1 + 0.05 * i, 15) for i in range(12)]),
    many("offset", [1e7 + rng.normal(m, 1, 30).round(2) for m in (0, 0.5, 1)], shift=1e7),
]


def exact_groups(name, scale, groups):
    """Exact F of values given as whole numbers of 1/scale."""
    g = [[Q(v, scale) for v in x] for x in groups]
    n, k = sum(map(len, g)), len(g)
    grand = sum(map(sum, g)) / n
    ssb = sum(len(x) * (sum(x) / len(x) - grand) ** 2 for x in g)
    ssw = sum(sum((v - sum(x) / len(x)) ** 2 for v in x) for x in g)
    f = (ssb / (k - 1)) / (ssw / (n - k))
    means = [sum(x) / len(x) for x in g]
    v = [sum((y - m) ** 2 for y in x) / (len(x) - 1) for x, m in zip(g, means)]
    t = mp.mpf((means[0] - means[1]).numerator) / mp.mpf((means[0] - means[1]).denominator)
    se2 = v[0] / len(g[0]) + v[1] / len(g[1])
    t /= mp.sqrt(mp.mpf(se2.numerator) / mp.mpf(se2.denominator))
    r2 = ssb / (ssb + ssw)
    return {"name": name, "scale": scale, "groups": groups,
            "F": float(f), "welchT": float(t), "eta": float(r2), "ssb": float(ssb), "ssw": float(ssw)}


def smooth(base, count, scale=10):
    """In the manner of NIST's Simon & Lesage sets: a huge base, differences in the last decimal."""
    shifts = [4, 3, 5, 4, 6, 2, 5, 3, 4]
    return [[base * scale + s + (-1 if i % 2 else 1) * (i > 0) for i in range(count)] for s in shifts]


exact = [
    exact_groups("small base", 10, smooth(1, 21)),
    exact_groups("base 1e6", 10, smooth(10 ** 6, 201)),
    exact_groups("base 1e12", 10, smooth(10 ** 12, 401)),
    exact_groups("base 1e12, odd sizes", 10, [g[: 50 + 7 * i] for i, g in enumerate(smooth(10 ** 12, 201))]),
]


def one(name, x):
    x = np.asarray(x, float)
    e = {"quantiles": [[q, np.quantile(x, q)] for q in (0, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.99, 1)]}
    if len(x) > 1:
        ci = st.t.interval(0.95, len(x) - 1, x.mean(), x.std(ddof=1) / math.sqrt(len(x)))
        e["mean"] = list(ci)
    if x.std() > 0:
        if len(x) > 2:
            e["skew"] = st.skew(x, bias=False)
        if len(x) > 3:
            e["kurtosis"] = st.kurtosis(x, bias=False)
        if len(x) >= 8:
            e["dagostino"] = list(st.normaltest(x))
        j = st.jarque_bera(x)
        e["jarqueBera"] = [j.statistic, j.pvalue]
    return {"name": name, "values": x, "expected": e}


samples = [
    one("normal", rng.normal(10, 2, 200)),
    one("skewed", rng.lognormal(0, 1, 120)),
    one("uniform", rng.uniform(0, 1, 500)),
    one("eight", [1, 2, 3, 4, 5, 6, 7, 20]),
    one("three", [1.0, 2.0, 5.0]),
    one("two", [1.0, 2.0]),
    one("one", [4.0]),
    one("constant", [4.0] * 10),
    one("scores", rng.integers(350, 850, 333)),
]


def table(name, t):
    a = np.asarray(t)
    keep = a[a.sum(1) > 0][:, a.sum(0) > 0] if a.size else a
    e = {}
    if keep.ndim == 2 and min(keep.shape) > 1:
        c = st.chi2_contingency(keep, correction=False)
        e["chi2"] = [c.statistic, c.dof, c.pvalue, c.expected_freq.min()]
        n, (r, k) = keep.sum(), keep.shape
        e["V"] = st.contingency.association(keep, method="cramer")
        phi = max(0, c.statistic / n - (k - 1) * (r - 1) / (n - 1))
        kc, rc = k - (k - 1) ** 2 / (n - 1), r - (r - 1) ** 2 / (n - 1)
        e["Vc"] = math.sqrt(phi / min(kc - 1, rc - 1)) if min(kc, rc) > 1 else None
        lam = [positive_root(lambda l: ncx2(c.statistic, c.dof, l, upper=True) - 0.025, 1),
               positive_root(lambda l: 0.025 - ncx2(c.statistic, c.dof, l), 1)]
        e["Vinterval"] = [min(1, math.sqrt(l / (n * min(r - 1, k - 1)))) for l in lam]
        y = st.chi2_contingency(keep, correction=True)
        e["yates"] = [y.statistic, y.pvalue]
        p = keep / n
        pr, pc = p.sum(1, keepdims=True), p.sum(0, keepdims=True)
        mi = math.fsum((p[i, j] * math.log(p[i, j] / (pr[i, 0] * pc[0, j])) for i in range(r) for j in range(k) if p[i, j] > 0))
        h = -math.fsum((x * math.log(x) for x in pc[0] if x > 0))
        e["mi"] = [mi, h]
    if a.shape == (2, 2):
        f = st.fisher_exact(a)
        e["fisher"] = [f.statistic, f.pvalue]
    return {"name": name, "table": a, "expected": e}


tables = [
    table("tea", [[3, 1], [1, 3]]),
    table("book", [[8, 2], [1, 5]]),
    table("zero cell", [[0, 12], [7, 9]]),
    table("zero row", [[0, 0], [7, 9]]),
    table("two zeros", [[5, 0], [0, 7]]),
    table("symmetric", [[10, 15], [15, 10]]),
    table("even", [[10, 10], [10, 10]]),
    table("large", [[1139, 3404], [898, 4559]]),
    table("larger", [[52010, 48110], [51200, 49350]]),
    table("deep", [[9000, 500], [700, 8800]]),
    table("rare", [[2, 99998], [9, 99991]]),
    table("4x2", [[1409, 3675], [348, 4242], [220, 46], [60, 0]]),
    table("empty column", [[5, 0, 7], [3, 0, 9]]),
    table("11x2", [[95 + i, 318 + 7 * i] for i in range(11)]),
    table("5x4", rng.integers(0, 9, (5, 4))),
    table("tiny", [[1, 0], [0, 1]]),
]


def shares(x1, n1, x2, n2):
    e = {"wilson": list(proportion_confint(x1, n1, 0.05, "wilson")), "wilson99": list(proportion_confint(x1, n1, 0.01, "wilson"))}
    e["newcombe"] = list(confint_proportions_2indep(x1, n1, x2, n2, method="newcomb"))
    e["wald"] = list(confint_proportions_2indep(x1, n1, x2, n2, method="wald"))
    z, p = proportions_ztest([x1, x2], [n1, n2])
    e["z"] = [z, p]
    t = Table2x2(np.array([[x1, n1 - x1], [x2, n2 - x2]], float), shift_zeros=False)
    e["rr"] = [t.riskratio, *t.riskratio_confint()]
    e["or"] = [t.oddsratio, *t.oddsratio_confint()]
    return {"counts": [x1, n1, x2, n2], "expected": e}


proportions = [shares(*c) for c in [
    (1409, 5084, 348, 4590), (0, 10, 3, 12), (10, 10, 3, 12), (5, 10, 5, 10), (1, 1000000, 7, 900000),
    (60, 60, 220, 266), (3, 7, 0, 9), (0, 5, 0, 6), (5, 5, 6, 6), (1, 1, 0, 1), (123456, 1000000, 123000, 1000000)]]


# Tails: mpmath, natural logarithm of the upper tail.
def t_log(t, df):
    x = mp.mpf(df) / (mp.mpf(df) + mp.mpf(t) ** 2)
    return float(mp.log(mp.betainc(mp.mpf(df) / 2, mp.mpf("0.5"), 0, x, regularized=True) / 2))


def f_log(f, d1, d2):
    x = mp.mpf(d2) / (mp.mpf(d2) + mp.mpf(d1) * mp.mpf(f))
    return float(mp.log(mp.betainc(mp.mpf(d2) / 2, mp.mpf(d1) / 2, 0, x, regularized=True)))


def chi2_log(x, df):
    return float(mp.log(mp.gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2, mp.inf, regularized=True)))


tails = {
    "normal": [[z, float(mp.log(mp.erfc(mp.mpf(z) / mp.sqrt(2)) / 2))] for z in (-8, -1, 0, 0.5, 2, 5, 12, 29.9, 30.1, 37, 40, 100, 1000)],
    "t": [[t, df, t_log(t, df)] for t, df in [(0.3, 1), (1.96, 10), (5, 3.7), (12, 100), (40, 900), (60, 2000), (80, 9998),
                                             (200, 30000), (45, 1e6), (1e5, 60), (1e30, 30)]],
    "f": [[f, a, b, f_log(f, a, b)] for f, a, b in [(0.2, 3, 20), (2.5, 2, 7.3), (9, 4, 300), (300, 3, 9996), (900, 1, 9998),
                                                    (700, 3, 9996), (2000, 2.7, 4300.5), (50, 40, 20000), (500, 199, 30000), (1e8, 3, 100)]],
    "chi2": [[x, df, chi2_log(x, df)] for x, df in [(0.5, 1), (3.84, 1), (20, 7), (1282.674, 4), (1503.6293615070408, 3),
                                                    (5000, 10), (1e5, 1), (3000, 400), (1e6, 50)]],
    # From 100,000 df on scipy takes the limit instead: two are compared with Student's t there.
    "studentizedRange": [[q, k, df, float(st.studentized_range.sf(q, k, df) if df < 1e5 else 2 * st.t.sf(q / math.sqrt(2), df))] for q, k, df in
                         [(0.1, 2, 5), (1, 3, 10), (2, 3, 2), (3.5, 3, 10), (3.77, 4, 60.5), (5, 4, 9557.03), (4.2, 10, 33),
                          (6, 20, 12), (5.5, 50, 1000), (3, 100, 40), (1.5, 5, 1), (20, 5, 1), (7, 4, 25), (2.2, 2, 1e5), (6.5, 3, 4000)]],
    "studentizedRangeQuantile": [[p, k, df, float(st.studentized_range.isf(p, k, df))] for p, k, df in
                                 [(0.05, 2, 5), (0.05, 3, 10), (0.05, 4, 60.5), (0.01, 4, 9557.03), (0.05, 10, 33), (0.1, 20, 12),
                                  (0.05, 5, 2), (0.001, 3, 100), (0.05, 50, 500), (0.5, 6, 9)]],
    "nct": [[t, df, d, nct(t, df, d), nct(t, df, d, upper=True)] for t, df, d in
            [(0.5, 10, 0), (2, 10, 1.5), (-1, 4, 0.5), (5, 30, 4), (12, 500, 11), (-3, 40, -2.5), (1, 9998, 2.5)]],
    "ncf": [[f, a, b, l, ncf(f, a, b, l), ncf(f, a, b, l, upper=True)] for f, a, b, l in
            [(0.8, 3, 9996, 1.5), (5, 2, 12, 3), (40, 4, 200, 130), (2, 1, 30, 0.1), (300, 3, 9996, 950)]],
    "kolmogorov": [[d, n, float(st.kstwo.sf(d, n))] for d, n in
                   [(0.3, 5), (0.15, 5), (0.9, 5), (0.6, 8), (0.07, 100), (0.05, 140), (0.12, 120), (0.2, 130), (0.005, 2000),
                    (0.01, 2000), (0.03, 2000), (0.08, 2000), (0.002, 250000), (0.0011, 250000), (0.004, 250000), (0.012, 90000),
                    (0.001, 90000), (0.3, 400), (0.0009, 1000000)]],
}

ks = []
for n1, n2, d in [(5, 7, 3 / 7), (12, 12, 5 / 12), (30, 45, 0.3), (300, 200, 0.11), (5084, 4590, 0.02003174554199685),
                  (2037, 7963, 0.0358), (60, 5084, 0.19), (10000, 9999, 0.016), (12000, 300, 0.07), (20000, 15000, 0.012), (30, 20000, 0.2)]:
    g = math.gcd(n1, n2)
    lcm = n1 // g * n2
    h = round(d * lcm)
    d = h / lcm
    if max(n1, n2) <= 10000:
        from scipy.stats._stats_py import _attempt_exact_2kssamp
        p = _attempt_exact_2kssamp(n1, n2, g, d, "two-sided")[2]
    else:
        m, n = max(n1, n2), min(n1, n2)
        p = st.kstwo.sf(d, np.round(float(m) * n / (m + n)))
    ks.append([n1, n2, d, p])

power = []
for p1, p2, alpha, pw, ratio in [(0.2037, 0.18, 0.05, 0.8, 1), (0.2037, 0.15, 0.01, 0.9, 1), (0.2, 0.3, 0.05, 0.8, 2),
                                 (0.05, 0.04, 0.05, 0.95, 0.5), (0.9, 0.5, 0.1, 0.7, 1), (0.6, 0.1, 0.05, 0.5, 1)]:
    h = proportion_effectsize(p1, p2)
    za, zb = st.norm.ppf(1 - alpha / 2), st.norm.ppf(pw)
    pb = (p1 + ratio * p2) / (1 + ratio)
    v = p1 * (1 - p1) + p2 * (1 - p2) / ratio
    pooled = (za * math.sqrt(pb * (1 - pb) * (1 + 1 / ratio)) + zb * math.sqrt(v)) ** 2 / (p1 - p2) ** 2
    power.append({"p1": p1, "p2": p2, "alpha": alpha, "power": pw, "ratio": ratio, "h": h,
                  "cohenH": brentq(lambda n: NormalIndPower().power(abs(h), n, alpha, ratio) - pw, 1e-3, 1e9, xtol=1e-12, rtol=1e-15),
                  "unpooled": (za + zb) ** 2 * v / (p1 - p2) ** 2, "pooled": pooled,
                  "fleiss": pooled / 4 * (1 + math.sqrt(1 + 2 * (1 + ratio) / (pooled * ratio * abs(p1 - p2)))) ** 2,
                  "achieved": NormalIndPower().power(h, 777, alpha, ratio)})


def t_power(d, n1, alpha, ratio):
    """Power of the two-sided t test; statsmodels' own goes through scipy's nct, which turns NaN at large n."""
    n2 = n1 * ratio
    df, shift = n1 + n2 - 2, d * math.sqrt(n1 * n2 / (n1 + n2))
    critical = st.t.isf(alpha / 2, df)
    return nct(critical, df, shift, upper=True) + nct(-critical, df, shift)


means = []
for d, alpha, pw, ratio in [(0.2, 0.05, 0.8, 1), (0.5, 0.05, 0.9, 1), (0.8, 0.01, 0.8, 2), (1.5, 0.05, 0.8, 1), (-0.3, 0.05, 0.8, 0.5),
                            (0.02, 0.05, 0.8, 1), (0.002, 0.05, 0.9, 1)]:
    assert abs(t_power(abs(d), 40, alpha, ratio) / TTestIndPower().power(abs(d), 40, alpha, ratio=ratio) - 1) < 1e-9
    means.append({"d": d, "alpha": alpha, "power": pw, "ratio": ratio, "achieved": t_power(abs(d), 40, alpha, ratio),
                  "n": brentq(lambda n: t_power(abs(d), n, alpha, ratio) - pw, 2.1, 1e8, xtol=1e-9, rtol=1e-13),
                  "minimal": brentq(lambda x: t_power(x, 60, alpha, ratio) - pw, 1e-6, 9, xtol=1e-14, rtol=1e-15)})

# Intervals of effects for millions of clients.
large = {"d": [], "eta": [], "V": []}
for n1, n2, d in [(2037000, 7963000, 0.001), (2037000, 7963000, 0.0), (5e6, 5e6, 0.7), (60000, 9940000, -0.31), (2, 9999998, 0.5)]:
    scale = math.sqrt(1 / n1 + 1 / n2)
    large["d"].append([n1, n2, d, *nct_interval(d / scale, n1 + n2 - 2, scale)])
for k, n, f in [(4, 10 ** 7, 0.7), (4, 10 ** 7, 3.5), (4, 10 ** 7, 40.0), (11, 10 ** 7, 9000.0), (2, 10 ** 7, 1e6), (4, 10 ** 6, 120.0)]:
    lam = [positive_root(lambda l: ncf(f, k - 1, n - k, l, upper=True) - 0.025, k * f),
           positive_root(lambda l: 0.025 - ncf(f, k - 1, n - k, l), k * f)]
    large["eta"].append([k, n, f, *[l / (l + n) for l in lam]])
for t in ([[2037000, 7963000], [2036000, 7964000]], [[900000, 50000], [70000, 880000]], [[1409000, 3675000], [348000, 4242000]]):
    c = st.chi2_contingency(t, correction=False)
    lam = [positive_root(lambda l: ncx2(c.statistic, 1, l, upper=True) - 0.025, c.statistic + 1),
           positive_root(lambda l: 0.025 - ncx2(c.statistic, 1, l), c.statistic + 1)]
    large["V"].append({"table": t, "expected": [math.sqrt(l / np.sum(t)) for l in lam]})

woe = []
for stayed, churned in [([3675, 4242, 46, 0], [1409, 348, 220, 60]), ([10, 20], [10, 20]), ([1, 2, 3], [3, 2, 1])]:
    for adjustment in (0, 0.5):
        s, c = np.array(stayed) + adjustment, np.array(churned) + adjustment
        with np.errstate(divide="ignore"):
            w = np.log(s / s.sum() / (c / c.sum()))
        iv = (s / s.sum() - c / c.sum()) * w
        woe.append({"stayed": stayed, "churned": churned, "adjustment": adjustment, "woe": w, "iv": iv,
                    "total": float(np.sum(iv[np.isfinite(iv)]))})

strata = []
for name, tabs in [("three", [[[24, 76], [10, 90]], [[30, 70], [22, 78]], [[5, 45], [3, 60]]]),
                   ("uneven", [[[409, 1500], [148, 2242]], [[12, 30], [9, 80]], [[1, 4], [2, 11]], [[300, 310], [90, 400]]]),
                   ("one", [[[24, 76], [10, 90]]])]:
    s = StratifiedTable([np.array(t, float) for t in tabs])
    n = s.test_null_odds()
    chi = s.test_equal_odds()
    strata.append({"name": name, "tables": tabs, "test": [n.statistic, st.chi2.sf(n.statistic, 1)],
                   "or": [s.oddsratio_pooled, *s.oddsratio_pooled_confint()], "rr": s.riskratio_pooled,
                   "equal": [chi.statistic, st.chi2.sf(chi.statistic, len(tabs) - 1)] if len(tabs) > 1 else None})

standard = []
for name, rows, w in [("three", [(30, 100), (5, 60), (44, 90)], [0.5, 0.3, 0.2]), ("one", [(7, 31)], [2.0]),
                      ("an empty stratum", [(30, 100), (0, 0), (44, 90)], [0.5, 0.3, 0.2]), ("zero rates", [(0, 10), (0, 20)], [1, 3])]:
    keep = [(x, n, v) for (x, n), v in zip(rows, w) if n > 0]
    tot = sum(v for *_, v in keep)
    est = sum(v / tot * x / n for x, n, v in keep)
    ci = [proportion_confint(x, n, 0.05, "wilson") for x, n, _ in keep]
    lo = est - math.sqrt(sum((v / tot * (x / n - c[0])) ** 2 for (x, n, v), c in zip(keep, ci)))
    hi = est + math.sqrt(sum((v / tot * (c[1] - x / n)) ** 2 for (x, n, v), c in zip(keep, ci)))
    standard.append({"name": name, "rows": rows, "weights": w, "expected": [est, lo, hi], "coverage": tot / sum(w)})

adjust = []
for p in [[0.01, 0.04, 0.03, 0.005], [0.5], [1e-300, 0.2, 0.9, 0.9], [0.05] * 6, list(rng.uniform(0, 1, 25) ** 3)]:
    adjust.append({"p": p, **{m: multipletests(p, method=m)[1] for m in ("holm", "fdr_bh", "bonferroni")}})

correlation = [[r, n, *[float(2 * st.t.sf(abs(r) * math.sqrt((n - 2) / ((1 - r) * (1 + r))), n - 2))]] for r, n in
               [(0.3, 10), (-0.0013842928679845198, 10000), (0.28532303783506807, 10000), (-0.9, 4), (0.0, 20), (0.999, 50)]]
x = rng.normal(0, 1, 40)
y = x + rng.normal(0, 2, 40)
correlation.append([st.pearsonr(x, y).statistic, 40, st.pearsonr(x, y).pvalue])
correlation.append([st.spearmanr(x, y).statistic, 40, st.spearmanr(x, y).pvalue])

out = {"made_by": "golden.py", "versions": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "numpy": np.__version__,
                                          "mpmath": mp.__version__},
       "twoSamples": two_samples, "manyGroups": many_groups, "exactGroups": exact, "samples": samples, "tables": tables,
       "proportions": proportions, "tails": tails, "ks": ks, "power": power, "powerOfMeans": means, "strata": strata,
       "standardization": standard, "adjust": adjust, "correlation": correlation, "large": large, "woe": woe}
path = Path(__file__).with_name("golden.json")
path.write_text(json.dumps(clean(out), separators=(",", ":")) + "\n")
print(path, path.stat().st_size)
