"""One Python script that does what `ebb study` does: pandas, scipy, scikit-learn, matplotlib, python-pptx, XlsxWriter.

Reads the table; profiles it; segments; every test with every pair of groups; a forecast in two repeats of stratified
five-fold cross-validation (a logistic scorecard, the same with pairs of attributes, HistGradientBoosting), calibrated, with
bootstrap intervals; risk groups by a tree, proven on the other half; recommendations and a plan by expected gain; a page
with charts, a presentation of sixteen slides with native charts, the list of clients to contact, study.json.
"""
import os

os.environ["OMP_NUM_THREADS"] = "1"  # a model; before the libraries look

import base64
import html
import io
import json
import math
import pathlib
from concurrent.futures import ThreadPoolExecutor

import matplotlib

matplotlib.use("Agg")
import numpy as np
import pandas as pd
import xlsxwriter
from clients import AGE_CUTS, main
from cross_validation import BINS, FOLDS, LAMBDA, PATIENCE, ROUNDS, SEARCH_OF_FEW, SEED, STOPPING_SHARE
from matplotlib.figure import Figure
from pandas_jobs import band, hypotheses_of
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt
from scipy import stats
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

REPEATS, RESAMPLES = 2, 200
# What the plan assumes, as Ebb's built-in catalogue does.
MARGIN, PRODUCT_VALUE, CONTACT_COST, EFFECT, CONTROL, LIMIT = 0.03, 1000, 50, 0.1, 0.1, 0.2


def wilson(churned, n):
    z = stats.norm.ppf(0.975)
    p = churned / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return middle - half, middle + half


# MARK: Forecast


def designs(frame):
    """Columns of the three models: bands as dummies, those and their pairs, plain numbers."""
    bands = pd.DataFrame({
        "Age": band(frame.Age, [25, 30, 35, 40, 45, 50, 55, 60, 65]).cat.codes, "Products": frame.Products.clip(upper=4),
        "City": frame.City.astype("category").cat.codes, "Gender": frame.Gender.astype("category").cat.codes,
        "Loyalty": frame.Loyalty, "CreditCard": frame.CreditCard, "Objects": frame.Objects,
        "Balance": pd.cut(frame.Balance, [-np.inf, 80_000, 105_000, 125_000, 145_000, np.inf]).cat.codes,
        "score": band(frame.score, [580, 670, 740, 800]).cat.codes,
        "income": pd.qcut(frame.estimated_salary, 5).cat.codes})
    card = pd.get_dummies(bands.astype("category"), dtype=np.float32)
    pairs = bands[[]].copy()
    for first, second in (("Products", "Age"), ("Products", "Balance"), ("Age", "Loyalty"), ("Products", "City")):
        pairs[first + second] = bands[first] * 100 + bands[second]
    with_pairs = pd.concat([card, pd.get_dummies(pairs.astype("category"), dtype=np.float32)], axis=1)
    plain = pd.get_dummies(frame.drop(columns=["userid", "Churn"]), columns=["City", "Gender"])
    return {"scorecard": card, "scorecard with pairs": with_pairs, "trees": plain.astype(np.float32)}


def fit(name, features, churned):
    if name == "trees":
        model = HistGradientBoostingClassifier(
            learning_rate=SEARCH_OF_FEW[0]["learning_rate"], max_depth=SEARCH_OF_FEW[0]["depth"], max_iter=ROUNDS, max_bins=BINS,
            l2_regularization=LAMBDA,
            early_stopping=True, validation_fraction=STOPPING_SHARE, n_iter_no_change=PATIENCE, random_state=SEED)
    else:
        model = LogisticRegression(C=1.0, solver="newton-cholesky")
    return model.fit(features, churned)


