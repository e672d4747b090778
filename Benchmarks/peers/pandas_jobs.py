"""The jobs in pandas (read by Arrow's parallel reader) and, for the tests, scipy."""
import numpy as np
import pandas as pd
from clients import (AGE_CUTS, COMPLETE, COUNTED, CUBE, FIFTH_POINTS, FIFTHS, FLAGS, FURTHER, NUMBERS, QUANTILES,
                     SCORE_CUTS, SEGMENTS, SORTED, SPREAD, TEXTS, Figures, band_labels, fifth_cuts, main)


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


def fifths(values, cuts):
    names = [*map(str, range(len(cuts) + 1)), "missing"]
    codes = pd.cut(values, [-np.inf, *cuts, np.inf], labels=False).fillna(len(cuts) + 1).astype("int8")
    return pd.Categorical.from_codes(codes, names)


def correlate(figures, method, columns, only=None):
    """numpy's product of matrices: several times as fast as DataFrame.corr, which goes pair by pair."""
    names = list(columns)
    matrix = np.corrcoef([columns[c].to_numpy(dtype=float) for c in names])
    for i, first in enumerate(names):
        for j, second in enumerate(names[:i]):
            if only is None or only in (first, second):
                figures.correlation(method, first, second, matrix[i, j])


def associations(figures, frame, cuts):
    """Every column is ranked once, among everybody, and once more among those who have a balance."""
    held = frame.loc[frame.Balance.notna(), NUMBERS]
    ranks, held_ranks = {c: frame[c] for c in FLAGS}, {c: held[c] for c in FLAGS}
    for c in COUNTED:
        table = frame.groupby(c).agg(n=("Churn", "size"), churned=("Churn", "sum"), held=("Balance", "count"))
        figures.of_counts(c, table[["n", "churned"]].itertuples(), cuts.get(c))
        ranks[c] = frame[c].map(table.n.cumsum() - table.n / 2 + 0.5)
        held_ranks[c] = held[c].map(table.held.cumsum() - table.held / 2 + 0.5)
    ranks["estimated_salary"] = frame.estimated_salary.rank()
    for c in SORTED:
        held_ranks[c] = held[c].rank()
        rank, churn = (held_ranks[c], held.Churn) if c == "Balance" else (ranks[c], frame.Churn)
        figures.auc(c, rank.to_numpy() @ churn.to_numpy(), len(churn), churn.sum())
        found = frame.Churn.groupby(fifths(frame[c], cuts[c]), observed=True).agg(["size", "sum"])
        figures.information(f"{c}/fifths", found.itertuples(index=False))
    correlate(figures, "pearson", {c: frame[c] for c in COMPLETE})
    correlate(figures, "pearson", {c: held[c] for c in NUMBERS}, only="Balance")
    correlate(figures, "spearman", ranks)
    correlate(figures, "spearman", held_ranks, only="Balance")


def segments_of(frame):
    figures = Figures()
    cuts = {}
    for c in NUMBERS:
        column = frame[c]
        for name, value in {
                "n": column.count(), "missing": column.isna().sum(), "mean": column.mean(), "sd": column.std(),
                "min": column.min(), "max": column.max(), "sum": column.sum(), "skewness": column.skew(),
                "kurtosis": column.kurt()}.items():
            figures.put(f"profile/{c}/{name}", value)
        quantiles = column.quantile([*QUANTILES.values(), *FIFTH_POINTS])
        for name, value in zip(QUANTILES, quantiles):
            figures.put(f"profile/{c}/{name}", value)
        if c in FIFTHS:
            cuts[c] = fifth_cuts(column.min(), quantiles[len(QUANTILES):], column.max())
    clients = frame.drop(columns="userid").assign(
        City=frame.City.astype("category"), Gender=frame.Gender.astype("category"),
        AgeBand=band(frame.Age, AGE_CUTS), ScoreBand=band(frame.score, SCORE_CUTS),
        BalanceFifth=fifths(frame.Balance, cuts["Balance"]))
    cube = clients.groupby(CUBE, observed=True).agg(n=("Churn", "size"), held=("Balance", "sum"))
    further = clients.groupby([*FURTHER, "Products", "Churn"], observed=True).size()
    figures.counts(cube.reset_index().itertuples(index=False), further.reset_index().itertuples(index=False))
    associations(figures, frame, cuts)
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
    return hypotheses_of(load(path))


def hypotheses_of(frame):
    from scipy_tests import compare

    figures = segments_of(frame)
    for by in ("Products", "Churn"):
        for measure in ("estimated_salary", "score"):
            groups = {level: values.dropna().to_numpy() for level, values in frame.groupby(by)[measure]}
            levels = sorted(groups)
            compare(figures, measure, by, levels, [groups[level] for level in levels])
    return figures


if __name__ == "__main__":
    main({"read": read, "segments": segments, "hypotheses": hypotheses})
