"""Reads every number that a person sees and looks for it in study.json, rounded as it is shown.

A place is a piece of text (or a chart's value) with the parts of the study it may speak of: a number is right if one of
those parts holds a figure that rounds to it. Parts are narrow on purpose: in a whole study nearly every percentage with
one decimal occurs somewhere.

    mismatches = check(places, study)

To add another artifact, make `Place`s of its texts and values.
"""

import bisect
import dataclasses
import re

SPACES = "\u00a0\u202f\u2009 "
# Said of the method, not of this bank: the level of intervals, borders of effect sizes, an example, a norm.
CONSTANT = [
    r"95[ \u00a0]?%", r"0[.,]2 (?:is )?small, 0[.,]5 medium, 0[.,]8 large",
    r"0[.,]2(?:\u00a0—)? малый, 0[.,]5(?:\u00a0—)? средний, 0[.,]8(?:\u00a0—)? большой",
    r"0[.,]5 is a coin", r"0[.,]5(?:\u00a0—)? монета", r"30[ \u00a0]?%, about 30[ \u00a0]?%",
    r"30[ \u00a0]?% уходят около 30[ \u00a0]?%", r"where 0[.,]80 is", r"норме 0[.,]80", r"\* fewer than 30",
    r"\* меньше 30 клиентов", r"at least 100\b", r"от 100 клиентов", r"не меньше 100 клиентов", r"K²",
]
NUMBERS = {
    "en": re.compile(r"(?<![\w.])[+\-−±]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d)"),
    "ru": re.compile(r"(?<![\w.])[+\-−±]?(?:\d{1,3}(?:[\u202f\u00a0]\d{3})+|\d+)(?:[.,]\d+)?(?!\d)"),
}
SCALES = [
    (re.compile(r"^[\u00a0 ]?(?:%|п\.[\u00a0 ]п\.|pp)"), 0.01), (re.compile(r"^[\u00a0 ](?:млрд|bn)"), 1e9),
    (re.compile(r"^[\u00a0 ](?:млн|m\b)"), 1e6)]


@dataclasses.dataclass
class Place:
    """`text` as shown, or `values` of a chart; `parts` as paths into the study: "segments.byProducts"."""
    where: str
    parts: list
    text: str = ""
    lang: str = "en"
    values: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Mismatch:
    where: str
    shown: str
    context: str

    def __str__(self):
        return f"{self.where}: {self.shown} in {self.context!r}"


def part(study, path):
    """What stands at "forecast.n"; "models.*.metrics" is that of every model. None where there is no such part."""
    key, _, rest = path.partition(".")
    if key == "*":
        found = study if isinstance(study, list) else []
        return [part(item, rest) for item in found] if rest else found
    found = study.get(key) if isinstance(study, dict) else None
    return part(found, rest) if rest and found is not None else found


def figures(value, out, strings):
    """All numbers of a part: as they are, how long its lists are, and numbers inside its texts."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, (int, float)):
        out.append(float(value))
    elif isinstance(value, str):
        strings.add(value)
    elif isinstance(value, list):
        out.append(float(len(value)))
        for item in value:
            figures(item, out, strings)
    elif isinstance(value, dict):
        # A band [50; 60) of whole years is said as 50–59.
        for border in [value.get("high")] + (value.get("cuts") or []):
            if isinstance(border, (int, float)) and border == int(border):
                out.append(float(border) - 1)
        for item in value.values():
            figures(item, out, strings)


class Pool:
    def __init__(self, study, parts):
        numbers, self.strings = [], set()
        for path in parts:
            figures(part(study, path), numbers, self.strings)
        for text in self.strings:
            numbers += [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)]
        self.numbers = sorted(numbers + [-number for number in numbers])

    def between(self, low, high):
        at = bisect.bisect_left(self.numbers, low)
        return at < len(self.numbers) and self.numbers[at] <= high

    def has_exactly(self, value):
        slack = 1e-9 * max(1, abs(value))
        return self.between(value - slack, value + slack)

    def has_rounded(self, shown, scale, decimals):
        half = (0.5 + 1e-6) * 10 ** -decimals * scale
        return self.between(shown * scale - half, shown * scale + half)


def read(text, lang="en"):
    """Every number of a text in a language: (as shown, value, scale, decimals, is a bound of p)."""
    for pattern in CONSTANT:
        text = re.sub(pattern, " ", text)
    for match in NUMBERS[lang].finditer(text):
        token = match.group()
        sign = -1 if token[0] in "-−" else 1
        digits = token.lstrip("+-−±")
        # 1,234.5 in English; 1 234,5 in Russian.
        if lang == "en":
            whole, _, rest = digits.replace(",", "").partition(".")
        else:
            whole, _, rest = re.sub(r"[\u202f\u00a0]", "", digits).replace(".", ",").partition(",")
        rest = "." + rest if rest else ""
        decimals = len(rest) - 1 if rest else 0
        value = sign * float(whole + ("." + rest[1:] if rest else ""))
        after = text[match.end():match.end() + 12]
        scale = next((size for pattern, size in SCALES if pattern.match(after)), None)
        if scale is None:
            # The first end of "[19,6; 21,2 %]" has its unit at the other end.
            pair = re.match(r"[;,] ?[+\-−]?[\d.,\u202f]+[\u00a0 ]?(%|п\.|pp)", text[match.end():match.end() + 24])
            scale = 0.01 if pair and text[match.start() - 1:match.start()] == "[" else 1
        bound = re.search(r"p[\u00a0 ]<[\u00a0 ]$", text[:match.start()]) is not None
        yield token, value, scale, decimals, bound


def check(places, study):
    mismatches = []
    pools = {}
    for place in places:
        key = tuple(place.parts)
        pool = pools.setdefault(key, Pool(study, place.parts))
        text = place.text
        # Names from the table may hold digits of their own.
        for name in sorted((name for name in pool.strings if re.search(r"\d\D|\D\d", name)), key=len, reverse=True):
            text = text.replace(name, " ")
        for token, value, scale, decimals, bound in read(text, place.lang):
            right = pool.between(0, value) if bound else pool.has_rounded(value, scale, decimals)
            if not right:
                mismatches.append(Mismatch(place.where, token, text.strip()[:120]))
        for value in place.values:
            if value is not None and not pool.has_exactly(value):
                mismatches.append(Mismatch(place.where, repr(value), "chart"))
    return mismatches
