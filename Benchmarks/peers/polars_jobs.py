"""The jobs in polars: lazy queries over one frame, collected together so that they share work and cores."""
import polars as pl
from clients import (AGE_CUTS, CUBE, FURTHER, NUMBERS, QUANTILES, SCORE_CUTS, SEGMENTS, SPREAD, TEXTS, Figures,
                     band_labels, main)


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
        *(ordered.quantile(p, "linear").alias(f"{column}/{q}") for q, p in QUANTILES.items())]


def segments_of(frame):
    clients = frame.lazy().with_columns(
        band("Age", AGE_CUTS, "AgeBand"), band("score", SCORE_CUTS, "ScoreBand"),
        pl.when(pl.col("Balance").is_null()).then(pl.lit("missing")).otherwise(pl.lit("present")).alias("HasBalance"))
    queries = [
        clients.select(*(e for c in NUMBERS for e in profile(c))),
        clients.group_by(CUBE).agg(pl.len(), pl.col("Balance").sum().alias("held")),
        clients.group_by([*FURTHER, "Products", "Churn"]).agg(pl.len()),
        *(clients.group_by(keys).agg(*(e for c in SPREAD if c not in keys for e in spread(c)))
          for keys in SEGMENTS.values())]
    whole, cube, further, *groups = pl.collect_all(queries)
    figures = Figures()
    for name, value in whole.row(0, named=True).items():
        figures.put(f"profile/{name}", value)
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
