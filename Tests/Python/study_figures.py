"""The figures of study.json: where each stands, and as what it may be shown."""

import bisect
import collections
import dataclasses
import itertools
import math
import re

COUNTS = set(
    """n churned successes having of clients contacts contacted control treated neededControl neededPerEqualArm neededTreated
    perArm missing missingElsewhere missingHere missingGroup holders worthwhile selected n1 n2 stayed count levels groups
    distinct rows used read rejected duplicatesDropped identicalRows identicalRowsDropped discoveryClients
    confirmationClients tested rules records zeros tukeyOutliers inAudience doNotContact withoutConsent pooledClients
    durationDays folds repeats resamples""".split())
SHARES = set(
    """capture share selectionRate shareOfBalance shareOfChurned shareOfLeavers shareOfLeaversBalance missingShare rateLow
    rateHigh treatedRate baseRate churnRate meanForecast cumulativeShare detectableFall detectableFallEqualArms controlShare
    contactShare selectedShare crude coverage shift mix adjusted raw adjustedDifference adjustedDifferenceHigh
    adjustedDifferenceLow differenceLow differenceHigh minimumRisk forecastCapture overall breakEvenEffectFactor power
    powerAtHand bias share1 share2 fall threshold lowestScore probability""".split())
NUMBERS = set(
    """gini ks lift logLoss brier brierSkill ece iv ivAdjusted woe woeAdjusted effect cohensH cohenH statistic pearson
    spearman points log10PValue z variance standardDeviation median lowerQuartile upperQuartile q25 q75 p01 p05 p95 p99
    skewness kurtosis excessKurtosis minimum maximum sum balance gain cost value kept leavers returnOnCost priceOfContact
    lowestRatio lowestSelectionRatio selectionRatio ratio forecastAUC forecastAUCLow forecastLift meanBalance expectedGain
    expectedCost atStake gainAtLow gainAtHigh upperBound offerCost contribution strength slope intercept""".split())
# Of a model's measures these are shares; the others are numbers.
SHARE_MEASURES = {"captureTopTenth"}


@dataclasses.dataclass(frozen=True)
class Figure:
    value: float
    path: tuple
    # "share", "count", "p", "number", "border" of a group, or "any".
    kind: str

    @property
    def where(self):
        return ".".join(map(str, self.path))


def _kind(path, above):
    """`above`: the objects on the way down, the nearest last."""
    key = next(step for step in reversed(path) if isinstance(step, str))
    parent = above[-1] if above else {}
    if key.startswith("pValue") or key.startswith("equivalencePValue"):
        return "p"
    if key in COUNTS:
        return "count"
    if "metrics" in path:
        measure = path[path.index("metrics") + 1]
        # An AUC is also said as a share of pairs, an error as one of clients.
        return "share" if measure in SHARE_MEASURES else "any" if measure in ("rocAUC", "ece") else "number"
    if key in NUMBERS:
        # Shares of those for whom a flag holds are kept as means.
        return "number"
    if key in SHARES:
        return "share"
    if key in ("estimate", "low", "high", "lower", "upper"):
        for around in reversed(above):
            if "name" in around and "estimate" in around:
                return "share" if around["name"] == "riskDifference" else "number"
            if "successes" in around or "having" in around:
                return "share"
        if key in ("low", "high") and not {"interval", "meanInterval"} & set(path):
            return "any"
    if key in ("here", "elsewhere") and "kind" in parent:
        return "number" if parent["kind"] == "number" else "share"
    return "any"


