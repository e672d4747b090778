#!/usr/bin/env python3
"""Figures of made-up forecasts, by scikit-learn, scipy and statsmodels; used in EbbForecastTests.

Run: python3 forecast.py > forecast.json   (scikit-learn 1.7 or later, scipy, statsmodels, numpy)
Two data sets: `smooth`, 400 clients with forecasts that are all different, and `tied`, 403 clients with forecasts in
few steps and miscalibrated. Every input is in the file, so that nothing depends on a generator.
DeLong's test is written out here (Sun and Xu's form over exact mid-ranks), since no package of Python has it.
"""
import json
import sys

import numpy as np
import statsmodels.api as sm
from scipy.optimize import minimize
from scipy.stats import ks_2samp, norm, rankdata
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score


def logit(p):
    return np.log(p) - np.log1p(-p)


def expit(x):
    return 1 / (1 + np.exp(-x))


def delong(y, first, second):
    """Areas, their variances, covariance, z and two-sided p."""
    m, n = y.sum(), (~y).sum()
    places = []
    for score in (first, second):
        whole = rankdata(score)
        v10 = (whole[y] - rankdata(score[y])) / n
        v01 = 1 - (whole[~y] - rankdata(score[~y])) / m
        places.append((v10, v01))
    areas = [v10.mean() for v10, _ in places]
    cov = np.cov(places[0][0], places[1][0]) / m + np.cov(places[0][1], places[1][1]) / n
    variance = cov[0, 0] + cov[1, 1] - 2 * cov[0, 1]
    z = (areas[0] - areas[1]) / np.sqrt(variance)
    return {
        "first": areas[0], "second": areas[1], "firstVariance": cov[0, 0], "secondVariance": cov[1, 1],
        "standardError": np.sqrt(variance), "z": z, "pValue": 2 * norm.sf(abs(z)),
    }


def caught(y, p, top):
    """Leavers expected among the `top` highest; equal forecasts at the border in proportion."""
    found, left = 0.0, float(top)
    for value in np.unique(p)[::-1]:
        here = p == value
        taken = min(1.0, left / here.sum())
        found += taken * y[here].sum()
        left -= here.sum()
        if left <= 1e-9:
            break
    return found


def deciles(y, p):
    n, rate = len(y), y.mean()
    counts = np.array([caught(y, p, n * k / 10) for k in range(11)])
    parts = np.diff(counts)
    return {"churned": parts, "lift": parts / (n / 10) / rate, "capture": counts[1:] / y.sum()}


def quantile_bins(p, count=10):
    """Bins of equal size by forecast; equal forecasts share a bin."""
    order, start, bins = np.argsort(p, kind="stable"), 0, []
    for part in range(1, count + 1):
        end = len(p) * part // count
        while 0 < end < len(p) and p[order[end]] == p[order[end - 1]]:
            end += 1
        if end > start:
            bins.append(order[start:end])
            start = end
    return bins


def reliability(y, p):
    bins = quantile_bins(p)
    share = np.array([len(b) / len(y) for b in bins])
    mean, rate = np.array([p[b].mean() for b in bins]), np.array([y[b].mean() for b in bins])
    return {
        "n": [len(b) for b in bins], "meanForecast": mean, "rate": rate,
        "ece": (share * abs(mean - rate)).sum(),
        "reliability": (share * (mean - rate) ** 2).sum(),
        "resolution": (share * (rate - y.mean()) ** 2).sum(),
        "uncertainty": y.mean() * (1 - y.mean()),
    }


def platt(y, x):
    """Platt's smoothed targets, to the last digits."""
    high, low = (y.sum() + 1) / (y.sum() + 2), 1 / ((~y).sum() + 2)
    target = np.where(y, high, low)

    def loss(ab):
        m = ab[0] + ab[1] * x
        return (np.logaddexp(0, m) - target * m).sum()

    def slope(ab):
        gap = expit(ab[0] + ab[1] * x) - target
        return np.array([gap.sum(), (gap * x).sum()])

    def curve(ab):
        w = expit(ab[0] + ab[1] * x)
        w = w * (1 - w)
        return np.array([[w.sum(), (w * x).sum()], [(w * x).sum(), (w * x * x).sum()]])

    best = minimize(loss, [0.0, 1.0], jac=slope, hess=curve, method="trust-exact", options={"gtol": 1e-12})
    return {"intercept": best.x[0], "slope": best.x[1]}


