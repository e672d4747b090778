"""Where two studies differ."""


def differences(one, other, place="", found=None):
    """Everything that differs: counts and texts at all, figures by more than a relative 1e-12."""
    found = [] if found is None else found
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(set(one) | set(other)):
            if key in one and key in other:
                differences(one[key], other[key], f"{place}/{key}", found)
            else:
                found.append((f"{place}/{key}", key in one, key in other))
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            found.append((place, len(one), len(other)))
        for index, pair in enumerate(zip(one, other)):
            differences(*pair, f"{place}[{index}]", found)
    elif isinstance(one, float) or isinstance(other, float):
        numbers = all(isinstance(x, (int, float)) and not isinstance(x, bool) for x in (one, other))
        if not numbers or abs(one - other) > 1e-12 * max(abs(one), abs(other)):
            found.append((place, one, other))
    elif one != other or type(one) is not type(other):
        found.append((place, one, other))
    return found