def flatten(value, path=(), above=()):
    """Every figure of a part; how long its lists are; the numbers in its texts; borders as they are said."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, (int, float)):
        yield Figure(float(value), path, _kind(path, above))
        if path[-1] in ("low", "high", "cuts") and value == int(value):
            yield Figure(float(value), path, "border")
            # A band [50; 60) of whole years is said as 50–59.
            if value >= 1:
                yield Figure(float(value) - 1, path, "border")
    elif isinstance(value, str):
        for found in re.findall(r"\d+(?:\.\d+)?", value) if len(value) < 400 else []:
            yield Figure(float(found), path, "border")
        band = re.search(r"[;,] ?(\d+)\)$", value)
        if band:
            yield Figure(float(band[1]) - 1, path, "border")
    elif isinstance(value, list):
        yield Figure(float(len(value)), path + ("length",), "count")
        for index, item in enumerate(value):
            # Lists of figures beside each other are columns of one table: "roc.3.truePositiveRate".
            step = (index,) if isinstance(item, (dict, list)) else (index, path[-1])
            yield from flatten(item, (path if len(step) == 1 else path[:-1]) + step, above)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from flatten(item, path + (key,), above + (value,))


def part(study, path):
    """What stands at "forecast.n"; "models.*.metrics" is that of every model: (concrete path, value) each."""
    found = [((), study)]
    for step in path.split("."):
        further = []
        for at, value in found:
            if step == "*" and isinstance(value, list):
                further += [(at + (index,), item) for index, item in enumerate(value)]
            elif step == "*" and isinstance(value, dict):
                further += [(at + (key,), item) for key, item in value.items()]
            elif step.isdigit() and isinstance(value, list) and int(step) < len(value):
                further.append((at + (int(step),), value[int(step)]))
            elif isinstance(value, dict) and step in value:
                further.append((at + (step,), value[step]))
        found = further
    return found


def accepts(shown):
    """Kinds of figures that a number may stand for by its unit."""
    if shown.is_exact:
        return ("share", "count", "p", "number", "any")
    if shown.is_share:
        return ("share", "any")
    if shown.is_p:
        return ("p",)
    if shown.is_bound:
        return ("p", "number", "any")
    if shown.scale > 1:
        return ("number", "any")
    if shown.decimals == 0:
        return ("count", "number", "any", "border")
    return ("number", "any", "p") + (("share",) if shown.decimals > 2 else ())


class Pool:
    """Figures of some parts of a study, found by value."""

    def __init__(self, study, parts):
        self.strings = set()
        # Figures of every object and list.
        self.sizes = collections.Counter()
        kinds = {}
        seen = set()
        for path in parts:
            for at, value in part(study, path):
                if at in seen:
                    continue
                seen.add(at)
                self._strings(value)
                above = []
                inside = study
                for step in at:
                    if isinstance(inside, dict):
                        above.append(inside)
                    inside = inside[step]
                for figure in flatten(value, at, tuple(above)):
                    kinds.setdefault(figure.kind, []).append(figure)
                    for length in range(1, len(figure.path)):
                        self.sizes[figure.path[:length]] += 1
        self.kinds = {}
        for kind, figures in kinds.items():
            figures.sort(key=lambda figure: figure.value)
            self.kinds[kind] = ([figure.value for figure in figures], figures)
        self.names = sorted(
            (text for text in self.strings if re.search(r"\d\D|\D\d", text) and len(text) < 200), key=len, reverse=True)

    def _strings(self, value):
        if isinstance(value, str):
            self.strings.add(value)
        elif isinstance(value, list):
            for item in value:
                self._strings(item)
        elif isinstance(value, dict):
            for item in value.values():
                self._strings(item)

    def find(self, shown, kinds=None):
        """Figures that a number may stand for. The sign counts; what is shown as −0.1 pp may be said without."""
        low, high = shown.reach
        # No other bound is ever said.
        if shown.is_bound and shown.value != 0.001:
            return []
        found = []
        for kind in kinds or accepts(shown):
            values, figures = self.kinds.get(kind, ([], []))
            found += figures[bisect.bisect_left(values, low):bisect.bisect_right(values, high)]
        return found


def with_recounts(study):
    """The study and what follows from it by adding up: the page counts its cells."""
    # Curves begin at nothing.
    recount = {"origin": {"share": 0}, "card": _card(study), "forest": _forest(study), "leading": _leading(study),
               "cards": _cards(study), "widths": _widths(study), "effects": _effects(study),
               "champion": _champion(study), "experiments": _experiments(study), "plan": _plan(study),
               "steps": _steps(study)}
    cube = (study.get("churn") or {}).get("cube")
    if not cube:
        return {**study, "recount": recount}
    axes = []
    rate = study["churn"]["overall"]["estimate"]
    for index, axis in enumerate(cube["axes"]):
        sizes = {}
        for cell in cube["cells"]:
            n, churned = sizes.get(cell["at"][index], (0, 0))
            sizes[cell["at"][index]] = (n + cell["n"], churned + cell["churned"])
        sizes = _levels(study, axis) or sizes
        axes.append([_proportion(n, churned, {"excess": churned - n * rate, "value": axis["values"][at], "overall": rate})
                     for at, (n, churned) in sorted(sizes.items())])
    make_up, expected = [], []
    for index, axis in enumerate(cube["axes"]):
        by_cells = {}
        for cell in cube["cells"]:
            n, churned, awaited = by_cells.get(cell["at"][index], (0, 0, 0))
            by_cells[cell["at"][index]] = (n + cell["n"], churned + cell["churned"], awaited + (cell.get("expected") or 0))
        sizes = _levels(study, axis) or {at: pair[:2] for at, pair in by_cells.items()}
        n, left = (sum(pair[part] for pair in sizes.values()) for part in (0, 1))
        levels = [(value, *sizes.get(at, (0, 0))) for at, value in enumerate(axis["values"])]
        make_up.append({
            "left": [_proportion(left, churned, {"value": value, "clients": clients}) for value, clients, churned in levels],
            "stayed": [_proportion(n - left, clients - churned, {"value": value, "clients": clients}) for value, clients, churned in levels]})
        levels = [(value, *by_cells.get(at, (0, 0, 0))) for at, value in enumerate(axis["values"])]
        expected.append({
            "left": [_proportion(clients, churned, {"value": value, "clients": clients}) for value, clients, churned, _ in levels],
            "expected": [{"value": value, "clients": clients, "churn": {"estimate": awaited / clients if clients else None, "successes": 0}}
                         for value, clients, _, awaited in levels]})
    pairs = []
    for first, second in itertools.permutations(range(len(cube["axes"])), 2):
        sizes = {(a, b): (0, 0) for a in _values(cube, first) for b in _values(cube, second)}
        for cell in cube["cells"]:
            at = (cell["at"][first], cell["at"][second])
            n, churned = sizes.get(at, (0, 0))
            sizes[at] = (n + cell["n"], churned + cell["churned"])
        _as_studied(study, cube, first, second, sizes)
        pairs.append([
            _proportion(n, churned, {"values": [cube["axes"][first]["values"][a], cube["axes"][second]["values"][b]]})
            for (a, b), (n, churned) in sorted(sizes.items())])
    totals = {key: math.fsum(cell.get(key) or 0 for cell in cube["cells"])
              for key in ("n", "churned", "balance", "balanceAtRisk", "expected")}
    if totals["n"]:
        totals["expectedShare"] = {"estimate": totals["expected"] / totals["n"], "successes": 0}
    return {**study, "recount": {
        **recount, "makeUp": make_up, "expected": expected, "axes": axes, "pairs": pairs, "totals": totals, "compositions": _compositions(cube)}}


def _compositions(cube):
    """Of each product group's clients in the cells, the share that has a level of another attribute: a list a level."""
    groups = next((index for index, axis in enumerate(cube["axes"]) if axis["attribute"].get("role") == "products"), 0)
    totals = collections.Counter()
    for cell in cube["cells"]:
        totals[cell["at"][groups]] += cell["n"]
    rows = []
    for other in range(len(cube["axes"])):
        if other == groups:
            continue
        counts = collections.Counter()
        for cell in cube["cells"]:
            counts[cell["at"][groups], cell["at"][other]] += cell["n"]
        rows += [
            [{"value": cube["axes"][other]["values"][level], "share": counts[group, level] / totals[group]} for group in sorted(totals)]
            for level in _values(cube, other)]
    return rows


