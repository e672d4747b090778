"""Wrong numbers planted among those that a person is shown: how many does the checker see?"""

import copy
import random
import re

import number_checker
from number_checker import Sentence
from shown_numbers import read

KINDS = ["last digit", "factor of ten", "sign", "another percentage"]


def spots(places):
    """Where numbers stand: (place, row, cell, number); row and cell are None in a sentence."""
    for place in places:
        if isinstance(place, Sentence):
            for number in read(place.text, place.lang):
                yield place, None, None, number
            continue
        for row, cells in enumerate(place.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, float):
                    yield place, row, column, None
                elif isinstance(cell, str):
                    for number in read(cell, place.lang):
                        yield place, row, column, number


def changed(text, number, kind, others, random, lang):
    """The number said otherwise; None where that kind cannot be planted."""
    digits = re.sub(r"^[+\-−±]", "", number)
    sign = number[:len(number) - len(digits)]
    if kind == "last digit":
        return sign + digits[:-1] + random.choice([digit for digit in "0123456789" if digit != digits[-1]])
    if kind == "sign":
        if not re.search("[1-9]", digits) or sign == "±":
            return None
        return ("" if sign in "-−" and sign else "−") + digits
    if kind == "factor of ten":
        mark = "." if lang == "en" else ","
        plain = re.sub(r"[\u202f\u00a0]" if lang == "ru" else ",", "", digits)
        if not re.search("[1-9]", plain):
            return None
        whole, _, rest = plain.partition(mark)
        if rest:
            return sign + (whole + rest[0]).lstrip("0").rjust(1, "0") + mark + rest[1:] + "0"
        return sign + whole + "0"
    # As many decimals, and not the same.
    fitting = [other for other in others if other != digits and len(other.partition(",")[2]) == len(digits.partition(",")[2])
               and len(other.partition(".")[2]) == len(digits.partition(".")[2])]
    return sign + random.choice(fitting) if fitting else None


def plant(places, count, seed=1):
    """So many copies of places with one number changed: (kind, place, was, is)."""
    draw = random.Random(seed)
    found = [spot for spot in spots(places)]
    percentages = {lang: sorted({re.sub(r"^[+\-−±]", "", number.text) for place, _, _, number in found
                                 if number and number.is_share and place.lang == lang}) for lang in ("ru", "en")}
    while count:
        place, row, column, number = draw.choice(found)
        kind = draw.choice(KINDS)
        if number is None:
            value = place.rows[row][column]
            new = {"last digit": value * (1 + 1e-3) if value else 0.001, "factor of ten": value * 10, "sign": -value,
                   "another percentage": round(draw.random(), 3)}[kind]
            if new == value:
                continue
            planted = copy.copy(place)
            planted.rows = [list(cells) for cells in place.rows]
            planted.rows[row][column] = new
            was, now = value, new
        else:
            if kind == "another percentage" and not number.is_share:
                continue
            text = place.text if row is None else place.rows[row][column]
            new = changed(text, number.text, kind, percentages[place.lang], draw, place.lang)
            if new is None or new == number.text:
                continue
            text = text[:number.start] + new + text[number.start + len(number.text):]
            planted = copy.copy(place)
            if row is None:
                planted.text = text
            else:
                planted.rows = [list(cells) for cells in place.rows]
                planted.rows[row][column] = text
            was, now = number.text, new
        count -= 1
        yield kind, planted, was, now


def caught(places, study, count, seed=1):
    """(share of planted numbers that the checker sees, those it does not)."""
    checker = number_checker.Checker(study)
    missed = [planted for planted in plant(places, count, seed) if not checker.check([planted[1]])]
    return 1 - len(missed) / count, missed
