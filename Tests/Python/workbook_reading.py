"""What contacts.xlsx says: the list, whose figures add up to the plan's, and the sheets beside it."""

import math
import re

import openpyxl

from number_checker import Mismatch, Sentence, Table
from study_figures import part

from report_reading import PLAN

PARTS = ["plan", "recommendations", "recount.experiments", "recount.plan", "schema.clients", "provenance.privacyThreshold", "riskGroups"]


def places(path, lang):
    """The sheets but for the list, as sentences and tables."""
    out = []

    def sentence(sheet, text):
        # The tool's version is no figure.
        text = re.sub(r"^ebb [\d.]+ · ", "", text)
        return Sentence(f"workbook {lang}, {sheet.title}", PARTS, text, lang, one_of=PLAN + ["recount.experiments.*"])

    for sheet in openpyxl.load_workbook(path).worksheets[1:]:
        block = []

        def end():
            if block:
                width = max(len(row) for row in block)
                if width > 1:
                    out.append(Table(f"workbook {lang}, {sheet.title}", PARTS, list(block), lang))
                else:
                    out.extend(sentence(sheet, row[0]) for row in block)
                block.clear()

        for row in sheet.iter_rows(values_only=True):
            cells = [float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            if not cells:
                end()
            elif len(cells) == 1 or all(cell is None for cell in cells[1:]):
                end()
                out.append(sentence(sheet, str(cells[0])))
            else:
                block.append(cells)
        end()
    return out


def check_list(path, study, lang):
    """The list's rows against the plan: how many of each kind, and what they add up to."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    plan = study["plan"]
    where = f"workbook {lang}, {sheet.title}"
    wrong = []

    def compare(what, found, expected):
        if expected is None or not math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-6):
            wrong.append(Mismatch(where, what, f"{found} in the list, {expected} in the plan"))

    groups = {}
    for row in rows:
        groups.setdefault(row[7], []).append(row)
    of_items = {item["id"]: f"P{index}" for index, item in enumerate(study["recommendations"]["items"], 1)}
    compare("clients", len(rows), plan["selected"]["clients"])
    compare("queue", sum(row[0] for row in rows), len(rows) * (len(rows) + 1) / 2)
    compare("cost", math.fsum(row[12] for row in rows), plan["selected"]["cost"])
    compare("gain", math.fsum(row[13] for row in rows), plan["selected"]["gain"])
    compare("leavers", math.fsum(row[3] for row in rows), plan["selected"]["leavers"])
    for total in plan["byRecommendation"]:
        own = groups.pop(of_items[total["id"]], [])
        for name, value in (("clients", len(own)), ("cost", math.fsum(row[12] for row in own)),
                            ("gain", math.fsum(row[13] for row in own)), ("leavers", math.fsum(row[3] for row in own))):
            compare(f"{total['id']}, {name}", value, total["totals"][name])
    for name in groups:
        wrong.append(Mismatch(where, str(name), "no recommendation of the plan"))
    # contact or control, in either language
    kinds = {}
    for row in rows:
        kinds.setdefault(row[10], []).append(row)
    expected = sorted((plan[kind]["clients"], plan[kind]["cost"], plan[kind]["gain"]) for kind in ("contacted", "control")
                      if plan[kind]["clients"])
    found = sorted((len(own), math.fsum(row[12] for row in own), math.fsum(row[13] for row in own)) for own in kinds.values())
    if len(found) != len(expected):
        wrong.append(Mismatch(where, "contact or control", f"{len(found)} kinds"))
    for one, other in zip(found, expected):
        for value, wanted in zip(one, other):
            compare("contact or control", value, wanted)
    # A probability and its band go together, and no band reaches into another.
    bands = {}
    for row in rows:
        low, high = bands.get(row[4], (1, 0))
        bands[row[4]] = (min(low, row[3]), max(high, row[3]))
        if not 0 <= row[3] <= 1:
            wrong.append(Mismatch(where, repr(row[3]), "no probability"))
    spans = sorted(bands.values())
    wrong += [Mismatch(where, repr(next_low), "bands of risk overlap")
              for (_, high), (next_low, _) in zip(spans, spans[1:]) if next_low < high]
    return wrong
