"""The forecast by scikit-learn's HistGradientBoosting, and the same as the whole of a small study in Python."""
import os

os.environ["OMP_NUM_THREADS"] = "1"  # a model; before the libraries look

import scipy.stats  # noqa: F401  what a study in Python would import
from clients import main
from cross_validation import (BINS, LAMBDA, MORE_ROUNDS, PATIENCE, ROUNDS, SEED, STOPPING_SHARE, TRIAL_ROUNDS,
                              candidates, for_choosing, kept_aside, out_of_fold, table)
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss


def trees(settings, rounds, **further):
    return HistGradientBoostingClassifier(
        learning_rate=settings["learning_rate"], max_depth=settings["depth"], max_iter=rounds, max_bins=BINS,
        l2_regularization=LAMBDA, random_state=SEED, **further)


def stopped(settings, features, churned, rows):
    """Stops by a part of the clients that it keeps aside itself."""
    return trees(settings, ROUNDS, early_stopping=True, validation_fraction=STOPPING_SHARE,
                 n_iter_no_change=PATIENCE).fit(features[rows], churned[rows])


def forecasts(model):
    return lambda some: model.predict_proba(some)[:, 1]


def fit_quickly(features, churned, rows):
    return forecasts(stopped(candidates(churned)[0], features, churned, rows))


def fit(features, churned, rows):
    """The better setting begins anew to be stopped: a warm start would bin all clients again at each step."""
    some = for_choosing(rows)
    learn, stop = kept_aside(some, churned)

    def loss(settings):
        tried = trees(settings, TRIAL_ROUNDS, early_stopping=False).fit(features[learn], churned[learn])
        return log_loss(churned[stop], tried.predict_proba(features[stop])[:, 1])

    settings = min(candidates(churned), key=loss)
    rounds = stopped(settings, features, churned, some).n_iter_ - PATIENCE
    last = trees(settings, max(1, round(rounds * MORE_ROUNDS)), early_stopping=False)
    return forecasts(last.fit(features[rows], churned[rows]))


def forecast(path):
    return out_of_fold(*table(path, engine="pyarrow"), fit)


def quick(path):
    return out_of_fold(*table(path, engine="pyarrow"), fit_quickly)


def whole(path):
    """Plain reading: at this size Arrow's costs more to start than it saves."""
    return out_of_fold(*table(path), fit_quickly)


if __name__ == "__main__":
    main({"forecast": forecast, "quick": quick, "whole": whole})
