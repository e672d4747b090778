#!/usr/bin/env python3
"""Figures of a small made-up bank in the form of the reference (profile, churn, association), by scipy, statsmodels,
scikit-learn and pandas; used in EbbSegmentsTests (MadeUpBank.swift makes the same rows).

Run: python3 profile_churn.py > profile_churn.json   (scipy 1.17, statsmodels 0.15, scikit-learn 1.9, pandas 3.1)
"""
import json
import sys

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.metrics import mutual_info_score, roc_auc_score
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import proportion_confint

NUMBERS = ["score", "age", "objects", "balance", "salary", "products", "card", "active"]
CROSS = [
    ("city", "gender"), ("age_band", "active"), ("products", "city"), ("products", "age_band"),
    ("city", "balance_state"), ("products", "balance_state"), ("gender", "active"), ("products", "active"),
    ("age_band", "gender"),
]


def client(i):
    age = 18 + i * 37 % 53
    active = int(i * 11 % 7 < 4)
    return {
        "id": 1000 + i,
        "products": 4 if i % 20 == 7 else [1, 2, 1, 2, 3][(i * i + i // 7) % 5],
        "city": {5: "C", 11: "D"}.get(i % 67, "AB"[i % 3 % 2]),
        "gender": "FM"[int(i * 7 % 5 < 3)],
        "age": age,
        "objects": i * 29 % 11,
        "balance": np.nan if i % 3 == 1 else (10000 + i * 79190 % 50030 + i % 10) / 10,
        "salary": (20000 + 10 * (i * i * 13 % 997)) * (9 if i % 50 == 3 else 1),
        "score": 400 + i * 53 % 211,
        "card": int(i * 3 % 10 < 7),
        "active": active,
        "churn": int(i % 20 == 7 or i * 17 % 23 + age // 5 + (0 if active else 4) > 26),
    }


def column(x, rows):
    x, missing = x.dropna().to_numpy(float), int(x.isna().sum())
    q25, median, q75 = np.percentile(x, [25, 50, 75])
    reach = 1.5 * (q75 - q25)
    p = {f"p{k:02}": np.percentile(x, k) for k in (1, 5, 95, 99)}
    return {
        "missing": missing, "missing_share": missing / rows, "distinct": len(set(x)), "n_present": len(x),
        "min": x.min(), "max": x.max(), "mean": x.mean(), "std": x.std(ddof=1), "q25": q25, "median": median,
        "q75": q75, **p, "sum": x.sum(), "zeros": int((x == 0).sum()), "skewness": stats.skew(x, bias=False),
        "kurtosis_excess": stats.kurtosis(x, bias=False),
        "tukey_outliers": int(((x < q25 - reach) | (x > q75 + reach)).sum()),
    }


def rates(churn):
    n, k = len(churn), int(churn.sum())
    low, high = proportion_confint(k, n, 0.05, "wilson")
    return {"n": n, "churned": k, "churn_rate": k / n, "wilson_low": low, "wilson_high": high}


def levels(key, churn):
    found = []
    for level in sorted(key.unique(), key=str):
        here = key == level
        row = rates(churn[here])
        k, n, rest = row["churned"], row["n"], churn[~here]
        row |= {
            "level": level, "share": n / len(churn), "stayed": n - k,
            "lift_vs_overall": row["churn_rate"] / churn.mean(),
            "difference_vs_overall_pp": 100 * (row["churn_rate"] - churn.mean()),
            "share_of_all_churned": k / int(churn.sum()),
        }
        if 0 < k < n:
            table = Table2x2([[k, n - k], [int(rest.sum()), int((1 - rest).sum())]])
            rr, odds = table.riskratio_confint(0.05), table.oddsratio_confint(0.05)
            row |= {"rr_vs_rest": table.riskratio, "rr_low": rr[0], "rr_high": rr[1]}
            row |= {"odds_ratio": table.oddsratio, "or_low": odds[0], "or_high": odds[1]}
        found.append(row)
    return found


def woe(bins, churn):
    """Levels of fewer than five clients are one bin."""
    rows = []
    stayed, churned = int((1 - churn).sum()), int(churn.sum())
    names = list(bins.cat.categories) if hasattr(bins, "cat") else sorted(set(bins))
    for name in names:
        k = int(churn[bins == name].sum())
        rows.append({"bin": str(name), "n": int((bins == name).sum()), "churned": k})
    for row in rows:
        k, s = row["churned"], row["n"] - row["churned"]
        row |= {"stayed": s, "churn_rate": k / row["n"], "share": row["n"] / len(churn)}
        for suffix, add in (("", 0), ("_adjusted", 0.5)):
            a = (s + add) / (stayed + add * len(rows))
            b = (k + add) / (churned + add * len(rows))
            defined = a > 0 and b > 0
            row["woe" + suffix] = np.log(a / b) if defined else None
            row["iv" + suffix] = (a - b) * np.log(a / b) if defined else None
    mi = mutual_info_score(bins.astype(str), churn)
    entropy = stats.entropy([stayed, churned])
    return {
        "bins": rows, "iv": sum(r["iv"] or 0 for r in rows),
        "iv_adjusted": sum(r["iv_adjusted"] for r in rows),
        "undefined_bins": [r["bin"] for r in rows if r["woe"] is None],
    }, {"mi_nats": mi, "mi_bits": mi / np.log(2), "share_of_churn_entropy": mi / entropy}


def main():
    t = pd.DataFrame([client(i) for i in range(200)])
    churn = t["churn"]
    bands = [18, 30, 40, 50, 60, np.inf]
    names = ["18-29", "30-39", "40-49", "50-59", "60+"]
    t["age_band"] = pd.cut(t["age"], bands, right=False, labels=names).astype(str)
    t["balance_state"] = np.where(t["balance"].isna(), "missing", "present")
    # C and D have three clients each.
    t["pooled_city"] = t["city"].where(~t["city"].isin(["C", "D"]), "pooled")

    features = {}
    for name in ["score", "age", "objects", "balance", "salary"]:
        binned = pd.qcut(t[name], 5, duplicates="drop")
        if t[name].isna().any():
            binned = binned.cat.add_categories("missing").fillna("missing")
        features[name] = binned
    for name in ["gender", "products", "card", "active", "age_band", "balance_state"]:
        features[name] = t[name].astype(str)
    features["city"] = t["pooled_city"]
    features["objects_as_is"] = t["objects"].map("{:02}".format)
    found = {name: woe(bins, churn) for name, bins in features.items()}
    for row in found["objects_as_is"][0]["bins"]:
        row["bin"] = str(int(row["bin"]))

    matrices = {}
    for kind, test in (("pearson", stats.pearsonr), ("spearman", stats.spearmanr)):
        matrix = matrices[kind] = {"matrix": {}}
        for a in NUMBERS + ["churn"]:
            for b in NUMBERS + ["churn"]:
                if a != b:
                    both = t[[a, b]].dropna()
                    r = test(both[a], both[b])
                    matrix["matrix"].setdefault(a, {})[b] = {
                        "r": r.statistic, "p": r.pvalue, "n": len(both)}
    cross = {
        f"{a}_x_{b}": [{a: str(k[0]), b: str(k[1]), **rates(g)} for k, g in t.groupby([a, b])["churn"]]
        for a, b in CROSS
    }
    profile = {"rows": len(t), "columns": {name: column(t[name], len(t)) for name in NUMBERS + ["churn"]}}
    for name in ["products", "card", "active", "churn", "gender"]:
        counted = t[name].value_counts()
        profile["columns"].setdefault(name, {"missing": 0})["counts"] = {
            str(k): int(v) for k, v in counted.items()}
    json.dump({
        "profile": profile,
        "churn": {
            "overall": rates(churn) | {"stayed": int((1 - churn).sum())},
            "by": {
                name: levels(t["pooled_city" if name == "city" else name], churn)
                for name in
                ["city", "gender", "age_band", "products", "objects", "card", "active", "balance_state"]
            },
            "cross": cross,
        },
        "association": {
            **matrices,
            "woe": {name: pair[0] for name, pair in found.items()},
            "mutual_information": {"features": {name: pair[1] for name, pair in found.items()}},
            "single_feature_auc": {
                name: roc_auc_score(churn[t[name].notna()], t[name].dropna()) for name in NUMBERS
            },
        },
    }, sys.stdout, indent=1, default=lambda x: x.item())
    print()


main()