def _levels(study, axis):
    """By the study's own count, where its levels are the axis'."""
    for by in study["churn"]["by"]:
        if all(by["attribute"].get(key) == axis["attribute"].get(key) for key in ("column", "kind")):
            levels = {level["value"]: (level["n"], level["churned"]) for level in by["levels"]}
            named = [value for value in axis["values"] if value != "pooled"]
            if axis.get("others") and "other" in named:
                # All levels without a name of their own.
                rest = [levels.pop(value) for value in list(levels) if value not in named]
                levels["other"] = tuple(map(sum, zip(*rest))) if rest else (0, 0)
            if "pooled" not in levels and set(levels) == set(named):
                return {at: levels[value] for at, value in enumerate(axis["values"]) if value in levels}
    return None


def _as_studied(study, cube, first, second, sizes):
    """Pairs that the study counts are shown as it counts them, save where that would tell of a small group."""
    axes = cube["axes"]
    threshold = study["provenance"]["privacyThreshold"]
    told = {}
    lines = [_levels(study, axes[first]), _levels(study, axes[second])]
    for table in study["churn"]["cross"]:
        turned = [table["second"], table["first"]]
        for names in ([table["first"], table["second"]], turned):
            if all(lines) and all(axis["attribute"] == name for axis, name in zip((axes[first], axes[second]), names)):
                for cell in table["cells"]:
                    values = [cell["first"], cell["second"]] if names is not turned else [cell["second"], cell["first"]]
                    if values == ["pooled", "pooled"]:
                        continue
                    if any(value not in axis["values"] for axis, value in zip((axes[first], axes[second]), values)):
                        continue
                    at = tuple(axis["values"].index(value) for axis, value in zip((axes[first], axes[second]), values))
                    more = cell["n"] - sizes.setdefault(at, (0, 0))[0]
                    if not 0 < more < threshold:
                        told[at] = (more, sizes[at])
                        sizes[at] = (cell["n"], cell["churned"])
                pooled = [axis["values"].index("pooled") if "pooled" in axis["values"] else None for axis in (axes[first], axes[second])]
                for at in sizes:
                    if at[0] == pooled[0] or at[1] == pooled[1]:
                        sizes[at] = (0, 0)
                _given_up(sizes, told, lines, threshold)
                for place in (1, 0):
                    if pooled[1 - place] is None or (place == 0 and pooled[0] is not None):
                        continue
                    for value, (n, churned) in lines[place].items():
                        shown = [pair for at, pair in sizes.items() if at[place] == value]
                        at = (pooled[0], value) if place == 1 else (value, pooled[1])
                        sizes[at] = (n - sum(n for n, _ in shown), churned - sum(left for _, left in shown))
                return


