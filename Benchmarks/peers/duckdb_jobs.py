"""The jobs in DuckDB: the file becomes a table once, then one query for each kind of figure."""
import math
from itertools import combinations

import duckdb
from clients import (AGE_CUTS, COMPLETE, COUNTED, CUBE, FIFTH_POINTS, FIFTHS, FURTHER, NUMBERS, QUANTILES, SCORE_CUTS,
                     SEGMENTS, SORTED, SPREAD, TEXTS, Figures, band_labels, fifth_cuts, main)


def load(path):
    connection = duckdb.connect()
    # The order of rows is of no use here; to give it up is faster.
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("CREATE TABLE clients AS SELECT * FROM read_csv(?)", [path])
    return connection


def row(connection, query):
    result = connection.execute(query)
    names = [d[0] for d in result.description]
    return dict(zip(names, result.fetchone()))


def read(path):
    connection = load(path)
    parts = ['count(*) AS "rows"']
    parts += [f'sum({c}) AS "sum/{c}", count(*) - count({c}) AS "missing/{c}"' for c in NUMBERS]
    parts += [f'count(DISTINCT {c}) AS "levels/{c}"' for c in TEXTS]
    return {k: float(v) for k, v in row(connection, f"SELECT {', '.join(parts)} FROM clients").items()}


def band(column, cuts, name):
    labels = band_labels(cuts)
    whens = " ".join(f"WHEN {column} < {cut} THEN '{label}'" for cut, label in zip(cuts, labels))
    return f"CASE {whens} ELSE '{labels[-1]}' END AS {name}"


def fifth(column, cuts):
    whens = " ".join(f"WHEN {column} <= {cut!r} THEN '{i}'" for i, cut in enumerate(cuts))
    return f"CASE {whens} WHEN {column} IS NULL THEN 'missing' ELSE '{len(cuts)}' END"


def spread(c):
    return f"""count({c}) AS "{c}/n", avg({c}) AS "{c}/mean", stddev_samp({c}) AS "{c}/sd", min({c}) AS "{c}/min",
        max({c}) AS "{c}/max", sum({c}) AS "{c}/sum", quantile_cont({c}, [0.25, 0.5, 0.75]) AS "{c}/quartiles" """


def associations(figures, connection, cuts):
    """Of every value: clients, leavers and its rank, among everybody and among those who have a balance."""
    ranked = [*COUNTED, *SORTED]
    for c in ranked:
        connection.execute(f"""CREATE TABLE ranks_{c} AS SELECT {c}, n, churned, sum(n) OVER upto - (n - 1) / 2 AS rank,
            sum(held) OVER upto - (held - 1) / 2 AS held_rank
            FROM (SELECT {c}, count(*) AS n, sum(Churn) AS churned, count(Balance) AS held FROM clients GROUP BY {c})
            WINDOW upto AS (ORDER BY {c} NULLS LAST ROWS UNBOUNDED PRECEDING)""")
        figures.auc(c, *connection.execute(
            f"SELECT sum(churned * rank), sum(n), sum(churned) FROM ranks_{c} WHERE {c} IS NOT NULL").fetchone())
        if c in FIFTHS:
            figures.information(f"{c}/fifths", connection.execute(
                f"SELECT sum(n), sum(churned) FROM ranks_{c} GROUP BY {fifth(c, cuts[c])}").fetchall())

    joins = " ".join(f"{'LEFT JOIN' if c == 'Balance' else 'JOIN'} ranks_{c} USING ({c})" for c in ranked)
    middle = row(connection, f"SELECT count(*) AS n, {', '.join(f'avg({c}) AS {c}' for c in NUMBERS)} FROM clients")
    values = {c: f"({c} - {middle[c]!r}::DOUBLE)" for c in NUMBERS}
    correlations(figures, connection, "pearson", "clients", values, values)

    def ranks(which):
        return {c: f"(ranks_{c}.{which} - {middle['n'] / 2!r}::DOUBLE)" if c in ranked else c for c in NUMBERS}

    correlations(figures, connection, "spearman", f"clients {joins}", ranks("rank"), ranks("held_rank"))


