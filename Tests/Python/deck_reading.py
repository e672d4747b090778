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

from number_checker import Place

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}
EVERYWHERE = ["schema.clients", "provenance.source", "provenance.privacyThreshold", "churn.overall", "findings"]
FORECAST = [f"forecast.models.*.{key}" for key in ("metrics", "deciles.rows", "calibration.after.bins")]
# The parts of the study that each slide may speak of.
SCOPES = {
    "cover": [], "summary": [
        "segments.byChurn.*.balance", "segments.stability", "plan.contacted", "recommendations.items.*.n",
        "recommendations.items.*.title", "riskGroups.risk.*.churn", "riskGroups.risk.*.rule"] + FORECAST,
    "data": ["quality.data", "quality.missing", "schema.columns"],
    "churn": ["churn.by"],
    "products": [f"segments.byProducts.*.{key}" for key in ("values", "n", "churned", "churn", "balance.share")] + [
        "segments.adjustedProducts.*.raw", "segments.adjustedProducts.*.adjusted.estimate", "segments.stability"],
    "cities": ["churn.by", "segments.cityDifferences"],
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


def chart_figures(chart):
    """Figures of every series, but for the helping ones: positions of rows, dashed lines, what only lifts a bar."""
    space = chart._chartSpace
    rows_beside = "0" in xpath(space, ".//c:ser/c:tx//c:v/text()")
    for series in space.iter("{%s}ser" % NS["c"]):
        name = "".join(xpath(series, "c:tx//c:v/text()"))
        if not name.strip() or name == "0" or xpath(series, "c:spPr//a:prstDash"):
            continue
        # Beside a table, a dot's height is its row's.
        kinds = ["c:val", "c:xVal"] + ([] if rows_beside else ["c:yVal"])
        for kind in kinds:
            yield name, kind[2:], [float(v) for v in xpath(series, f"{kind}//c:v/text()")]


def places(path, study):
    deck = open_deck(path)
    lang = deck.core_properties.language[:2]
    for number, slide in enumerate(deck.slides, 1):
        name = slide_name(slide)
        parts = EVERYWHERE + SCOPES[name]
        for where, text in texts(slide):
            if where == "Number" or not text.strip():
                continue
            # The run's checksum is no figure.
            text = text.split(" · ")[0] if where == "Footer" else text
            yield Place(f"slide {number} {name}, {where}", parts, text=strip_run(text), lang=lang)
        for text in slide.notes_slide.notes_text_frame.text.split("\n"):
            yield Place(f"slide {number} {name}, notes", parts, text=strip_run(text), lang=lang)
        for shape in charts(slide):
            for series, kind, values in chart_figures(shape.chart):
                yield Place(f"slide {number} {name}, {series} {kind}", parts, values=values)


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