def _given_up(sizes, told, lines, threshold):
    """Pairs that go back to what the cells tell, until no line's rest is a small group."""
    is_changed = True
    while is_changed:
        is_changed = False
        for place in (0, 1):
            for value, (n, _) in lines[place].items():
                members = [at for at in sizes if at[place] == value]
                able = sorted((sizes[at][0] >= 30, told[at][0], at) for at in members if at in told and told[at][0] > 0)
                if 0 < n - sum(sizes[at][0] for at in members) < threshold and able:
                    at = able[0][2]
                    sizes[at] = told.pop(at)[1]
                    is_changed = True


def _values(cube, axis):
    return sorted({cell["at"][axis] for cell in cube["cells"]})


def _card(study):
    """The page's one client: of every characteristic the band of most clients, points added up."""
    forecast = study.get("forecast") or {}
    names = ["card", "cardWithPairs"] if forecast.get("champion") == "scorecard" else ["cardWithPairs", "card"]
    card = next((forecast[name] for name in names if forecast.get(name)), None)
    if not card:
        return None
    chosen = {}
    rows = []
    for characteristic in card["characteristics"]:
        counts = [bin.get("n") or 0 for bin in characteristic["bins"]]
        chosen[characteristic["feature"]] = counts.index(max(counts))
        rows.append({"points": characteristic["bins"][chosen[characteristic["feature"]]]["points"]})
    for pair in card["pairs"]:
        if pair["first"] in chosen and pair["second"] in chosen:
            rows.append({"points": pair["points"][chosen[pair["first"]]][chosen[pair["second"]]]})
    total = card["basePoints"] + sum(row["points"] for row in rows)
    scale = card["scale"]
    probability = 1 / (1 + scale["baseOdds"] * 2 ** ((total - scale["baseScore"]) / scale["pointsToDouble"]))
    overall = study["churn"]["overall"]["estimate"] if study.get("churn") else None
    return {"rows": [{"points": card["basePoints"]}] + rows + [{"points": total}], "probability": probability,
            "lift": probability / overall if overall else None}


def _cards(study):
    """A recommendation with its experiment."""
    items = (study.get("recommendations") or {}).get("items", [])
    tests = {design["recommendation"]: design for design in study.get("experiments") or []}
    return [{"item": item, "experiment": tests.get(item["id"])} for item in items]