def figures(y, p, other):
    x = logit(p)
    line = sm.Logit(y.astype(float), sm.add_constant(x)).fit(disp=0, tol=1e-14, maxiter=100)
    iso = IsotonicRegression(out_of_bounds="clip").fit(x, y.astype(float))
    asked = np.linspace(x.min() - 1, x.max() + 1, 41)
    out = {
        "churned": y.astype(int), "forecast": p, "other": other,
        "rocAUC": roc_auc_score(y, p), "prAUC": average_precision_score(y, p), "logLoss": log_loss(y, p),
        "brier": brier_score_loss(y, p), "ks": ks_2samp(p[y], p[~y]).statistic, "deciles": deciles(y, p),
        "reliability": reliability(y, p), "delong": delong(y, p, other),
        "line": {
            "intercept": line.params[0], "slope": line.params[1],
            "interceptInterval": line.conf_int()[0], "slopeInterval": line.conf_int()[1],
        },
        "platt": platt(y, x),
        "isotonic": {"at": asked, "value": iso.predict(asked), "fitted": iso.predict(x)},
    }
    if len(np.unique(p)) == len(p) and len(p) % 10 == 0:
        rate, mean = calibration_curve(y, p, n_bins=10, strategy="quantile")
        assert np.allclose(rate, out["reliability"]["rate"]) and np.allclose(mean, out["reliability"]["meanForecast"])
    return out


def woe(stayed, churned):
    s, c = np.array(stayed) + 0.5, np.array(churned) + 0.5
    s, c = s / s.sum(), c / c.sum()
    return {"stayed": stayed, "churned": churned, "woe": np.log(s / c), "iv": ((s - c) * np.log(s / c)).sum()}


def regression(random, n, width, penalty):
    x = np.round(random.normal(size=(n, width)), 3)
    x[:, -1] = x[:, 0] + np.round(random.normal(scale=0.1, size=n), 3)
    y = random.random(n) < expit(-1 + x @ np.linspace(-1, 1, width))
    model = LogisticRegression(C=1 / penalty, tol=1e-10, solver="newton-cholesky", max_iter=1000).fit(x, y)
    return {
        "columns": x.T, "churned": y.astype(int), "penalty": penalty,
        "intercept": model.intercept_[0], "coefficients": model.coef_[0],
    }


def plain(value):
    return value.tolist() if isinstance(value, np.ndarray) else value.item()


def main():
    random = np.random.default_rng(20)
    sets = {}
    truth = random.normal(size=400)
    y = random.random(400) < expit(truth * 1.5 - 1)
    p = np.round(expit(truth + random.normal(scale=0.6, size=400) - 1.2), 9)
    sets["smooth"] = figures(y, p, np.round(expit(truth + random.normal(scale=1.2, size=400)), 9))
    truth = random.normal(size=403)
    y = random.random(403) < expit(truth - 2)
    steps = np.array([0.02, 0.05, 0.1, 0.15, 0.3, 0.5, 0.9])
    p = steps[np.clip(np.round(truth + random.normal(scale=0.5, size=403)) + 2, 0, 6).astype(int)]
    sets["tied"] = figures(y, p, np.round(expit(truth + random.normal(size=403)), 1) * 0.8 + 0.1)
    json.dump({
        "sets": sets,
        "woe": [woe([50, 200, 80, 7], [40, 30, 12, 0]), woe([900, 0, 100], [10, 5, 85])],
        "regressions": [regression(random, 300, 4, 1.0), regression(random, 120, 3, 0.01), regression(random, 60, 6, 25.0)],
    }, sys.stdout, indent=None, default=plain)
    print()


main()
