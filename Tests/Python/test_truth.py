"""Every figure of the reference that the chapters hold is found in study.json."""

import bisect
import json

import pytest

# Keys of the reference that no chapter of the study holds, each with the reason.
NOT_HELD = {
    "anderson": "Anderson-Darling is not part of the study",
    "shapiro": "Shapiro-Wilk is not part of the study: D'Agostino-Pearson is",
    "median_test": "Mood's median test is not part of the study",
    "mutual_information_knn": "a random approximation",
    "d_se": "an intermediate figure of one of three intervals",
    "d_low": "the normal approximation; the study holds the noncentral-t interval",
    "d_high": "the normal approximation; the study holds the noncentral-t interval",
    "d_low_pingouin": "another approximation",
    "d_high_pingouin": "another approximation",
    "F_pingouin": "the same statistic from another library",
    "df2_pingouin": "the same from another library",
    "p_pingouin": "the same from another library",
    "p_tukey_equal_var": "Tukey's test for equal variances is not part of the study",
    "p_no_continuity": "the study holds the continuity-corrected p",
    "id": "identifiers are kept out of the study",
    "row_order": "row order is no attribute",
    "zeros": "held as an integer",
}


def floats(node, out):
    if isinstance(node, dict):
        for value in node.values():
            floats(value, out)
    elif isinstance(node, list):
        for value in node:
            floats(value, out)
    elif isinstance(node, (int, float)) and not isinstance(node, bool):
        out.append(float(node))


def figures(node, path, out):
    """Figures with digits enough to be recognised: six significant ones, not whole."""
    if isinstance(node, dict):
        if "churn" in path and "cross" in path and node.get("n", 99) < 10:
            return  # small cells are pooled for the sake of privacy
        for key, value in node.items():
            if key not in NOT_HELD:
                figures(value, path + [key], out)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            figures(value, path + [str(index)], out)
    elif isinstance(node, float) and node != int(node):
        if len(repr(abs(node)).split("e")[0].replace(".", "").strip("0")) >= 6:
            out.append((".".join(path), node))


def u_of_the_other_side(truth, path):
    """Mann-Whitney's U counted from the second group: the study may compare the other way round."""
    node = truth
    for key in path.split(".")[:-1]:
        node = node[int(key)] if isinstance(node, list) else node[key]
    return node.get("U2")


def tolerance(path):
    key = path.rsplit(".", 1)[-1]
    if "games_howell" in path:
        return 1e-4
    if key == "p" or key.startswith("p_") or key in ("fisher_p", "log10_p"):
        return 1e-6
    return 1e-9


def held(value, known, relative):
    low, high = sorted((value * (1 - relative), value * (1 + relative)))
    index = bisect.bisect_left(known, low)
    if index < len(known) and known[index] <= high:
        return True
    # a difference may be stored with the other sign, a probability of greater as that of smaller
    low, high = -high, -low
    index = bisect.bisect_left(known, low)
    return index < len(known) and known[index] <= high


@pytest.mark.parametrize("section", ["profile", "churn", "products", "portraits", "hypotheses", "association"])
def test_reference_figures(shared, bank_study, section):
    truth = json.loads((shared / "expected" / "truth_bank_dataset.json").read_text(encoding="utf-8"))
    wanted = []
    figures(truth[section], [section], wanted)
    known = []
    floats({key: value for key, value in bank_study.items() if key != "provenance"}, known)
    known.sort()
    missing = [
        (path, value)
        for path, value in wanted
        if not (
            ("_pp" in path and held(value / 100, known, 1e-9))
            or (path.endswith(".cles") and held(1 - value, known, 1e-9))
            or (path.endswith(".U1") and held(u_of_the_other_side(truth, path), known, 1e-12))
            or held(value, known, tolerance(path))
        )
    ]
    assert len(wanted) >= 50
    report = "\n".join(f"{path} = {value}" for path, value in missing[:60])
    assert not missing, f"{len(missing)} of {len(wanted)} figures are not in study.json:\n{report}"
