"""What the peers' forecasts share: the table as numbers, and probabilities out of fold, stopped early inside each."""
import math
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, train_test_split

FOLDS = 5
SEED = 1
# The two settings that Ebb chooses between (`ForecastSettings.search`; `searchOfFew` up to 50,000 clients), and its way of
# choosing and stopping: each is tried for some rounds, the better goes on until clients kept aside are forecast no better,
# and is trained again on all.
SEARCH = [{"learning_rate": 0.25, "depth": 3, "rows": 0.8, "columns": 0.8},
          {"learning_rate": 0.2, "depth": 4, "rows": 1.0, "columns": 0.8}]
SEARCH_OF_FEW = [{"learning_rate": 0.16, "depth": 4, "rows": 0.8, "columns": 0.6},
                 {"learning_rate": 0.16, "depth": 3, "rows": 0.8, "columns": 0.6}]
FEW = 50_000
ROUNDS, PATIENCE, STOPPING_SHARE = 300, 8, 0.2
TRIAL_ROUNDS, TRIAL_CLIENTS, MORE_ROUNDS = 8, 100_000, 1.1
BINS, MINIMUM_CHILD, LAMBDA = 128, 5, 2


def table(path, **reading):
    """Features as numbers, a column for each city and gender, missing balances kept; and who left."""
    frame = pd.read_csv(path, **reading)
    churned = frame.pop("Churn").to_numpy()
    features = pd.get_dummies(frame.drop(columns="userid"), columns=["City", "Gender"])
    return features.to_numpy(dtype=np.float32), churned


def kept_aside(rows, churned):
    """The training clients parted: to learn from, and to stop by."""
    return train_test_split(rows, test_size=STOPPING_SHARE, stratify=churned[rows], random_state=SEED)


def for_choosing(rows):
    """Settings are chosen on so many clients at most."""
    return rows if len(rows) <= TRIAL_CLIENTS else rows[np.arange(TRIAL_CLIENTS) * len(rows) // TRIAL_CLIENTS]


def candidates(churned):
    return SEARCH_OF_FEW if len(churned) <= FEW else SEARCH


class Trial:
    """Trees in training, watched on clients kept aside: `train(round)` adds a tree and returns their log-loss."""

    def __init__(self, settings, train):
        self.settings, self.train = settings, train
        self.done, self.rounds, self.loss = 0, 1, math.inf

    def run(self, last):
        while self.done < min(last, ROUNDS) and (self.done == 0 or self.done - self.rounds < PATIENCE):
            loss = self.train(self.done)
            self.done += 1
            if loss < self.loss - 1e-9:
                self.rounds, self.loss = self.done, loss


def chosen(settings, start):
    """The better of `settings`, and its rounds for all clients; `start(one)` gives the `train` of its trial."""
    trials = [Trial(one, start(one)) for one in settings]
    for trial in trials:
        trial.run(TRIAL_ROUNDS)
    best = min(trials, key=lambda trial: trial.loss)
    best.run(ROUNDS)
    return best.settings, max(1, round(best.rounds * MORE_ROUNDS))


def out_of_fold(features, churned, fit):
    """`fit(features, churned, rows)` gives a forecast: a function of features that tells probabilities.

    One thread a model and the folds spread over the cores, which on few clients is much faster than one fold after
    another on all cores."""
    found = np.empty(len(churned))

    def one(fold):
        training, held = fold
        found[held] = fit(features, churned, training)(features[held])

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(features, churned)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, folds))
    return {"n": len(churned), "rocAUC": float(roc_auc_score(churned, found))}
