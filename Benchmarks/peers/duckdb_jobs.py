"""The jobs in DuckDB: the file becomes a table once, then one query for each kind of figure."""
import duckdb
from clients import (AGE_CUTS, CUBE, FURTHER, NUMBERS, QUANTILES, SCORE_CUTS, SEGMENTS, SPREAD, TEXTS, Figures,
                     band_labels, main)


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


def spread(c):
    return f"""count({c}) AS "{c}/n", avg({c}) AS "{c}/mean", stddev_samp({c}) AS "{c}/sd", min({c}) AS "{c}/min",
        max({c}) AS "{c}/max", sum({c}) AS "{c}/sum", quantile_cont({c}, [0.25, 0.5, 0.75]) AS "{c}/quartiles" """


def segments(path):
    connection = load(path)
    figures = Figures()
    points = list(QUANTILES.values())
    whole = row(connection, "SELECT " + ", ".join(
        f"""count({c}) AS "{c}/n", count(*) - count({c}) AS "{c}/missing", avg({c}) AS "{c}/mean",
        stddev_samp({c}) AS "{c}/sd", min({c}) AS "{c}/min", max({c}) AS "{c}/max", sum({c}) AS "{c}/sum",
        skewness({c}) AS "{c}/skewness", kurtosis({c}) AS "{c}/kurtosis", quantile_cont({c}, {points}) AS "{c}/quantiles" """
        for c in NUMBERS) + " FROM clients")
    for name, value in whole.items():
        if name.endswith("/quantiles"):
            for q, x in zip(QUANTILES, value):
                figures.put(f"profile/{name.removesuffix('quantiles')}{q}", x)
        else:
            figures.put(f"profile/{name}", value)
    connection.execute(f"""CREATE VIEW banded AS SELECT *, {band('Age', AGE_CUTS, 'AgeBand')},
        {band('score', SCORE_CUTS, 'ScoreBand')},
        CASE WHEN Balance IS NULL THEN 'missing' ELSE 'present' END AS HasBalance FROM clients""")
    cube = connection.execute(
        f"SELECT {', '.join(CUBE)}, count(*), sum(Balance) FROM banded GROUP BY ALL").fetchall()
    further = connection.execute(
        f"SELECT {', '.join(FURTHER)}, Products, Churn, count(*) FROM banded GROUP BY ALL").fetchall()
    figures.counts(cube, further)
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
