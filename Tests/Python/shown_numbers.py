"""Numbers as a person reads them in a text: value, unit, decimals."""

import dataclasses
import re

# Said of the method, not of this bank: the level of intervals, borders of effect sizes, an example, a norm.
CONSTANT = re.compile("|".join([
    r"95[ \u00a0]?%", r"0[.,]2 (?:is )?small, 0[.,]5 medium, 0[.,]8 large",
    r"0[.,]2(?:\u00a0—)? малый, 0[.,]5(?:\u00a0—)? средний, 0[.,]8(?:\u00a0—)? большой",
    r"0[.,]5 is a coin", r"0[.,]5(?:\u00a0—)? монета", r"30[ \u00a0]?%, about 30[ \u00a0]?%",
    r"30[ \u00a0]?% уходят около 30[ \u00a0]?%", r"where 0[.,]80 is", r"норме 0[.,]80", r"\* fewer than 30",
    r"\* меньше 30 клиентов", r"at least 100\b", r"от 100 клиентов", r"не меньше 100 клиентов", r"K²",
    r"[ηωε]²", r"(?<=(?:lift|лифт) )10[ \u00a0]%", r"χ²", r"expected counts (?:are )?below 5", r"частоты меньше 5", r"…\s\(\d+\)", r"(?:Признак|Attribute) 2$",
]))
_NUMBERS = {
    "en": re.compile(r"(?<![\w.])[+\-−±]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d)"),
    "ru": re.compile(r"(?<![\w.])[+\-−±]?(?:\d{1,3}(?:[\u202f\u00a0]\d{3})+|\d+)(?:[.,]\d+)?(?!\d)"),
}
_SCALES = [
    (re.compile(r"^[\u00a0 ]?(?:%|п\.[\u00a0 ]?п\.|pp\b)"), 0.01), (re.compile(r"^[\u00a0 ](?:млрд|bn)"), 1e9),
    (re.compile(r"^[\u00a0 ](?:млн|m\b)"), 1e6),
    (re.compile(r"^[\u00a0 ](?:тыс|k\b)"), 1e3)]
_FIRST_END = re.compile(r"[;,] ?[+\-−]?[\d.,\u202f\u00a0]+[\u00a0 ]?(%|п\.|pp)")


@dataclasses.dataclass(frozen=True)
class Shown:
    """`text` stands at `start` and means `value` times `scale`, to so many decimals."""
    text: str
    value: float
    scale: float
    decimals: int
    start: int
    # "<" of "p < 0.001".
    is_bound: bool = False
    is_p: bool = False
    # A chart's value: it must be the study's own.
    is_exact: bool = False

    @property
    def is_share(self):
        return self.scale == 0.01

    @property
    def reach(self):
        """Between which figures it may stand for."""
        middle = self.value * self.scale
        if self.is_exact:
            half = 1e-9 * max(1, abs(middle))
        else:
            half = (0.5 + 1e-6) * 10 ** -self.decimals * self.scale
        return (0, middle) if self.is_bound else (middle - half, middle + half)


def exact(value):
    return Shown(repr(value), value, 1, 0, 0, is_exact=True)


def blanked(text):
    """Constants of the method replaced by as many spaces."""
    return CONSTANT.sub(lambda match: " " * len(match.group()), text)


def read(text, lang):
    """Every number of a text in a language."""
    text = blanked(text)
    for match in _NUMBERS[lang].finditer(text):
        token = match.group()
        sign = -1 if token[0] in "-−" else 1
        digits = token.lstrip("+-−±")
        # 1,234.5 in English; 1 234,5 in Russian.
        if lang == "en":
            whole, _, rest = digits.replace(",", "").partition(".")
        else:
            whole, _, rest = re.sub(r"[\u202f\u00a0]", "", digits).replace(".", ",").partition(",")
        value = sign * float(whole + ("." + rest if rest else ""))
        after = text[match.end():match.end() + 40]
        scale = next((size for pattern, size in _SCALES if pattern.match(after)), None)
        if scale is None:
            # The first end of "[19,6; 21,2 %]" has its unit at the other end.
            pair = _FIRST_END.match(after)
            scale = 0.01 if pair and text[match.start() - 1:match.start()] == "[" else 1
        before = text[:match.start()]
        bound = re.search(r"<[\u00a0 ]?$", before)
        p = re.search(r"\bp(?: corrected)?[\u00a0 ][=<][\u00a0 ]$", before)
        yield Shown(token, value, scale, len(rest), match.start(), is_bound=bool(bound and (p or value < 0.01)),
                    is_p=bool(p))
