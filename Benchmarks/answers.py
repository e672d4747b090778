"""Ebb's answers under the peers' names, and the comparison of the two."""
import csv
import math
from itertools import zip_longest

# Cells of fewer clients are pooled in what Ebb writes; the peers' stay as they are and are not compared.
PRIVACY = 5
# Clients in cells that Ebb does not show: the small ones, and a neighbour with each that would tell it by difference.
LEFT_OUT = "clients in cells left out"


def of_reading(totals):
    figures = {"rows": totals["rows"]}
    for column in totals["columns"]:
        if column.get("sum") is not None:
            figures[f"sum/{column['name']}"] = column["sum"]
            figures[f"missing/{column['name']}"] = column["missing"]
        elif column.get("levels") is not None:
            figures[f"levels/{column['name']}"] = column["levels"]
    return figures


SHORT = {"standardDeviation": "sd", "minimum": "min", "maximum": "max"}
NUMBERS = ["n", "missing", "mean", "standardDeviation", "minimum", "maximum", "sum", "p01", "p05", "q25", "median", "q75",
           "p95", "p99", "skewness", "kurtosis"]


def of_study(study):
    figures = {}
    for column in study["profile"]["columns"]:
        numbers = column.get("numbers")
        if numbers:
            for name in NUMBERS:
                if numbers.get(name) is not None:
                    figures[f"profile/{column['column']}/{SHORT.get(name, name)}"] = numbers[name]
            figures[f"profile/{column['column']}/missing"] = column["missing"]
    association = study["profile"]["association"]
    for pair in association["correlations"]:
        for method in ("pearson", "spearman"):
            if pair.get(method) is not None:
                figures["/".join(["correlation", *sorted([pair["first"], pair["second"]]), method])] = pair[method]
    for one in association["information"]:
        name = attribute(one["attribute"]) or f"{one['attribute']['column']}/fifths"
        for key, kind in (("iv", "iv"), ("ivAdjusted", "adjusted")):
            if one.get(key) is not None:
                figures[f"information/{name}/{kind}"] = one[key]
    for feature in association["singleFeatures"]:
        figures[f"auc/{feature['column']}"] = feature["rocAUC"]
    churn = study["churn"]
    for by in churn["by"]:
        name = attribute(by["attribute"])
        for level in by["levels"] if name else []:
            figures[f"counts/{name}/{level['value']}/n"] = level["n"]
            figures[f"counts/{name}/{level['value']}/churned"] = level["churned"]
    for table in churn["cross"]:
        names = attribute(table["first"]), attribute(table["second"])
        for cell in table["cells"]:
            key = "/".join(["counts", *names, cell["first"], cell["second"]])
            figures[f"{key}/n"], figures[f"{key}/churned"] = cell["n"], cell["churned"]
    cube = churn["cube"]
    for cell in cube["cells"]:
        values = [cube_value(axis, i) for axis, i in zip(cube["axes"], cell["at"])]
        key = "/".join(["counts", "cube", *values])
        figures[f"{key}/n"], figures[f"{key}/churned"] = cell["n"], cell["churned"]
        figures[f"{key}/balance"] = cell["balance"]
    figures[LEFT_OUT] = cube["pooledClients"]
    for name, list_ in (("churn", "byChurn"), ("products", "byProducts"), ("both", "byProductsAndChurn")):
        for segment in study["segments"][list_]:
            key = f"segment/{name}/{'|'.join(segment['values'])}"
            figures[f"{key}/n"] = segment["n"]
            for number in segment["numbers"]:
                for field in ("n", "mean", "standardDeviation", "minimum", "maximum", "sum", "q25", "median", "q75"):
                    if number.get(field) is not None:
                        figures[f"{key}/{number['column']}/{SHORT.get(field, field)}"] = number[field]
            for category in segment["categories"]:
                column = attribute(category["attribute"])
                for level in category["levels"] if column else []:
                    if level["share"]["having"]:
                        figures[f"{key}/{column}={level['value']}"] = level["share"]["having"]
    for hypothesis in (study.get("hypotheses") or {}).get("tested", []):
        comparison = hypothesis.get("comparison")
        if comparison:
            figures |= of_comparison(comparison)
    return {k: v for k, v in figures.items() if "pooled" not in k}


def of_forecast(study):
    """The out-of-fold area of the trees, its interval, and the scorecard's."""
    forecast = study["forecast"]
    scorecard = next(one for one in forecast["models"] if one["name"] == "scorecard")
    return of_trees(forecast["models"], forecast["n"]) | {"scorecard": scorecard["metrics"]["rocAUC"]["estimate"]}


def of_validation(validation):
    """The same of `ebb validate`, the trees alone."""
    return of_trees(validation["methods"], validation["n"])


def of_trees(methods, n):
    area = next(one for one in methods if one["name"] == "trees")["metrics"]["rocAUC"]
    return {"rocAUC": area["estimate"], "lower": area["lower"], "upper": area["upper"], "n": n}


def cube_value(axis, index):
    """A level's name; of groups by quantiles, whose bounds are numbers, the group's place."""
    name = axis["values"][index]
    return str(index) if axis["attribute"]["kind"] == "quantiles" and name not in ("missing", "pooled") else name


def attribute(of):
    """The peers' name of an attribute; `None` for groups by quantiles, of which only the information value is asked."""
    kind, column = of["kind"], of["column"]
    if kind == "bands":
        return {"Age": "AgeBand", "score": "ScoreBand"}.get(column)
    if kind == "presence":
        return {"Balance": "HasBalance"}.get(column)
    return column if kind == "levels" else None


