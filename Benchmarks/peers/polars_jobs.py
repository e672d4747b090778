"""The jobs in polars: lazy queries over one frame, collected together so that they share work and cores."""
from itertools import combinations

import polars as pl
from clients import (AGE_CUTS, COMPLETE, COUNTED, CUBE, FIFTH_POINTS, FIFTHS, FLAGS, FURTHER, NUMBERS, QUANTILES,
                     SCORE_CUTS, SEGMENTS, SORTED, SPREAD, TEXTS, Figures, band_labels, fifth_cuts, main)


def load(path):
    return pl.read_csv(path)


def read(path):
    frame = load(path)
    row = frame.select(
        *(pl.col(c).sum().alias(f"sum/{c}") for c in NUMBERS),
        *(pl.col(c).null_count().alias(f"missing/{c}") for c in NUMBERS),
        *(pl.col(c).n_unique().alias(f"levels/{c}") for c in TEXTS)).row(0, named=True)
    return {"rows": frame.height, **row}


def band(column, cuts, name):
    return pl.col(column).bin_intervals(cuts, labels=band_labels(cuts)).alias(name)


def spread(column):
    c = pl.col(column)
    return [
        c.count().alias(f"{column}/n"), c.mean().alias(f"{column}/mean"), c.std().alias(f"{column}/sd"),
        c.min().alias(f"{column}/min"), c.max().alias(f"{column}/max"), c.sum().alias(f"{column}/sum"),
        *(c.quantile(QUANTILES[q], "linear").alias(f"{column}/{q}") for q in ("q25", "median", "q75"))]


def profile(column):
    c = pl.col(column)
    # Sorted once, every quantile is a look-up.
    ordered = c.sort()
    return [
        c.count().alias(f"{column}/n"), c.null_count().alias(f"{column}/missing"), c.mean().alias(f"{column}/mean"),
        c.std().alias(f"{column}/sd"), c.min().alias(f"{column}/min"), c.max().alias(f"{column}/max"),
        c.sum().alias(f"{column}/sum"), c.skew(bias=False).alias(f"{column}/skewness"),
        c.kurtosis(bias=False).alias(f"{column}/kurtosis"),
        *(ordered.quantile(p, "linear").alias(f"{column}/{q}") for q, p in QUANTILES.items()),
        *(ordered.quantile(p, "linear").alias(f"{column}/{p}") for p in FIFTH_POINTS if column in FIFTHS)]


def counted(clients, column):
    """Of every value: clients, leavers and its rank, among everybody and among those who have a balance."""
    n, held = pl.col("n"), pl.col("held")
    return clients.group_by(column).agg(
        pl.len().alias("n"), pl.col("Churn").sum().alias("churned"), pl.col("Balance").count().alias("held")
    ).sort(column).with_columns(
        rank=n.cum_sum() - n / 2 + 0.5, held_rank=held.cum_sum() - held / 2 + 0.5)


def associations(figures, clients, tables, cuts, cube):
    """Every column is ranked once, among everybody, and once more among those who have a balance. Returns the cube."""
    def ranks(which):
        return [*(pl.col(c).replace_strict(t[c], t[which], return_dtype=pl.Float64) for c, t in tables.items()),
                *(pl.col(c).rank("average") for c in SORTED if which == "held_rank" or c in COMPLETE), *FLAGS]

    def correlations(pairs):
        return [pl.corr(a, b).alias(f"{a}/{b}") for a, b in pairs]

    def rank_sums(columns):
        return [(pl.col(c) * pl.col("Churn")).sum().alias(c) for c in columns]

    complete = list(combinations(COMPLETE, 2))
    of_balance = [("Balance", c) for c in COMPLETE]
    holders = clients.filter(pl.col("Balance").is_not_null())
    churn = pl.len().alias("n"), pl.col("Churn").sum().alias("churned")
    cube, everybody, held, *fifths = pl.collect_all([
        cube, clients.select(ranks("rank")).select(*correlations(complete), *rank_sums(["estimated_salary"]), *churn),
        holders.select(ranks("held_rank")).select(*correlations(of_balance), *rank_sums(["Balance"]), *churn),
        *(clients.group_by(pl.col(c).bin_intervals(cuts[c], labels=False, right_closed=True)).agg(churn)
          for c in SORTED),
        clients.select(correlations([*complete, *of_balance]))])
    pearson = fifths.pop()
    for method, row in ("pearson", pearson), ("spearman", everybody), ("spearman", held):
        row = row.row(0, named=True)
        for name, value in row.items():
            if "/" in name:
                figures.correlation(method, *name.split("/"), value)
            elif name in SORTED:
                figures.auc(name, value, row["n"], row["churned"])
    for c, found in zip(SORTED, fifths):
        figures.information(f"{c}/fifths", found.select("n", "churned").rows())
    for c, table in tables.items():
        figures.of_counts(c, table.select(c, "n", "churned").rows(), cuts.get(c))
    return cube


def segments_of(frame):
    clients = frame.lazy().with_columns(band("Age", AGE_CUTS, "AgeBand"), band("score", SCORE_CUTS, "ScoreBand"))
    queries = [
        clients.select(*(e for c in NUMBERS for e in profile(c))),
        clients.group_by([*FURTHER, "Products", "Churn"]).agg(pl.len()),
        *(clients.group_by(keys).agg(*(e for c in SPREAD if c not in keys for e in spread(c)))
          for keys in SEGMENTS.values()),
        *(counted(clients, c) for c in COUNTED)]
    whole, further, *groups = pl.collect_all(queries)
    groups, tables = groups[:len(SEGMENTS)], dict(zip(COUNTED, groups[len(SEGMENTS):]))
    figures = Figures()
    whole = whole.row(0, named=True)
    cuts = {c: fifth_cuts(whole[f"{c}/min"], [whole.pop(f"{c}/{p}") for p in FIFTH_POINTS], whole[f"{c}/max"])
            for c in FIFTHS}
    for name, value in whole.items():
        figures.put(f"profile/{name}", value)
    # The cells are cut at the balance's own fifths, which are known only now.
    names = [str(i) for i in range(len(cuts["Balance"]) + 1)]
    fifth = pl.col("Balance").bin_intervals(cuts["Balance"], labels=names, right_closed=True)
    cube = clients.with_columns(fifth.cast(pl.String).fill_null("missing").alias("BalanceFifth")).group_by(CUBE).agg(
        pl.len(), pl.col("Balance").sum().alias("held"))
    cube = associations(figures, frame.lazy(), tables, cuts, cube)
    figures.counts(cube.rows(), further.rows())
    for (segment, keys), frame in zip(SEGMENTS.items(), groups):
        for row in frame.rows(named=True):
            values = "|".join(str(row[k]) for k in keys)
            for name, value in row.items():
                if name not in keys:
                    figures.put(f"segment/{segment}/{values}/{name}", value)
    return figures


def segments(path):
    return segments_of(load(path))


def hypotheses(path):
    from scipy_tests import compare

    frame = load(path)
    figures = segments_of(frame)
    for by in ("Products", "Churn"):
        parts = frame.select(by, "estimated_salary", "score").partition_by(by, as_dict=True)
        levels = sorted(parts)
        for measure in ("estimated_salary", "score"):
            compare(figures, measure, by, [key[0] for key in levels],
                    [parts[key][measure].drop_nulls().to_numpy() for key in levels])
    return figures


main({"read": read, "segments": segments, "hypotheses": hypotheses})
