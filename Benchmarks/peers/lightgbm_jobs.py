"""The forecast by LightGBM."""
import lightgbm
from clients import main
from cross_validation import (BINS, COLUMNS, DEPTH, LAMBDA, LEARNING_RATE, MINIMUM_CHILD, PATIENCE, ROUNDS, ROWS, SEED,
                              kept_aside, out_of_fold, table)

SETTINGS = {"objective": "binary", "metric": "binary_logloss", "max_depth": DEPTH, "num_leaves": 2**DEPTH,
            "learning_rate": LEARNING_RATE, "max_bin": BINS, "min_sum_hessian_in_leaf": MINIMUM_CHILD,
            "lambda_l2": LAMBDA, "bagging_fraction": ROWS, "bagging_freq": 1, "feature_fraction": COLUMNS,
            "seed": SEED, "num_threads": 1, "verbosity": -1}


def fit(features, churned, rows):
    learn, stop = kept_aside(rows, churned)
    training = lightgbm.Dataset(features[learn], churned[learn])
    held = lightgbm.Dataset(features[stop], churned[stop], reference=training)
    booster = lightgbm.train(SETTINGS, training, ROUNDS, valid_sets=[held],
                             callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False)])
    return booster.predict


def forecast(path):
    return out_of_fold(*table(path, engine="pyarrow"), fit)


if __name__ == "__main__":
    main({"forecast": forecast})
