"""What a deck says, slide by slide, for the tests."""

import io
import pathlib
import re
import shutil
import subprocess
import zipfile

import lxml.etree
import pptx
import pptx.util

from number_checker import Sentence, Table

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}
EVERYWHERE = ["schema.clients", "provenance.source", "provenance.privacyThreshold", "churn.overall", "findings"]
FORECAST = ["recount.champion.metrics", "recount.champion.deciles.rows", "recount.champion.calibration.after.bins"]
# The parts of the study that each slide may speak of.
SCOPES = {
    "cover": [], "summary": [
        "segments.byChurn.*.balance", "segments.stability", "plan.contacted", "recommendations.items.*.n",
        "recommendations.items.*.title", "riskGroups.risk.*.churn", "riskGroups.risk.*.rule"] + FORECAST,
    "data": ["quality.data", "quality.missing", "schema.columns"],
    "churn": ["churn.by"],
    "products": [f"segments.byProducts.*.{key}" for key in ("values", "n", "churned", "churn", "balance.share")] + [
        "segments.adjustedProducts.*.raw", "segments.adjustedProducts.*.adjusted.estimate", "segments.stability"],
    "cities": ["churn.by", "recount.steps"],
    "pairs": ["churn.cross"],
    "portrait": ["portraits.churn.*.traits"],
    "greatestRisk": ["riskGroups"], "riskGroups": ["riskGroups"],
    "hypotheses": ["hypotheses.tested.*.decision", "hypotheses.tested.*.comparison.pairs.*.effects", "hypotheses.alpha",
                   "hypotheses.bound", "hypotheses.tested.*.family"],
    "forecast": FORECAST + ["forecast.holdOut.n", "forecast.holdOut.metrics", "forecast.n", "forecast.churned"],
    "drivers": ["forecast.models.*.importance"],
    "recommendations": ["recommendations"],
    "plan": ["plan"], "assumptions": ["plan"], "experiment": ["experiments", "recommendations.items"],
    "limits": ["quality.missing.*.share", "forecast.fairness.attributes.*.lowestSelectionRatio"],
    "method": ["provenance", "forecast.settings", "riskGroups.search"], "glossary": [],
}


# Of tables and charts, where that is less.
TABLES = {
    "products": ["segments.byProducts", "segments.adjustedProducts"],
    "cities": ["churn.by", "recount.steps"],
    "hypotheses": ["recount.effects"],
    "forecast": FORECAST[1:],
}
# Of sentences, by slide and shape: (parts, lists one element of which holds all numbers).
SENTENCES = {
    ("forecast", "Title"): (["recount.champion.metrics", "recount.champion.deciles.rows.0"], []),
    ("products", "notes"): (None, ["findings.*", "segments.stability"]),
    ("products", "Title"): (["segments.stability", "segments.byProducts.*.churn"], []),
    ("products", "Points"): (None, ["segments.stability", "segments.adjustedProducts.*", "segments.byProducts.*"]),
    ("cities", "Title"): (None, ["segments.cityDifferences.*", "churn.by.*"]),
    ("cities", "Points"): (None, ["segments.cityDifferences.*"]),
    ("pairs", "Title"): (["churn.cross"], []),
    ("pairs", "notes"): (None, ["churn.cross.*.cells.*", "churn.overall", "findings.*"]),
    ("greatestRisk", "Title"): (None, ["riskGroups.risk.*"]),
    ("greatestRisk", "Points"): (None, ["riskGroups.risk.*"]),
    ("recommendations", "Card"): (None, ["recount.cards.*"]),
    ("recommendations", "notes"): (None, ["recount.cards.*", "recommendations.alpha"]),
}


def open_deck(path):
    return pptx.Presentation(str(path))


def xpath(element, path):
    return lxml.etree.XPath(path, namespaces=NS)(element)


def slide_name(slide):
    return slide._element.cSld.get("name")