def cross_validated(matrices, churned):
    """Log-odds out of fold of every model, the mean of the repeats; the folds spread over the cores."""
    scores = {name: np.zeros(len(churned)) for name in matrices}
    jobs = [(name, training, held) for repeat in range(REPEATS)
            for training, held in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED + repeat).split(churned, churned)
            for name in matrices]

    def one(job):
        name, training, held = job
        model = fit(name, matrices[name][training], churned[training])
        return name, held, model.decision_function(matrices[name][held])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, held, found in pool.map(one, jobs):
            scores[name][held] += found / REPEATS
    return scores


def judged(churned, probability):
    """Measures with bootstrap intervals of the area."""
    order = np.argsort(-probability)
    top = order[:len(order) // 10]
    draw = np.random.default_rng(SEED)
    areas = []
    for _ in range(RESAMPLES):
        rows = draw.integers(0, len(churned), len(churned))
        ranks = stats.rankdata(probability[rows])
        left = churned[rows] == 1
        areas.append((ranks[left].sum() - left.sum() * (left.sum() + 1) / 2) / (left.sum() * (~left).sum()))
    low, high = np.quantile(areas, [0.025, 0.975])
    ks = stats.ks_2samp(probability[churned == 1], probability[churned == 0]).statistic
    return {"rocAUC": float(roc_auc_score(churned, probability)), "low": float(low), "high": float(high),
            "logLoss": float(log_loss(churned, probability)), "brier": float(brier_score_loss(churned, probability)),
            "ks": float(ks), "capture": float(churned[top].sum() / churned.sum()),
            "lift": float(churned[top].mean() / churned.mean())}


def forecast(frame, churned):
    matrices = {name: table.to_numpy() for name, table in designs(frame).items()}
    scores = cross_validated(matrices, churned)
    measures, probabilities = {}, {}
    for name, score in scores.items():
        # Platt's calibration on scores out of fold.
        platt = LogisticRegression(C=1e6).fit(score[:, None], churned)
        probabilities[name] = platt.predict_proba(score[:, None])[:, 1]
        measures[name] = judged(churned, probabilities[name])
    champion = min(measures, key=lambda name: measures[name]["logLoss"])
    probability = probabilities[champion]
    deciles = [part.tolist() for part in np.array_split(np.argsort(-probability), 10)]
    gains = np.cumsum([churned[part].sum() for part in deciles]) / churned.sum()
    bins = [(float(probability[part].mean()), float(churned[part].mean())) for part in deciles]
    final = fit("trees", matrices["trees"], churned)
    names = designs(frame)["trees"].columns
    drivers = importance(final, matrices["trees"], churned, names)
    return {"measures": measures, "champion": champion, "gains": gains.tolist(), "bins": bins, "drivers": drivers}, probability


def importance(model, features, churned, names):
    """How much worse the trees are when a column is shuffled."""
    draw = np.random.default_rng(SEED)
    rows = draw.choice(len(churned), 2000, replace=False)
    some, left = features[rows], churned[rows]
    base = log_loss(left, model.predict_proba(some)[:, 1])
    found = {}
    for column, name in enumerate(names):
        shuffled = some.copy()
        shuffled[:, column] = draw.permutation(shuffled[:, column])
        found[name] = float(log_loss(left, model.predict_proba(shuffled)[:, 1]) - base)
    return dict(sorted(found.items(), key=lambda item: -item[1]))


# MARK: People


def risk_groups(frame, churned):
    """Leaves of a small tree grown on one half, judged on the other."""
    features = designs(frame)["trees"].fillna(-1)
    draw = np.random.default_rng(SEED).permutation(len(churned))
    first, second = draw[:len(draw) // 2], draw[len(draw) // 2:]
    tree = DecisionTreeClassifier(max_depth=3, min_samples_leaf=50, random_state=SEED).fit(features.iloc[first], churned[first])
    leaves = tree.apply(features.iloc[second])
    rate = churned.mean()
    found = []
    for leaf in np.unique(leaves):
        here = churned[second][leaves == leaf]
        p = stats.binomtest(int(here.sum()), len(here), rate).pvalue
        found.append({"rule": rule_of(tree.tree_, leaf, features.columns), "n": len(here), "churn": float(here.mean()),
                      "interval": wilson(int(here.sum()), len(here)), "p": float(p)})
    return sorted(found, key=lambda group: -group["churn"])


def rule_of(tree, leaf, names):
    conditions = []
    node = leaf
    while node:
        parent = int(np.flatnonzero((tree.children_left == node) | (tree.children_right == node))[0])
        side = "≤" if tree.children_left[parent] == node else ">"
        conditions.append(f"{names[tree.feature[parent]]} {side} {tree.threshold[parent]:.0f}")
        node = parent
    return ", ".join(reversed(conditions))


def portraits(frame, churned):
    """Left against stayed: Cohen's d of numbers, h of shares."""
    left = churned == 1
    found = []
    for name in ("Age", "score", "Objects", "Balance", "Products", "estimated_salary"):
        here, there = frame.loc[left, name].dropna(), frame.loc[~left, name].dropna()
        spread = math.sqrt(((len(here) - 1) * here.var() + (len(there) - 1) * there.var()) / (len(here) + len(there) - 2))
        test = stats.ttest_ind(here, there, equal_var=False)
        found.append((name, here.mean(), there.mean(), (here.mean() - there.mean()) / spread, test.pvalue))
    for name in ("City", "Gender", "Loyalty", "CreditCard"):
        shares = pd.crosstab(frame[name], left, normalize="columns")
        for value, row in shares.iterrows():
            h = 2 * math.asin(math.sqrt(row[True])) - 2 * math.asin(math.sqrt(row[False]))
            found.append((f"{name}: {value}", row[True], row[False], h, math.nan))
    return sorted(found, key=lambda trait: -abs(trait[3]))


AUDIENCES = {
    "highest forecast": lambda frame, risk: risk >= np.quantile(risk, 0.9), "three products or more": lambda frame, _: frame.Products >= 3,
    "45 and older": lambda frame, _: frame.Age >= 45, "inactive": lambda frame, _: frame.Loyalty == 0,
    "largest balances at risk": lambda frame, risk: (frame.Balance >= frame.Balance.quantile(0.75)) & (risk >= np.quantile(risk, 0.75)),
    "one product": lambda frame, _: frame.Products == 1}


def recommendations(frame, churned, risk):
    found = []
    for name, audience in AUDIENCES.items():
        inside = np.asarray(audience(frame, risk))
        here, there = churned[inside], churned[~inside]
        table = [[here.sum(), len(here) - here.sum()], [there.sum(), len(there) - there.sum()]]
        found.append({"name": name, "n": int(inside.sum()), "churn": float(here.mean()), "elsewhere": float(there.mean()),
                      "interval": wilson(int(here.sum()), len(here)), "p": float(stats.chi2_contingency(table).pvalue)})
    return found


def plan(frame, risk):
    """Whom to contact: the highest expected gain first, as long as it pays; a tenth aside for comparison."""
    value = frame.Balance.fillna(0) * MARGIN + frame.Products * PRODUCT_VALUE
    gain = (risk * EFFECT * value - CONTACT_COST).to_numpy()
    order = np.argsort(-gain, kind="stable")
    order = order[:int(LIMIT * len(frame))]
    order = order[gain[order] > 0]
    control = np.zeros(len(order), dtype=bool)
    control[np.random.default_rng(SEED).choice(len(order), int(CONTROL * len(order)), replace=False)] = True
    listed = pd.DataFrame({
        "queue": np.arange(1, len(order) + 1), "userid": frame.userid.to_numpy()[order].astype(str),
        "City": frame.City.to_numpy()[order], "probability": risk[order],
        "group": np.where(control, "control", "contact"), "value": value.to_numpy()[order], "cost": CONTACT_COST,
        "gain": gain[order]})
    curve = np.cumsum(gain[order])
    at_half = (risk * EFFECT / 2 * value - CONTACT_COST).to_numpy()[order].sum()
    return listed, {"contacts": len(order), "gain": float(curve[-1]), "cost": CONTACT_COST * len(order),
                    "curve": curve[::max(1, len(curve) // 40)].tolist(), "gainAtHalfTheEffect": float(at_half)}


# MARK: Artifacts


def drawn(draw, size=(6.4, 3.2)):
    figure = Figure(figsize=size, layout="constrained")
    draw(figure.subplots())
    out = io.BytesIO()
    figure.savefig(out, format="svg")
    return out.getvalue().decode()


def page(path, study):
    """A page with its charts inside."""
    parts = ["<!doctype html><meta charset=utf-8><title>Churn</title><h1>Churn</h1>"]
    for name, rows in study["churn"].items():
        labels = [str(row["value"]) for row in rows]
        rates = [row["churn"] for row in rows]
        whiskers = np.transpose([[max(0, row["churn"] - row["interval"][0]), max(0, row["interval"][1] - row["churn"])] for row in rows])
        parts.append(f"<h2>{html.escape(name)}</h2>" + drawn(lambda axes: axes.bar(labels, rates, yerr=whiskers)))
        parts.append(pd.DataFrame(rows).to_html(index=False))
    forecast = study["forecast"]
    parts.append("<h2>Forecast</h2>" + drawn(lambda axes: axes.plot(np.linspace(0, 1, 11), [0, *forecast["gains"]])))
    parts.append(drawn(lambda axes: axes.scatter(*zip(*forecast["bins"]))))
    parts.append(drawn(lambda axes: axes.barh(list(forecast["drivers"]), list(forecast["drivers"].values()))))
    parts.append(pd.DataFrame(forecast["measures"]).T.to_html())
    parts.append("<h2>Risk groups</h2>" + pd.DataFrame(study["riskGroups"]).to_html(index=False))
    parts.append("<h2>Portrait</h2>" + pd.DataFrame(study["portraits"]).to_html(index=False))
    parts.append("<h2>Plan</h2>" + drawn(lambda axes: axes.plot(study["plan"]["curve"])))
    parts.append(pd.DataFrame(study["recommendations"]).to_html(index=False))
    path.write_text("\n".join(parts), encoding="utf-8")


def presentation(path, study):
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)

    def slide(title, notes):
        new = deck.slides.add_slide(deck.slide_layouts[5])
        new.shapes.title.text = title
        new.notes_slide.notes_text_frame.text = notes
        return new

    def chart(new, kind, labels, values, left=0.6, width=12):
        data = CategoryChartData()
        data.categories = labels
        data.add_series("share", values)
        new.shapes.add_chart(kind, Inches(left), Inches(1.8), Inches(width), Inches(5), data)

    def scatter(new, pairs, left, width):
        data = XyChartData()
        series = data.add_series("share")
        for x, y in pairs:
            series.add_data_point(x, y)
        new.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, Inches(left), Inches(1.8), Inches(width), Inches(5), data)

    def table(new, heads, rows, top=1.8):
        shape = new.shapes.add_table(len(rows) + 1, len(heads), Inches(0.6), Inches(top), Inches(12), Inches(4.5))
        for row, cells in enumerate([heads, *rows]):
            for column, cell in enumerate(cells):
                at = shape.table.cell(row, column)
                at.text = f"{cell:.3f}" if isinstance(cell, float) else str(cell)
                at.text_frame.paragraphs[0].font.size = Pt(14)

    def bullets(new, lines):
        frame = new.shapes.add_textbox(Inches(0.6), Inches(1.8), Inches(12), Inches(5)).text_frame
        for line in lines:
            frame.add_paragraph().text = line

    churn, model, groups = study["churn"], study["forecast"], study["riskGroups"]
    slide(f"Churn is {study['rate']:.1%}", "The answer first.")
    bullets(slide("In one page", "What was found."), [f"{name}: {rows[0]['churn']:.1%}" for name, rows in churn.items()])
    table(slide("The data", "What was read."), ["column", "n", "missing"], study["columns"])
    for name in ("Products", "City", "AgeBand", "Loyalty"):
        rows = churn[name]
        chart(slide(f"Churn by {name}", "Wilson's intervals in the table."), XL_CHART_TYPE.BAR_CLUSTERED,
              [str(row["value"]) for row in rows], [row["churn"] for row in rows])
    table(slide("Left against stayed", "Cohen's d and h."), ["trait", "left", "stayed", "effect"],
          [trait[:4] for trait in study["portraits"][:8]])
    table(slide("Risk groups", "Proven on the other half."), ["rule", "n", "churn", "p"],
          [[group["rule"], group["n"], group["churn"], group["p"]] for group in groups[:5]])
    table(slide("Hypotheses", "Holm's correction."), ["hypothesis", "statistic", "p"], study["hypotheses"])
    new = slide("What the forecast can do", "Out of fold.")
    scatter(new, list(zip(np.linspace(0, 1, 11), [0, *model["gains"]])), 0.6, 6)
    scatter(new, model["bins"], 6.8, 6)
    chart(slide("What drives it", "Permutation importance."), XL_CHART_TYPE.BAR_CLUSTERED, list(model["drivers"])[:8],
          list(model["drivers"].values())[:8])
    table(slide("Recommendations", "Evidence of each."), ["audience", "n", "churn", "elsewhere", "p"],
          [[one["name"], one["n"], one["churn"], one["elsewhere"], one["p"]] for one in study["recommendations"]])
    scatter(slide("Plan and money", "The gain by contacts."), list(enumerate(study["plan"]["curve"])), 0.6, 12)
    table(slide("Experiment", "A tenth aside."), ["what", "figure"], [[k, v] for k, v in study["plan"].items() if k != "curve"])
    bullets(slide("What we do not know", "Said openly."), ["Causes", "Dates", "What offers do"])
    deck.save(path)


def workbook(path, listed):
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Contacts")
    sheet.write_row(0, 0, listed.columns)
    for row, cells in enumerate(listed.itertuples(index=False), 1):
        sheet.write_row(row, 0, cells)
    book.close()


def whole(path, out):
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    # At this size Arrow's reading costs more to start than it saves.
    frame = pd.read_csv(path)
    churned = frame.Churn.to_numpy()
    figures = hypotheses_of(frame)
    wide = frame.assign(AgeBand=band(frame.Age, AGE_CUTS), HasBalance=frame.Balance.notna())
    churn = {}
    for name in ("Products", "City", "AgeBand", "Loyalty", "Gender", "CreditCard", "Objects", "HasBalance"):
        rows = wide.groupby(name, observed=True).Churn.agg(["size", "sum"])
        churn[name] = [{"value": str(value), "n": int(n), "churned": int(c), "churn": c / n, "interval": wilson(c, n)}
                       for value, n, c in rows.itertuples()]
    model, risk = forecast(frame, churned)
    listed, money = plan(frame, risk)
    study = {
        "rate": churned.mean(), "churn": churn, "portraits": portraits(frame, churned),
        "columns": [[name, len(frame), int(frame[name].isna().sum())] for name in frame.columns],
        "riskGroups": risk_groups(frame, churned), "forecast": model,
        "hypotheses": [[f"{measure} by {by}", figures[f"test/{measure}/{by}/welchANOVA/statistic"],
                        figures[f"test/{measure}/{by}/welchANOVA/p"]]
                       for by in ("Products", "Churn") for measure in ("estimated_salary", "score")],
        "recommendations": recommendations(frame, churned, risk), "plan": money}
    (out / "study.json").write_text(json.dumps({**study, "figures": figures}, default=float), encoding="utf-8")
    page(out / "dashboard.html", study)
    presentation(out / "presentation.pptx", study)
    workbook(out / "contacts.xlsx", listed)
    listed.to_csv(out / "contacts.csv", index=False)
    return {**figures, "rocAUC": model["measures"]["trees"]["rocAUC"], "n": len(frame)}


if __name__ == "__main__":
    main({"whole": whole})
