"""What `ebb study` prints: its sections, tables and sentences."""

import re

from number_checker import Sentence, Table, is_label

# Each sentence about the plan speaks of one of these.
PLAN = ["plan.contacted", "plan.selection.*", "recount.plan", "plan.assumptions", "findings.*"]
# A section by words of its heading: (parts of the study, lists one element of which holds a sentence's numbers).
SECTIONS = [
    (r"Главное|In short|Main|Findings", ["findings", "churn.overall", "schema.clients"], ["findings.*"]),
    (r"По числу продуктов|By number of products", ["segments.byProducts", "segments.adjustedProducts"], []),
    (r"Где отток различается|Where churn differs", ["churn.by", "profile.association.information"], []),
    (r"Портрет|Those who left|Portrait", ["portraits.churn.*.traits"], []),
    (r"Гипотезы|Hypotheses", ["hypotheses.tested.*.comparison.decision", "hypotheses.tested.*.shares.decision"], []),
    (r"Прогноз, |Forecast", ["forecast.models.*.metrics", "recount.champion.importance", "forecast.refusal"], []),
    (r"Группы риска|Risk groups|Groups at risk", ["riskGroups"], ["riskGroups.covered"]),
    (r"Самые лояльные|most loyal", ["riskGroups.loyal"], []),
    (r"Что делать|What to do", ["recommendations.items"], []),
    (r"План$|Plan$|The plan", ["plan", "findings"], PLAN),
    (r"Как это проверить|How to prove", ["recount.experiments"], []),
    (r"Данные:|Data:", ["quality"], []),
]
# Tables whose rows are of more than one element each: columns that belong together.
PAIRED = {"churn.by": [(0, 1, 2), (0, 3, 4), (0, 5)]}
EVERYTHING = ["schema", "findings", "quality", "provenance", "churn.overall", "forecast.n", "forecast.refusal"]


def sections(text):
    """(heading, lines) of each section; the first has none."""
    found = [("", [])]
    for line in text.split("\n"):
        if line and not line.startswith(" ") and not found[-1][1][-1:] == [line]:
            if any(re.search(pattern, line) for pattern, _, _ in SECTIONS):
                found.append((line, []))
        found[-1][1].append(line)
    return found


def is_row(line):
    """Cells stand at least two spaces apart."""
    return line.startswith("  ") and not re.match(r" +–", line) and re.search(r"[^ ] {2,}[^ ]", line) is not None


def table(lines):
    """Lines of a table as cells: pieces above each other are one column."""
    pieces = [[(match.start(), match.end(), match.group()) for match in re.finditer(r"[^ ]+(?: [^ ]+)*", line)] for line in lines]
    columns = []
    for start, end, _ in sorted(piece for row in pieces for piece in row):
        if columns and start < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], end)
        else:
            columns.append([start, end])
    rows = []
    for row in pieces:
        cells = [""] * len(columns)
        for start, _, text in row:
            at = next(index for index, (low, high) in enumerate(columns) if low <= start < high)
            cells[at] = (cells[at] + " " + text).strip()
        rows.append(cells)
    return rows


def places(text, lang):
    """The report as sentences and tables with the parts of the study they may speak of."""
    # Names of files are no figures.
    text = re.split(r"\n(?:Записано|Written): ", text)[0]
    out = []
    for heading, lines in sections(text):
        _, parts, one_of = next((item for item in SECTIONS if heading and re.search(item[0], heading)), (None, EVERYTHING, []))
        where = f"report {lang}, {heading[:30] or 'head'}"
        block, sentence = [], []

        def end():
            if block:
                rows = table(block)
                header = len(rows) > 1 and all(not cell or is_label(cell) for cell in rows[0])
                for columns in PAIRED.get(parts[0], [range(len(rows[0]))]):
                    out.append(Table(where, parts, [[row[at] for at in columns if at < len(row)] for row in rows[header:]], lang))
                out.extend(Sentence(where, parts, cell, lang) for cell in (rows[0] if header else []))
                block.clear()
            if sentence:
                text = " ".join(part.strip() for part in sentence)
                out.append(Sentence(where, parts, text, lang, one_of=[] if text == heading.strip() else one_of))
                sentence.clear()

        for line in lines:
            if is_row(line):
                if sentence:
                    end()
                block.append(line)
                continue
            if block or not line.strip() or re.match(r" *–", line) \
                    or (sentence and not line.startswith("    ")):
                end()
            if line.strip():
                sentence.append(line)
        end()
    return out