def texts(slide):
    """Every text of a slide: (where, text); cells of a table one by one."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            for paragraph in shape.text_frame.paragraphs:
                yield shape.name, "".join(run.text for run in paragraph.runs)
        if getattr(shape, "has_table", False) and shape.has_table:
            for row in shape.table.rows:
                for cell in row.cells:
                    yield shape.name, cell.text


def charts(slide):
    return [shape for shape in slide.shapes if getattr(shape, "has_chart", False) and shape.has_chart]


def chart_series(chart):
    """Values of every series by place, but for the helping ones: positions of rows, dashed lines, what only lifts a bar."""
    space = chart._chartSpace
    rows_beside = "0" in xpath(space, ".//c:ser/c:tx//c:v/text()")
    for series in space.iter("{%s}ser" % NS["c"]):
        name = "".join(xpath(series, "c:tx//c:v/text()"))
        if not name.strip() or name == "0" or xpath(series, "c:spPr//a:prstDash"):
            continue
        # Beside a table, a dot's height is its row's.
        kinds = ["c:val", "c:xVal"] + ([] if rows_beside else ["c:yVal"])
        for kind in kinds:
            points = xpath(series, f"{kind}//c:pt")
            if points:
                yield {int(point.get("idx")): float(xpath(point, "c:v/text()")[0]) for point in points}


def chart_names(chart):
    """What stands under a chart's bars."""
    space = chart._chartSpace
    return list(dict.fromkeys(text for text in xpath(space, ".//c:cat//c:v/text()") if text.strip()))


def chart_tables(chart):
    """A chart as rows of its values; series of unlike places, as dots and the lines through them, apart."""
    series = list(chart_series(chart))
    alike = [values for values in series if series and values.keys() == series[0].keys()]
    tables = [alike] + [[values] for values in series if values.keys() != series[0].keys()]
    return [[[values.get(place) for values in table] for place in sorted(table[0])] for table in tables if table]


def places(path, study):
    """The deck as sentences and tables with the parts of the study they may speak of."""
    deck = open_deck(path)
    lang = deck.core_properties.language[:2]
    for number, slide in enumerate(deck.slides, 1):
        name = slide_name(slide)
        parts = EVERYWHERE + SCOPES[name]
        where = f"slide {number} {name}"
        for shape in slide.shapes:
            if getattr(shape, "has_table", False) and shape.has_table:
                rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
                for text in rows[0]:
                    yield Sentence(f"{where}, {shape.name}", parts, text, lang)
                yield Table(f"{where}, {shape.name}", TABLES.get(name, SCOPES[name]) + ["churn.overall"], rows[1:], lang,
                            is_matrix=shape.name == "Heat table")
            if not shape.has_text_frame or shape.name == "Number":
                continue
            texts = ["".join(run.text for run in paragraph.runs) for paragraph in shape.text_frame.paragraphs]
            # A card speaks of one thing from its title to its end.
            for text in ["\n".join(texts)] if shape.name == "Card" else texts:
                # The run's checksum is no figure.
                text = strip_run(text.split(" · ")[0] if shape.name == "Footer" else text)
                if text.strip():
                    yield sentence(where, name, shape.name, parts, text, lang)
        for text in slide.notes_slide.notes_text_frame.text.split("\n"):
            yield sentence(where, name, "notes", parts, strip_run(text), lang)
        for shape in charts(slide):
            for text in chart_names(shape.chart):
                yield Sentence(f"{where}, {shape.name} names", parts, text, lang)
            for rows in chart_tables(shape.chart):
                yield Table(f"{where}, {shape.name} drawn", TABLES.get(name, SCOPES[name]) + ["churn.overall"], rows, lang,
                            labels=set())


def sentence(where, slide, shape, parts, text, lang):
    narrower, one_of = SENTENCES.get((slide, shape), (None, []))
    return Sentence(f"{where}, {shape}", narrower or parts, text, lang, one_of=one_of)


def strip_run(text):
    return re.sub(r"\b(?:study|исследовани\w+|Study|Исследование) [0-9a-f]{8}\b", " ", text)


def render(path, folder):
    """The deck as LibreOffice and poppler draw it: (pdf, one picture a page)."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    profile = folder / "profile"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf", "--outdir",
         str(folder), str(path)], check=True, capture_output=True, timeout=180)
    shutil.rmtree(profile, ignore_errors=True)
    pdf = folder / (pathlib.Path(path).stem + ".pdf")
    subprocess.run(["pdftoppm", "-r", "50", "-png", str(pdf), str(folder / "page")], check=True, timeout=180)
    return pdf, sorted(folder.glob("page-*.png"))


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return [(info.filename, info.date_time, archive.read(info)) for info in archive.infolist()]


def embedded_book(chart):
    import openpyxl
    blob = chart.part.chart_workbook.xlsx_part.blob
    return openpyxl.load_workbook(io.BytesIO(blob))


def parse(data):
    return lxml.etree.fromstring(data)
