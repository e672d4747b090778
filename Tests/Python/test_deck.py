"""presentation.pptx from outside: python-pptx and openpyxl read it, LibreOffice draws it, its numbers are the study's."""

import csv
import io
import json
import re
import zipfile

import lxml.etree
import openpyxl
import pptx
import pytest
from openxml_audit import validate_pptx
from PIL import Image

import deck_reading
import number_checker

LANGUAGES = ["ru", "en"]


@pytest.fixture(scope="session")
def decks(ebb, bank_csv, tmp_path_factory):
    """The public table's deck in both languages, and its study."""
    folder = tmp_path_factory.mktemp("deck")
    study = ebb.study(bank_csv, folder / "ru", "--lang", "ru")
    done = ebb("report", folder / "ru" / "study.json", "--out", folder / "en", lang="en")
    assert done.returncode == 0, done.stderr.decode()
    return study, {lang: folder / lang / "presentation.pptx" for lang in LANGUAGES}


@pytest.fixture(scope="session")
def drawn(decks, tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    return {lang: deck_reading.render(path, folder / lang) for lang, path in decks[1].items()}


def hostile_tables(rows):
    """The sample with one column's values made hostile: (name, column, value of the row's number)."""
    long = "Ъ" * 78
    return [
        ("long-cities", "City", lambda i: f"{long}{i % 3:02}"), ("markup", "City", lambda i: f"<a:t>&\"' {i % 4}</a:t>"),
        ("emoji", "City", lambda i: f"🏦👩‍👩‍👧‍👦 {'abc'[i % 3]}"), ("two-cities", "City", lambda i: "AB"[i % 2]),
        ("sixty-cities", "City", lambda i: f"Город {i % 60}"), ("one-product-group", "Products", lambda i: "2"),
        ("twelve-product-groups", "Products", lambda i: str(i % 12 + 1)),
        ("one-client-in-a-group", "Products", lambda i: "9" if i == 0 else str(i % 2 + 1)),
        ("no-forecast", "Churn", lambda i: "1" if i % 100 == 0 else "0"),
    ]


# MARK: Package


@pytest.mark.parametrize("lang", LANGUAGES)
def test_package_is_complete(decks, lang):
    check_package(decks[1][lang])


def check_package(path):
    parts = deck_reading.parts_of(path)
    names = [name for name, _, _ in parts]
    assert len(names) == len({name.lower() for name in names})
    assert all(date == (1980, 1, 1, 0, 0, 0) for _, date, _ in parts)
    data = {name: content for name, _, content in parts}
    types = deck_reading.parse(data["[Content_Types].xml"])
    overrides = {item.get("PartName")[1:] for item in types.findall("ct:Override", deck_reading.NS)}
    defaults = {item.get("Extension") for item in types.findall("ct:Default", deck_reading.NS)}
    reached = {"[Content_Types].xml"}
    for name in names:
        assert name == "[Content_Types].xml" or name in overrides or name.rsplit(".", 1)[-1] in defaults, name
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        owner = name.replace("_rels/", "").removesuffix(".rels")
        assert owner == "" or owner in data, name
        relations = deck_reading.parse(data[name]).findall("rel:Relationship", deck_reading.NS)
        ids = [item.get("Id") for item in relations]
        assert len(ids) == len(set(ids))
        for item in relations:
            if item.get("TargetMode") == "External":
                continue
            steps = owner.split("/")[:-1]
            for step in item.get("Target").split("/"):
                steps = steps[:-1] if step == ".." else steps + [step]
            assert "/".join(steps) in data, (name, item.get("Target"))
            reached.add("/".join(steps))
    assert overrides <= set(names)
    assert set(names) == reached, set(names) - reached
    for name, content in data.items():
        if name.startswith("ppt/slides/slide"):
            ids = re.findall(rb'<p:cNvPr id="(\d+)"', content)
            assert len(ids) == len(set(ids)), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_parts_are_valid(decks, lang):
    """Every part against the schemas and rules of the Open XML SDK (ECMA-376 transitional and Office)."""
    result = validate_pptx(str(decks[1][lang]))
    assert not result.errors, [str(error) for error in result.errors][:5]


def test_the_same_study_is_the_same_bytes(ebb, decks, tmp_path):
    for lang, path in decks[1].items():
        done = ebb("report", path.parents[1] / "ru" / "study.json", "--out", tmp_path / lang, lang=lang)
        assert done.returncode == 0
        assert (tmp_path / lang / "presentation.pptx").read_bytes() == path.read_bytes()


# MARK: Content


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_notes_and_order(decks, lang):
    study, paths = decks
    deck = deck_reading.open_deck(paths[lang])
    names = [deck_reading.slide_name(slide) for slide in deck.slides]
    expected = ["cover", "summary", "data", "churn", "products", "portrait", "hypotheses", "forecast", "drivers",
                "limits", "cities", "pairs", "method", "glossary"]
    assert [name for name in names if name in expected] == expected
    # The story; what follows is the appendix.
    assert 12 <= names.index("limits") + 1 <= 16
    for chapter, name in (("riskGroups", "greatestRisk"), ("recommendations", "recommendations"), ("plan", "plan"),
                          ("experiments", "experiment")):
        assert (name in names) == bool(study.get(chapter)), name
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(titles) and len(set(titles)) == len(titles)
    for slide in deck.slides:
        assert slide.has_notes_slide and len(slide.notes_slide.notes_text_frame.text) > 20
        for shape in slide.shapes:
            if getattr(shape, "has_chart", False) and shape.has_chart or getattr(shape, "has_table", False) and shape.has_table:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0].strip()
    language = {run.get("lang") for slide in deck.slides for run in slide._element.iter("{%s}rPr" % deck_reading.NS["a"])}
    assert language == {"ru-RU" if lang == "ru" else "en-US"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_hold_the_studys_figures(decks, lang):
    study, paths = decks
    slides = {deck_reading.slide_name(slide): slide for slide in deck_reading.open_deck(paths[lang]).slides}
    overall = study["churn"]["overall"]["estimate"]

    products = deck_reading.charts(slides["products"])[0].chart
    groups = study["segments"]["byProducts"]
    assert list(products.plots[0].series[0].values) == [g["churn"]["estimate"] for g in groups] + [overall]
    assert [re.match(r"\d+", name).group() for name in list(products.plots[0].categories)[:-1]] == [g["values"][0] for g in groups]

    cities = {level["value"]: level["churn"]["estimate"] for level in
              next(by for by in study["churn"]["by"] if by["attribute"].get("role") == "city")["levels"]}
    plot = deck_reading.charts(slides["cities"])[0].chart.plots[0]
    assert dict(zip(list(plot.categories)[1:], list(plot.series[0].values)[1:])) == cities

    champion = next(m for m in study["forecast"]["models"] if m["name"] == study["forecast"]["champion"])
    gains = deck_reading.charts(slides["forecast"])[0].chart.plots[0].series[0]
    assert list(gains.values) == [0] + [row["capture"] for row in champion["deciles"]["rows"]]

    traits = [t["effect"] for t in study["portraits"]["churn"][0]["traits"] if t["typical"]][:8]
    assert list(deck_reading.charts(slides["portrait"])[0].chart.plots[0].series[0].values) == traits


@pytest.mark.parametrize("lang", LANGUAGES)
def test_edit_data_opens_the_same_figures(decks, lang):
    for slide in deck_reading.open_deck(decks[1][lang]).slides:
        for shape in deck_reading.charts(slide):
            sheet = deck_reading.embedded_book(shape.chart).active
            space = shape.chart._chartSpace
            for reference in deck_reading.xpath(space, ".//c:numRef | .//c:strRef"):
                formula = deck_reading.xpath(reference, "c:f/text()")[0]
                name, cells = formula.rsplit("!", 1)
                assert name.strip("'") == sheet.title
                found = sheet[cells.replace("$", "")]
                column = [cell[0].value for cell in found] if isinstance(found, tuple) else [found.value]
                cached = {int(p.get("idx")): deck_reading.xpath(p, "c:v/text()")[0]
                          for p in deck_reading.xpath(reference, ".//c:pt")}
                for index, value in enumerate(column):
                    if reference.tag.endswith("numRef"):
                        shown = float(cached[index]) if index in cached else None
                        # libxlsxwriter keeps sixteen digits.
                        assert value == shown or abs(value - shown) <= 1e-15 * max(1, abs(shown)), formula
                    else:
                        assert (value or "") == cached.get(index, ""), formula


def test_intervals_are_native_error_bars(decks):
    slides = {deck_reading.slide_name(s): s for s in deck_reading.open_deck(decks[1]["ru"]).slides}
    study = decks[0]
    space = deck_reading.charts(slides["products"])[0].chart._chartSpace
    plus = [float(v) for v in deck_reading.xpath(space, ".//c:errBars/c:plus//c:v/text()")]
    churn = [group["churn"] for group in study["segments"]["byProducts"]] + [study["churn"]["overall"]]
    assert plus == pytest.approx([c["interval"]["high"] - c["estimate"] for c in churn])


# MARK: Look


@pytest.mark.parametrize("lang", LANGUAGES)
def test_libreoffice_draws_every_slide(decks, drawn, lang):
    deck = deck_reading.open_deck(decks[1][lang])
    pdf, pictures = drawn[lang]
    assert len(pictures) == len(deck.slides)
    for picture in pictures:
        colours = Image.open(picture).convert("RGB").getcolors(1 << 24)
        assert len(colours) > 20, f"{picture.name} is blank"


def boxes(slide):
    for shape in slide.shapes:
        if shape.width:
            yield shape.name, (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_overlaps_or_leaves_the_slide(decks, lang):
    check_boxes(decks[1][lang])


def check_boxes(path):
    deck = deck_reading.open_deck(path)
    for slide in deck.slides:
        found = list(boxes(slide))
        for index, (name, (left, top, right, bottom)) in enumerate(found):
            assert left >= 0 and top >= 0 and right <= deck.slide_width and bottom <= deck.slide_height, name
            for other, (a, b, c, d) in found[index + 1:]:
                meets = left < c and a < right and top < d and b < bottom
                assert not meets, (deck_reading.slide_name(slide), name, other)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_drawn_text_is_cut_or_lost(decks, drawn, lang, tmp_path):
    """What LibreOffice draws, word by word and where: all words are there, inside their shapes."""
    import subprocess
    pdf, _ = drawn[lang]
    listing = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True).stdout
    pages = lxml.etree.fromstring(listing, lxml.etree.XMLParser(recover=True, huge_tree=True))
    ns = {"h": "http://www.w3.org/1999/xhtml"}
    deck = deck_reading.open_deck(decks[1][lang])
    for slide, page in zip(deck.slides, pages.xpath("//h:page", namespaces=ns)):
        scale = deck.slide_width / float(page.get("width"))
        words = [(w.text or "", *(float(w.get(k)) * scale for k in ("xMin", "yMin", "xMax", "yMax")))
                 for w in page.xpath(".//h:word", namespaces=ns)]
        drawn_text = re.sub(r"\s", "", "".join(w[0] for w in words))
        for word, left, top, right, bottom in words:
            assert left >= -1 and top >= -1 and right <= deck.slide_width + 1 and bottom <= deck.slide_height + 1, word
        for shape in slide.shapes:
            if not shape.has_text_frame or not shape.text_frame.text.strip():
                continue
            for word in shape.text_frame.text.split():
                assert re.sub(r"\s", "", word) in drawn_text, (deck_reading.slide_name(slide), word)
            if shape.width is None:
                continue
            # Words whose middle is within the shape must be in it wholly: none hangs over its lower border.
            for word, left, top, right, bottom in words:
                middle = ((left + right) / 2, (top + bottom) / 2)
                if shape.left < middle[0] < shape.left + shape.width and shape.top < middle[1] < shape.top + shape.height:
                    # poppler's boxes reach a fifth below the letters.
                    letters = bottom - 0.2 * (bottom - top)
                    assert letters <= shape.top + shape.height + 40_000, (deck_reading.slide_name(slide), word)


def luminance(rgb):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (x / 255 for x in rgb)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def theme_colours(path):
    with zipfile.ZipFile(path) as archive:
        theme = deck_reading.parse(archive.read("ppt/theme/theme1.xml"))
    found = {}
    for child in theme.find(".//a:clrScheme", deck_reading.NS):
        found[child.tag.split("}")[1]] = child[0].get("val")
    return found | {"tx1": found["dk1"], "bg1": found["lt1"], "tx2": found["dk2"], "bg2": found["lt2"]}


def rgb(fill, theme):
    """A solid fill's colour; None where there is none."""
    if fill is None:
        return None
    colour = fill[0]
    text = colour.get("val") if colour.tag.endswith("srgbClr") else theme[colour.get("val")]
    channels = [int(text[i:i + 2], 16) for i in (0, 2, 4)]
    for change in colour:
        if change.tag.endswith("lumMod"):
            channels = [c * int(change.get("val")) / 100_000 for c in channels]
    return channels


@pytest.mark.parametrize("lang", LANGUAGES)
def test_contrast(decks, lang):
    theme = theme_colours(decks[1][lang])
    a = "{%s}" % deck_reading.NS["a"]
    paper = rgb([lxml.etree.Element("srgbClr", val=theme["bg1"])], theme)
    checked = 0
    for slide in deck_reading.open_deck(decks[1][lang]).slides:
        for run in slide._element.iter(a + "r"):
            text = rgb(run.find(f"{a}rPr/{a}solidFill"), theme)
            if text is None:
                continue
            behind = None
            for above in run.iterancestors():
                properties = above.find(f"{a}tcPr") if above.tag == a + "tc" else above.find("p:spPr", deck_reading.NS)
                if properties is not None:
                    behind = rgb(properties.find(a + "solidFill"), theme)
                    break
            light, dark = sorted([luminance(text), luminance(behind or paper)], reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (deck_reading.slide_name(slide), run.find(a + "t").text)
            size = int(run.find(a + "rPr").get("sz"))
            assert size >= 1200
            checked += 1
    assert checked > 100


# MARK: Hostile and extreme data


@pytest.fixture(scope="session")
def sample_rows(sample_csv):
    return list(csv.reader(io.StringIO(sample_csv.read_text(encoding="utf-8"))))[:1201]


@pytest.mark.parametrize("case", range(9))
def test_hostile_tables(ebb, sample_rows, tmp_path, case):
    name, column, value = hostile_tables(sample_rows)[case]
    index = sample_rows[0].index(column)
    table = tmp_path / "clients.csv"
    with open(table, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sample_rows[0])
        for number, row in enumerate(sample_rows[1:]):
            writer.writerow(row[:index] + [value(number)] + row[index + 1:])
    lang = LANGUAGES[case % 2]
    study = ebb.study(table, tmp_path / "out", "--lang", lang)
    path = tmp_path / "out" / "presentation.pptx"
    check_package(path)
    check_boxes(path)
    result = validate_pptx(str(path))
    assert not result.errors, [str(error) for error in result.errors][:5]
    mismatches = number_checker.check(deck_reading.places(path, study), study)
    assert not mismatches, "\n".join(map(str, mismatches))
    pdf, pictures = deck_reading.render(path, tmp_path / "drawn")
    assert len(pictures) == len(deck_reading.open_deck(path).slides)


# MARK: Template and theme


@pytest.mark.parametrize("kind", ["pptx", "potx"])
def test_a_banks_template_is_used(ebb, decks, tmp_path, kind):
    template = pptx.Presentation()
    template.slides.add_slide(template.slide_layouts[0])
    source = tmp_path / f"bank.{kind}"
    template.save(source)
    if kind == "potx":
        parts = deck_reading.parts_of(source)
        with zipfile.ZipFile(source, "w") as archive:
            for name, _, data in parts:
                archive.writestr(name, data.replace(b"presentation.main+xml", b"template.main+xml"))
    done = ebb("report", decks[1]["ru"].parents[1] / "ru" / "study.json", "--out", tmp_path / "out", "--template", source,
               lang="ru")
    assert done.returncode == 0, done.stderr.decode()
    path = tmp_path / "out" / "presentation.pptx"
    check_package(path)
    result = validate_pptx(str(path))
    assert not result.errors, [str(error) for error in result.errors][:5]
    deck = deck_reading.open_deck(path)
    assert (deck.slide_width, deck.slide_height) == (template.slide_width, template.slide_height)
    assert [layout.name for layout in deck.slide_layouts] == [layout.name for layout in template.slide_layouts]
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title Slide", "Title Only"}
    check_boxes(path)
    pdf, pictures = deck_reading.render(path, tmp_path / "drawn")
    assert len(pictures) == len(deck.slides)


def test_a_theme_file_is_used(ebb, decks, tmp_path):
    Image.new("RGB", (300, 100), "#123456").save(tmp_path / "logo.png")
    theme = tmp_path / "theme.json"
    theme.write_text(json.dumps({
        "colours": {"calm": "#003366", "alarm": "990000"}, "fonts": {"heading": "Verdana"}, "logo": "logo.png"}))
    done = ebb("report", decks[1]["ru"].parents[1] / "ru" / "study.json", "--out", tmp_path / "out", "--theme", theme)
    assert done.returncode == 0, done.stderr.decode()
    path = tmp_path / "out" / "presentation.pptx"
    colours = theme_colours(path)
    assert (colours["accent1"], colours["accent2"]) == ("003366", "990000")
    check_package(path)
    assert not validate_pptx(str(path)).errors
    check_boxes(path)


@pytest.mark.parametrize("flag,content,code", [
    ("--template", b"no zip", 65), ("--theme", b"{", 65), ("--theme", b'{"colours": {"text": "ffffff"}}', 65),
    ("--template", None, 66)])
def test_a_look_that_cannot_be_used(ebb, decks, tmp_path, flag, content, code):
    look = tmp_path / "look"
    if content is not None:
        look.write_bytes(content)
    done = ebb("report", decks[1]["ru"].parents[1] / "ru" / "study.json", "--out", tmp_path / "out", flag, look)
    assert done.returncode == code and done.stderr
    assert not (tmp_path / "out" / "presentation.pptx").exists()


def test_no_study(ebb, tmp_path):
    (tmp_path / "study.json").write_text("{}")
    done = ebb("report", tmp_path / "study.json")
    assert done.returncode == 65 and "study.json" in done.stderr.decode()
    assert ebb("report", tmp_path / "none.json").returncode == 66
