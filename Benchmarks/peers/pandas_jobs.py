"""The jobs in pandas (read by Arrow's parallel reader) and, for the tests, scipy."""
import numpy as np
import pandas as pd
from clients import (AGE_CUTS, CUBE, FURTHER, NUMBERS, QUANTILES, SCORE_CUTS, SEGMENTS, SPREAD, TEXTS, Figures,
                     band_labels, main)


def load(path):
    return pd.read_csv(path, engine="pyarrow")


def read(path):
    frame = load(path)
    figures = {"rows": len(frame)}
    for c in NUMBERS:
        figures[f"sum/{c}"] = float(frame[c].sum())
        figures[f"missing/{c}"] = int(frame[c].isna().sum())
    for c in TEXTS:
        figures[f"levels/{c}"] = int(frame[c].nunique())
    return figures


def band(values, cuts):
    return pd.cut(values, [-np.inf, *cuts, np.inf], right=False, labels=band_labels(cuts))


def segments_of(frame):
    figures = Figures()
    for c in NUMBERS:
        column = frame[c]
        for name, value in {
                "n": column.count(), "missing": column.isna().sum(), "mean": column.mean(), "sd": column.std(),
                "min": column.min(), "max": column.max(), "sum": column.sum(), "skewness": column.skew(),
                "kurtosis": column.kurt()}.items():
            figures.put(f"profile/{c}/{name}", value)
        for name, value in zip(QUANTILES, column.quantile(list(QUANTILES.values()))):
            figures.put(f"profile/{c}/{name}", value)
    clients = frame.drop(columns="userid").assign(
        City=frame.City.astype("category"), Gender=frame.Gender.astype("category"),
        AgeBand=band(frame.Age, AGE_CUTS), ScoreBand=band(frame.score, SCORE_CUTS),
        HasBalance=pd.Categorical.from_codes(frame.Balance.notna().astype("int8"), ["missing", "present"]))
    cube = clients.groupby(CUBE, observed=True).agg(n=("Churn", "size"), held=("Balance", "sum"))
    further = clients.groupby([*FURTHER, "Products", "Churn"], observed=True).size()
    figures.counts(cube.reset_index().itertuples(index=False), further.reset_index().itertuples(index=False))
    for segment, keys in SEGMENTS.items():
        columns = [c for c in SPREAD if c not in keys]
        groups = clients.groupby(keys)[columns]
        table = groups.agg(["count", "mean", "std", "min", "max", "sum"])
        quantiles = groups.quantile([0.25, 0.5, 0.75])
        names = {"count": "n", "mean": "mean", "std": "sd", "min": "min", "max": "max", "sum": "sum"}
        for key, row in table.iterrows():
            values = "|".join(str(int(k)) for k in (key if isinstance(key, tuple) else (key,)))
            for c in columns:
                for old, new in names.items():
                    figures.put(f"segment/{segment}/{values}/{c}/{new}", row[c, old])
        for key, row in quantiles.iterrows():
            *group, q = key
            values = "|".join(str(int(k)) for k in group)
            name = {0.25: "q25", 0.5: "median", 0.75: "q75"}[q]
            for c in columns:
                figures.put(f"segment/{segment}/{values}/{c}/{name}", row[c])
    return figures


def segments(path):
    return segments_of(load(path))


def hypotheses(path):
    from scipy_tests import compare

    frame = load(path)
    figures = segments_of(frame)
    for by in ("Products", "Churn"):
        for measure in ("estimated_salary", "score"):
            groups = {level: values.dropna().to_numpy() for level, values in frame.groupby(by)[measure]}
            levels = sorted(groups)
            compare(figures, measure, by, levels, [groups[level] for level in levels])
    return figures


main({"read": read, "segments": segments, "hypotheses": hypotheses})
