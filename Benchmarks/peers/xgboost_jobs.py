"""The forecast by Python's xgboost, and Ebb's trees scoring a file there, by pandas and numpy."""
import json
from pathlib import Path

import numpy as np
import pandas as pd
import xgboost
from clients import main
from cross_validation import (BINS, LAMBDA, MINIMUM_CHILD, PATIENCE, ROUNDS, SEED, candidates, chosen, for_choosing,
                              kept_aside, out_of_fold, table)


def parameters(settings):
    return {"objective": "binary:logistic", "eval_metric": "logloss", "tree_method": "hist",
            "max_depth": settings["depth"], "eta": settings["learning_rate"], "max_bin": BINS,
            "min_child_weight": MINIMUM_CHILD, "lambda": LAMBDA, "subsample": settings["rows"],
            "colsample_bytree": settings["columns"], "seed": SEED, "nthread": 1}


def matrices(features, churned, rows):
    learn, stop = kept_aside(rows, churned)
    training = xgboost.QuantileDMatrix(features[learn], churned[learn], max_bin=BINS, nthread=1)
    return training, xgboost.QuantileDMatrix(features[stop], churned[stop], ref=training, max_bin=BINS, nthread=1)


def fit_quickly(features, churned, rows):
    training, held = matrices(features, churned, rows)
    booster = xgboost.train(parameters(candidates(churned)[0]), training, ROUNDS, evals=[(held, "held")],
                            early_stopping_rounds=PATIENCE, verbose_eval=False)
    return lambda some: booster.inplace_predict(some, iteration_range=(0, booster.best_iteration + 1))


def fit(features, churned, rows):
    training, held = matrices(features, churned, for_choosing(rows))

    def start(settings):
        booster = xgboost.Booster(parameters(settings), [training, held])

        def train(turn):
            booster.update(training, turn)
            return float(booster.eval(held).rsplit(":", 1)[1])

        return train

    settings, rounds = chosen(candidates(churned), start)
    whole = xgboost.QuantileDMatrix(features[rows], churned[rows], max_bin=BINS, nthread=1)
    return xgboost.train(parameters(settings), whole, rounds).inplace_predict


def forecast(path):
    return out_of_fold(*table(path, engine="pyarrow"), fit)


def quick(path):
    return out_of_fold(*table(path, engine="pyarrow"), fit_quickly)


class Model:
    """Ebb's folder opened in Python: trees, the features that are their columns, calibration."""

    def __init__(self, folder):
        folder = Path(folder)
        manifest = json.loads((folder / "model.json").read_text(encoding="utf-8"))["manifest"]
        (self.method, parts), = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))["trees"].items()
        self.curve = parts.get("_0")
        self.id = manifest["id"]
        self.features = [one["feature"] for one in manifest["features"]]
        self.booster = xgboost.Booster(model_file=folder / "trees.json")

    def matrix(self, frame):
        """A number is one column, a category one for each level (of two levels, the second)."""
        x = np.empty((len(frame), self.booster.num_features()), dtype=np.float32)
        at = 0
        for feature in self.features:
            values, levels = frame[feature["name"]], feature["levels"]
            if feature["kind"] == "number":
                x[:, at] = values
                at += 1
                continue
            codes = pd.Categorical(values, categories=levels).codes
            for code in range(1 if len(levels) == 2 else 0, len(levels)):
                x[:, at] = codes == code
                x[codes < 0, at] = np.nan
                at += 1
        return x

    def probabilities(self, x):
        if self.method == "none":
            return self.booster.inplace_predict(x)
        margin = self.booster.inplace_predict(x, predict_type="margin").astype(float)
        if self.method == "isotonic":
            return np.interp(margin, self.curve["scores"], self.curve["probabilities"])
        return 1 / (1 + np.exp(-(self.curve["intercept"] + self.curve["slope"] * margin)))


def score(path, folder, out):
    model = Model(folder)
    frame = pd.read_csv(path, engine="pyarrow")
    probabilities = model.probabilities(model.matrix(frame))
    pd.DataFrame({"id": frame[model.id], "probability": probabilities}).to_csv(out, index=False)
    return {}


if __name__ == "__main__":
    main({"forecast": forecast, "quick": quick, "score": score})
