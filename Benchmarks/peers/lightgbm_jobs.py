"""The forecast by LightGBM."""
import lightgbm
from clients import main
from cross_validation import (BINS, LAMBDA, MINIMUM_CHILD, PATIENCE, ROUNDS, SEED, candidates, chosen, for_choosing,
                              kept_aside, out_of_fold, table)


def parameters(settings):
    return {"objective": "binary", "metric": "binary_logloss", "max_depth": settings["depth"],
            "num_leaves": 2 ** settings["depth"], "learning_rate": settings["learning_rate"], "max_bin": BINS,
            "min_sum_hessian_in_leaf": MINIMUM_CHILD, "lambda_l2": LAMBDA, "bagging_fraction": settings["rows"],
            "bagging_freq": 1, "feature_fraction": settings["columns"], "seed": SEED, "num_threads": 1, "verbosity": -1}


def datasets(features, churned, rows):
    learn, stop = kept_aside(rows, churned)
    training = lightgbm.Dataset(features[learn], churned[learn], params={"max_bin": BINS, "verbosity": -1})
    return training, lightgbm.Dataset(features[stop], churned[stop], reference=training)


def fit_quickly(features, churned, rows):
    training, held = datasets(features, churned, rows)
    booster = lightgbm.train(parameters(candidates(churned)[0]), training, ROUNDS, valid_sets=[held],
                             callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False)])
    return booster.predict


def fit(features, churned, rows):
    training, held = datasets(features, churned, for_choosing(rows))

    def start(settings):
        booster = lightgbm.Booster(parameters(settings), training)
        booster.add_valid(held, "held")

        def train(_):
            booster.update()
            return booster.eval_valid()[0][2]

        return train

    settings, rounds = chosen(candidates(churned), start)
    return lightgbm.train(parameters(settings), lightgbm.Dataset(features[rows], churned[rows]), rounds).predict


def forecast(path):
    return out_of_fold(*table(path, engine="pyarrow"), fit)


def quick(path):
    return out_of_fold(*table(path, engine="pyarrow"), fit_quickly)


if __name__ == "__main__":
    main({"forecast": forecast, "quick": quick})
