"""What the peers' forecasts share: the table as numbers, and probabilities out of fold, stopped early inside each."""
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, train_test_split

FOLDS = 5
SEED = 1
# The first of the two settings that Ebb chooses between (`ForecastSettings.search`), and its way of stopping.
LEARNING_RATE, DEPTH, ROUNDS, PATIENCE, STOPPING_SHARE = 0.25, 3, 300, 8, 0.2
BINS, MINIMUM_CHILD, LAMBDA, ROWS, COLUMNS = 128, 5, 2, 0.8, 0.8


def table(path, **reading):
    """Features as numbers, a column for each city and gender, missing balances kept; and who left."""
    frame = pd.read_csv(path, **reading)
    churned = frame.pop("Churn").to_numpy()
    features = pd.get_dummies(frame.drop(columns="userid"), columns=["City", "Gender"])
    return features.to_numpy(dtype=np.float32), churned


def kept_aside(rows, churned):
    """The training clients parted: to learn from, and to stop by."""
    return train_test_split(rows, test_size=STOPPING_SHARE, stratify=churned[rows], random_state=SEED)


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
