"""What the page says, room by room, as a reader sees it: sentences, tables and what the charts draw."""

import json
import pathlib

from dashboard_reading import unpacked
from number_checker import Sentence, Table

OVERVIEW = ["churn", "findings", "schema.clients", "recount.totals", "recount.axes.*", "segments.byChurn.*.balance",
            "provenance.privacyThreshold"]
# The parts of the study that each room may speak of.
ROOMS = {
    "overview": OVERVIEW,
    "segments": ["segments", "churn.overall", "schema.clients", "recount", "provenance.privacyThreshold", "findings"],
    "portrait": ["portraits", "schema.clients", "churn.overall"],
    "groups": ["riskGroups", "schema.clients", "churn.overall"],
    "hypotheses": ["hypotheses", "schema.clients", "provenance.alpha", "provenance.equivalenceBound"],
    "forecast": ["forecast", "schema.clients", "churn.overall", "recount.card"],
    "plan": ["plan", "recommendations", "experiments", "schema.clients", "provenance.privacyThreshold"],
    "method": ["quality", "schema", "provenance", "findings"],
}
# A card speaks of one of these.
CARDS = {"groups": ["riskGroups.risk.*", "riskGroups.loyal.*"], "plan": ["recount.cards.*"]}

# Narrower: what each chart and table shows, by its name.
BLOCKS = {
    "live.pair": ["recount.pairs"], "live": ["recount.axes", "churn.overall", "recount.totals"],
    "products": ["segments.byProducts", "segments.adjustedProducts", "schema.clients"],
    "profiles": ["segments.byProducts.*.churn", "segments.byProducts.*.numbers", "segments.byProducts.*.categories",
                 "segments.byProducts.*.values"],
    "products-churn": ["segments.byProductsAndChurn"],
    "portrait": ["portraits.churn.*.traits", "schema.clients"], "portrait-numbers": ["portraits.churn.*.numbers"],
    "portrait-shares": ["portraits.churn.*.categories"],
    "groups.risk": ["riskGroups.risk", "riskGroups.covered", "schema.clients"],
    "groups.loyal": ["riskGroups.loyal", "riskGroups.overall", "schema.clients"],
    "hypotheses.forest": ["recount.forest", "schema.clients"], "ledger": ["hypotheses.ledger"],
    "forecast.importance": ["forecast.models.*.importance", "forecast.n", "recount.leading"],
    "shape": ["forecast.models.*.importance", "forecast.n"],
    "models": ["forecast.models.*.metrics", "forecast.models.*.name"], "forecast-segments": ["forecast.bySegment"],
    "forecast": ["forecast.models", "forecast.n"],
    "plan.curve": ["plan.curve", "plan.contacted", "plan.selected"],
    "plan.tornado": ["recount.widths", "plan.selected"],
    "sensitivity": ["plan.sensitivity"], "experiments": ["experiments"], "skipped": ["recommendations.skipped"],
    "missing": ["quality.missing"], "columns": ["schema.columns", "quality", "profile.columns"],
    "correlations": ["profile.association.correlations"], "reading": ["provenance.guesses"],
}


# Titles of charts whose values are many.
TITLES = {"forecast.roc": ["forecast.models.*.metrics.rocAUC"], "forecast.gains": ["forecast.models.*.deciles"]}


# Tables of several series, one under the other: each is a list of its own.
OF_SERIES = {"products", "makeUp", "expected"}


def by_series(rows, column):
    found = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return list(found.values())


def left(study):
    """Which portrait is that of those who left."""
    return next((index for index, portrait in enumerate(study["portraits"]["churn"]) if portrait["group"] == "left"), 0)