def _experiments(study):
    """Experiments with the falls that they expect and would see, as changes."""
    return [{**{key: value for key, value in design.items() if key != "sampleSize"},
             "difference": {"name": "riskDifference", "estimate": design["treatedRate"] - design["baseRate"]},
             "detectable": {"name": "riskDifference", "estimate": -(design.get("detectableFall") or 0)}}
            for design in study.get("experiments") or []]


def _plan(study):
    """What is said of the plan in one breath."""
    plan = study.get("plan")
    if not plan:
        return None
    return {"clients": plan["clients"], "contacted": {"clients": plan["contacted"]["clients"]},
            "control": {"clients": plan["control"]["clients"]}, "share": plan["controlShare"], "seed": plan["seed"],
            **{key: plan.get(key) for key in ("breakEvenEffectFactor", "priceOfContact", "limits", "doNotContact",
                                              "withoutConsent", "priceOfCapacity", "inAudience", "worthwhile")}}


def _steps(study):
    """How high the steps of a waterfall are drawn, up or down."""
    return [{"rate": abs(city["rate"]), "mix": abs(city["mix"]), "first": city["firstChurn"], "second": city["secondChurn"]}
            for city in (study.get("segments") or {}).get("cityDifferences", [])]


def _champion(study):
    forecast = study.get("forecast") or {}
    for model in forecast.get("models") or []:
        if model["name"] == forecast.get("champion"):
            found = {key: model[key] for key in ("metrics", "deciles", "calibration") if key in model}
            found["importance"] = [{"share": effect["share"]} for effect in model.get("importance") or []]
            return found
    return None


def _effects(study):
    """Of every hypothesis the corrected p, and Cohen's d of the pair of groups that differs most."""
    rows = []
    for tested in (study.get("hypotheses") or {}).get("tested", []):
        what = tested.get("comparison") or tested.get("shares") or {}
        effects = [effect for pair in what.get("pairs") or [] for effect in pair.get("effects") or []
                   if effect["name"] == "cohensD" and effect.get("estimate") is not None]
        largest = max(effects, key=lambda effect: abs(effect["estimate"]), default=None)
        rows.append({"id": tested["id"], "effect": largest,
                     "pValueAdjusted": (what.get("decision") or {}).get("pValueAdjusted")})
    return rows


def _widths(study):
    """How far each assumption moves the gain."""
    return [{"value": abs(item["gainAtHigh"] - item["gainAtLow"]), "gainAtLow": item["gainAtLow"],
             "gainAtHigh": item["gainAtHigh"]} for item in (study.get("plan") or {}).get("sensitivity", [])]


def _leading(study):
    """What the first three drivers of each model make together."""
    models = (study.get("forecast") or {}).get("models") or []
    return [{"share": math.fsum(effect["share"] or 0 for effect in model["importance"][:3])}
            for model in models if model.get("importance")]


def _forest(study):
    """Effects of numbers against churn, those who left less those who stayed."""
    rows = []
    for tested in (study.get("hypotheses") or {}).get("tested", []):
        comparison = tested.get("comparison")
        if tested.get("byRole") != "churn" or not comparison:
            continue
        for effect in comparison["effects"]:
            if effect["name"] == "cohensD" and effect.get("estimate") is not None:
                sign = 1 if comparison["groups"][0]["value"] == "1" else -1
                interval = effect.get("interval") or {}
                ends = sorted(sign * interval[end] for end in ("low", "high") if end in interval)
                rows.append({"n": comparison["n"], "name": "cohensD", "estimate": sign * effect["estimate"],
                             "interval": dict(zip(("low", "high"), ends))})
    return rows


def _empty():
    return {"n": 0, "churned": 0, "churn": None}


def _proportion(n, churned, more):
    """As churn is written everywhere: Wilson's interval."""
    if not n:
        return {**more, **_empty()}
    z = 1.959963984540054
    p = churned / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * ((p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5)
    return {**more, "n": n, "churned": churned, "churn": {
        "estimate": p, "n": n, "successes": churned,
        "interval": {"low": max(0, middle - half), "high": min(1, middle + half)}}}