def of_comparison(comparison):
    figures = {}
    key = f"test/{comparison['measure']}/{comparison['by']['column']}"
    for test in comparison["tests"]:
        put_test(figures, f"{key}/{test['name']}", test)
    for pair in comparison["pairs"]:
        for test in pair["tests"]:
            if test["name"] in ("welchT", "mannWhitneyU"):
                name = f"{key}/{pair['first']}-{pair['second']}/{test['name']}"
                put_test(figures, name, test)
                figures[f"{name}/holm"] = test.get("pValueHolm")
    return figures


def put_test(figures, key, test):
    figures[f"{key}/statistic"] = test.get("statistic")
    figures[f"{key}/p"] = test.get("pValue")


def tolerance(name):
    """Relative, and absolute for figures near nought of no unit.

    Counts, sums, means, spreads, quantiles, correlations, information values and AUC to 1e-9. A test statistic is a
    small difference of large sums, which doubles lose digits of; a p-value multiplies that loss."""
    if name.startswith("test/"):
        return (1e-6, 1e-12) if name.endswith(("/p", "/holm")) else (1e-6, 1e-9)
    if name.endswith(("/skewness", "/kurtosis", "/pearson", "/spearman")):
        return 1e-9, 1e-9
    return 1e-9, 0


def differences(ebb, peer):
    """Figures of the peer that Ebb lacks or says otherwise, as lines; and how many were compared.

    Ebb lacks small groups. Of the cube's cells it lacks as many clients as it says: small cells, and at most one neighbour
    with each."""
    lines, compared = [], 0
    left_out, small, neighbours = 0, 0, []
    for name, theirs in peer.items():
        ours = ebb.get(name)
        if ours is None:
            line = f"{name}: {theirs}, missing in Ebb"
            if not name.startswith("counts/cube/"):
                lines += [] if is_small(name, peer) else [line]
            elif name.endswith("/n"):
                left_out += theirs
                if is_small(name, peer):
                    small += 1
                else:
                    neighbours.append(line)
            continue
        compared += 1
        relative, absolute = tolerance(name)
        if not math.isclose(ours, theirs, rel_tol=relative, abs_tol=absolute):
            lines.append(f"{name}: {ours} in Ebb, {theirs} there")
    if LEFT_OUT in ebb and any(name.startswith("counts/cube/") for name in peer):
        compared += 1
        if ebb[LEFT_OUT] != left_out:
            lines.append(f"{LEFT_OUT}: {ebb[LEFT_OUT]} in Ebb, {left_out} there")
    if len(neighbours) > small:
        lines += neighbours
    return lines, compared


# Areas this near are called equal whatever the intervals: other folds alone move them so far.
EQUAL_AUC = 0.002


def at_equal_auc(ebb, peer):
    """Forecasts of as many clients, as good: the peer's area is as near to Ebb's trees' as the interval reaches."""
    lines = []
    if ebb["n"] != peer["n"]:
        lines.append(f"clients: {ebb['n']} in Ebb, {peer['n']} there")
    near = max(EQUAL_AUC, ebb["upper"] - ebb["rocAUC"], ebb["rocAUC"] - ebb["lower"])
    if not abs(ebb["rocAUC"] - peer["rocAUC"]) <= near:
        lines.append(f"ROC AUC: {ebb['rocAUC']:.4f} in Ebb, {peer['rocAUC']:.4f} there, more than {near:.4f} apart")
    return lines, 2


def of_whole(ebb, peer):
    """Forecasts as good, and all figures that the peer has of profile, segments and tests."""
    lines, compared = at_equal_auc(ebb, peer)
    further, more = differences(ebb, {name: value for name, value in peer.items() if "/" in name})
    return lines + further, compared + more


def told_of_forecast(ebb):
    told = f"Ebb's is that of its trees, interval [{ebb['lower']:.4f}; {ebb['upper']:.4f}]"
    return told + (f"; its scorecard's {ebb['scorecard']:.4f}" if "scorecard" in ebb else "")


def of_scores(ebb, peer):
    """Two files, row by row: the same clients in the same order, probabilities equal to what Ebb writes of them."""
    lines, compared = [], 0
    with open(ebb["scored"], encoding="utf-8", newline="") as our_file, \
            open(peer["scored"], encoding="utf-8", newline="") as their_file:
        ours, theirs = csv.reader(our_file), csv.reader(their_file)
        next(ours, None), next(theirs, None)
        for row, (one, other) in enumerate(zip_longest(ours, theirs), 1):
            compared += 1
            if one is None or other is None or one[0] != other[0] or not abs(float(one[1]) - float(other[1])) <= 1e-6:
                lines.append(f"row {row}: {one and one[:2]} in Ebb, {other} there")
                if one is None or other is None:
                    break
    return lines, compared


def is_small(name, peer):
    """Whether the peer's cell holds too few clients to be shown by Ebb (or none at all)."""
    if name.startswith("counts/"):
        n = peer.get(name.rsplit("/", 1)[0] + "/n", 0)
        return n < 2 * PRIVACY
    if name.startswith("segment/"):
        # The spread of a group of one, or of a segment that is not shown.
        return peer.get("/".join(name.split("/")[:3]) + "/n", 0) < 2 * PRIVACY
    return False