def parts_of(room, name, study):
    """The parts that a chart or table of a room may speak of; of a hypothesis, that one."""
    if not name:
        return ROOMS[room]
    kind, _, rest = name.partition(".")
    if name in BLOCKS:
        return [part.replace("churn.*", f"churn.{left(study)}") if part.startswith("portraits") else part for part in BLOCKS[name]]
    if name in ("forecast.roc", "forecast.gains", "forecast.lift"):
        forecast = study["forecast"]
        shown = [f"forecast.models.{index}" for index, model in enumerate(forecast["models"])
                 if model["name"] == forecast["champion"]]
        return [at + (".roc" if name == "forecast.roc" else ".deciles") for at in shown] + [
            "forecast.n", "recount.origin"]
    if kind == "live":
        found = [f"recount.axes.{index}" for index, axis in enumerate(study["churn"]["cube"]["axes"])
                 if rest in (axis["attribute"].get("role"), axis["attribute"]["column"])]
        return (found or ["recount.axes"]) + ["churn.overall", "recount.totals"]
    if kind in ("makeUp", "expected"):
        found = [f"recount.{kind}.{index}" for index, axis in enumerate(study["churn"]["cube"]["axes"])
                 if rest in (axis["attribute"].get("role"), axis["attribute"]["column"])]
        return (found or [f"recount.{kind}"]) + ["schema.clients"]
    if name == "fairness":
        return ["plan.selection"] if room == "plan" else ["forecast.fairness.attributes"]
    if kind == "churn":
        column = rest.removesuffix(".presence")
        found = [f"churn.by.{index}" for index, by in enumerate(study["churn"]["by"]) if by["attribute"]["column"] == column]
        return (found or ["churn.by"]) + ["churn.overall"]
    if kind == "shape":
        found = [f"forecast.models.{m}.importance.{index}" for m, model in enumerate(study["forecast"]["models"])
                 for index, effect in enumerate(model.get("importance") or []) if effect["feature"] == rest]
        return (found or BLOCKS["shape"]) + ["forecast.n", "forecast.holdOut.n"]
    for index, tested in enumerate((study.get("hypotheses") or {}).get("tested", [])):
        if name.endswith("." + tested["id"]):
            return [f"hypotheses.tested.{index}", "schema.clients"]
    return BLOCKS.get(kind, ROOMS[room])


_GATHER = """() => {
  const room = document.querySelector('.room:not([hidden])');
  const out = [];
  const seen = (element) => element.getClientRects().length > 0;
  const text = (element) => (element.innerText ?? element.textContent).trim();
  const section = (element) => {
    const figure = element.closest('[data-chart]');
    return { chart: figure ? figure.dataset.chart : null, card: [...room.querySelectorAll('.card, details.fold')].indexOf(element.closest('.card, details.fold')),
             isCard: Boolean(element.closest('.card')), isSimulator: Boolean(element.closest('.simulator')), isPlanner: Boolean(element.closest('.planner')),
             about: element.closest('details.fold')?.querySelector('[data-chart]')?.dataset.chart ?? null };
  };
  for (const table of room.querySelectorAll('table')) {
    if (!seen(table)) continue;
    out.push({ kind: 'table', title: table.caption ? table.caption.textContent.trim() : '', ...section(table),
      labels: [...(table.querySelector('tbody tr')?.cells ?? [])].map((cell, index) => cell.classList.contains('number') ? -1 : index).filter((index) => index >= 0),
      head: [...table.querySelectorAll('thead tr')].map((row) => [...row.cells].map((cell) => cell.innerText.trim())),
      rows: [...table.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.innerText.trim())) });
  }
  const leaves = 'p, li, h2, h3, h4, summary, figcaption, dt, dd, output, label';
  for (const element of room.querySelectorAll(leaves)) {
    if (!seen(element) || element.closest('table') || element.querySelector('p, li, h3, dt, dd, table, figure')) continue;
    if (text(element)) out.push({ kind: 'text', tag: element.tagName.toLowerCase(), text: text(element), ...section(element) });
  }
  for (const kpi of room.querySelectorAll('.kpi')) {
    if (seen(kpi)) out.push({ kind: 'kpi', text: text(kpi), ...section(kpi) });
  }
  for (const figure of room.querySelectorAll('[data-chart]')) {
    const svg = figure.querySelector('svg');
    if (!svg) continue;
    for (const label of svg.querySelectorAll('.mark-text.role-mark text')) if (label.textContent.trim())
      out.push({ kind: 'label', text: label.textContent.trim(), ...section(figure) });
    const rows = [];
    const done = new Set();
    for (const mark of svg.querySelectorAll('.role-mark path, .role-mark line, .role-mark text, .role-mark rect')) {
      const row = mark.__data__ && mark.__data__.datum;
      if (!row || typeof row !== 'object') continue;
      const cells = [row.series ?? '', /^\\s*\\(\\d+\\)$/.test(row.label ?? '') ? '' : row.label ?? '', ...['x', 'y', 'low', 'high', 'n'].map((name) => typeof row[name] === 'number' ? row[name] : null)];
      const key = JSON.stringify(cells);
      if (!done.has(key) && cells.slice(2).some((cell) => cell !== null)) { done.add(key); rows.push(cells); }
    }
    if (rows.length) out.push({ kind: 'chart', rows, ...section(figure) });
  }
  return out;
}"""


