"""The forecast by scikit-learn's HistGradientBoosting, and the same as the whole of a small study in Python."""
import os

os.environ["OMP_NUM_THREADS"] = "1"  # a model; before the libraries look

import scipy.stats  # noqa: F401  what a study in Python would import
from clients import main
from cross_validation import (BINS, DEPTH, LAMBDA, LEARNING_RATE, PATIENCE, ROUNDS, SEED, STOPPING_SHARE, out_of_fold,
                              table)
from sklearn.ensemble import HistGradientBoostingClassifier


def fit(features, churned, rows):
    trees = HistGradientBoostingClassifier(
        learning_rate=LEARNING_RATE, max_depth=DEPTH, max_iter=ROUNDS, max_bins=BINS, l2_regularization=LAMBDA,
        early_stopping=True, validation_fraction=STOPPING_SHARE, n_iter_no_change=PATIENCE, random_state=SEED)
    trees.fit(features[rows], churned[rows])
    return lambda some: trees.predict_proba(some)[:, 1]


def forecast(path):
    return out_of_fold(*table(path, engine="pyarrow"), fit)


def whole(path):
    """Plain reading: at this size Arrow's costs more to start than it saves."""
    return out_of_fold(*table(path), fit)


if __name__ == "__main__":
    main({"forecast": forecast, "whole": whole})