def correlations(figures, connection, method, source, everybody, holders):
    """From sums of products, faster than by corr(); the columns come near their middles, so that no digits are lost.

    What is paired with a balance counts only where there is one; elsewhere it is NULL (nought times NULL), which sums
    leave out."""
    columns = {c: everybody[c] for c in COMPLETE} | {"Balance": holders["Balance"]}
    columns |= {f"held_{c}": f"{holders[c]} + 0 * {holders['Balance']}" for c in COMPLETE}
    pairs = [*combinations(COMPLETE, 2), *(("Balance", f"held_{c}") for c in COMPLETE)]
    parts = [f'count({c}) AS "n/{c}", sum({c}) AS "{c}", sum({c} * {c}) AS "{c}/{c}"' for c in columns]
    parts += [f'sum({a} * {b}) AS "{a}/{b}"' for a, b in pairs]
    inner = ", ".join(f"{e} AS {c}" for c, e in columns.items())
    sums = row(connection, f"SELECT {', '.join(parts)} FROM (SELECT {inner} FROM {source})")

    def moment(a, b):
        return sums[f"{a}/{b}"] - sums[a] * sums[b] / sums[f"n/{a}"]

    for a, b in pairs:
        figures.correlation(method, a, b.removeprefix("held_"), moment(a, b) / math.sqrt(moment(a, a) * moment(b, b)))


def segments(path):
    connection = load(path)
    figures = Figures()
    points = [*QUANTILES.values(), *FIFTH_POINTS]
    whole = row(connection, "SELECT " + ", ".join(
        f"""count({c}) AS "{c}/n", count(*) - count({c}) AS "{c}/missing", avg({c}) AS "{c}/mean",
        stddev_samp({c}) AS "{c}/sd", min({c}) AS "{c}/min", max({c}) AS "{c}/max", sum({c}) AS "{c}/sum",
        skewness({c}) AS "{c}/skewness", kurtosis({c}) AS "{c}/kurtosis", quantile_cont({c}, {points}) AS "{c}/quantiles" """
        for c in NUMBERS) + " FROM clients")
    cuts = {}
    for name, value in whole.items():
        if name.endswith("/quantiles"):
            for q, x in zip(QUANTILES, value):
                figures.put(f"profile/{name.removesuffix('quantiles')}{q}", x)
            c = name.removesuffix("/quantiles")
            cuts[c] = fifth_cuts(whole[f"{c}/min"], value[len(QUANTILES):], whole[f"{c}/max"])
        else:
            figures.put(f"profile/{name}", value)
    connection.execute(f"""CREATE VIEW banded AS SELECT *, {band('Age', AGE_CUTS, 'AgeBand')},
        {band('score', SCORE_CUTS, 'ScoreBand')},
        {fifth('Balance', cuts['Balance'])} AS BalanceFifth FROM clients""")
    cube = connection.execute(
        f"SELECT {', '.join(CUBE)}, count(*), sum(Balance) FROM banded GROUP BY ALL").fetchall()
    further = connection.execute(
        f"SELECT {', '.join(FURTHER)}, Products, Churn, count(*) FROM banded GROUP BY ALL").fetchall()
    figures.counts(cube, further)
    associations(figures, connection, cuts)
    for segment, keys in SEGMENTS.items():
        columns = [c for c in SPREAD if c not in keys]
        result = connection.execute(
            f"SELECT {', '.join(keys)}, {', '.join(map(spread, columns))} FROM clients GROUP BY {', '.join(keys)}")
        names = [d[0] for d in result.description]
        for found in result.fetchall():
            record = dict(zip(names, found))
            values = "|".join(str(record[k]) for k in keys)
            for name, value in record.items():
                if name.endswith("/quartiles"):
                    for q, x in zip(("q25", "median", "q75"), value or []):
                        figures.put(f"segment/{segment}/{values}/{name.removesuffix('quartiles')}{q}", x)
                elif name not in keys:
                    figures.put(f"segment/{segment}/{values}/{name}", value)
    return figures


main({"read": read, "segments": segments})