def gather(browser, path, lang):
    """Every room's blocks, everything opened: [(room, block)]."""
    page = browser.new_page(viewport={"width": 1440, "height": 6_000})
    page.goto(pathlib.Path(path).resolve().as_uri())
    page.wait_for_selector("html[data-ready]")
    if page.get_attribute("html", "lang")[:2] != lang:
        page.click("#language")
    ids = {}
    for block in _blocks(unpacked(page.text_content("#data"), page.text_content("#cells"))["texts"][lang]):
        ids.setdefault(block["title"], block["id"])
    found = []
    for link in page.eval_on_selector_all("nav a", "links => links.map(link => link.getAttribute('href'))"):
        page.click(f'nav a[href="{link}"]')
        # What is folded may hold further folds and charts.
        for _ in range(3):
            page.evaluate("document.querySelectorAll('.room:not([hidden]) details:not([open])').forEach(fold => { fold.open = true; })")
            page.wait_for_timeout(60)
        # Charts are drawn where they are looked at.
        page.wait_for_function(
            """() => {
                 const bare = [...document.querySelectorAll('.room:not([hidden]) [data-chart]')]
                   .filter(figure => figure.getClientRects().length > 0 && !figure.querySelector('svg'));
                 // Without the drawing library tables stand in for charts.
                 if (!window.vegaEmbed) return true;
                 if (bare.length) bare[0].scrollIntoView();
                 return bare.length === 0;
               }""", polling=30, timeout=120_000)
        page.wait_for_timeout(200)
        room = link.split("room=")[1].split("&")[0]
        for block in page.evaluate(_GATHER):
            block["id"] = ids.get(block.get("title"), block.get("chart"))
            found.append((room, block))
    page.close()
    return found


def _blocks(value):
    """Tables of the page's data, wherever they stand."""
    if isinstance(value, dict):
        if value.get("kind") == "table":
            yield value["table"]
        for item in value.values():
            yield from _blocks(item)
    elif isinstance(value, list):
        for item in value:
            yield from _blocks(item)


def places(browser, path, study, lang):
    """The page as sentences and tables with the parts of the study they may speak of."""
    out = []
    labels = {}
    for room, block in gather(browser, path, lang):
        where = f"page {lang}, {room}, {block.get('id') or block.get('chart') or block['kind']}"
        # Tables of all hypotheses have the same titles.
        name = block["about"] if (block["about"] or "").startswith("hypothesis.") else block.get("id") or block.get("chart")
        parts = parts_of(room, name, study)
        if block["isPlanner"]:
            parts = ["plan.sensitivity", "plan.assumptions", "plan.selected", "plan.contacted"]
        if block["isSimulator"]:
            parts = ["recount.card", "forecast.card", "forecast.cardWithPairs"]
        if block["kind"] == "table":
            for rows in by_series(block["rows"], 1) if (name or "").partition(".")[0] in OF_SERIES else [block["rows"]]:
                out.append(Table(where, parts, rows, lang, labels=set(block["labels"])))
            out += [Sentence(where, parts, text, lang) for row in block["head"] for text in row]
            if block["title"]:
                out.append(Sentence(where, TITLES.get(name, parts), block["title"], lang))
        elif block["kind"] == "chart":
            for rows in by_series(block["rows"], 0):
                out.append(Table(where + " drawn", parts, [
                    [cell if isinstance(cell, str) else None if cell is None else float(cell) for cell in row]
                    for row in rows], lang))
        elif block["kind"] == "label":
            # What is written at a chart's marks, as one column.
            if (room, name) not in labels:
                labels[room, name] = Table(where + " labels", parts, [], lang, labels=set())
                out.append(labels[room, name])
            labels[room, name].rows.append([block["text"]])
        else:
            one_of = CARDS.get(room, []) if block["isCard"] else []
            if block.get("tag") == "li" and room == "overview":
                one_of = ["findings.*", "recount.axes.*.*"]
            if block.get("tag") == "li" and room == "portrait":
                one_of = [f"portraits.churn.{left(study)}.traits.*"]
            if block.get("tag") in ("h3", "figcaption"):
                parts = TITLES.get(name, parts)
            out.append(Sentence(where, parts, block["text"], lang, one_of=one_of))
    return out
