"""Ebb's trees scoring a file in Python's xgboost, written by Arrow, much faster than by pandas."""
import pandas as pd
import pyarrow
from clients import main
from pyarrow import csv
from xgboost_jobs import Model


def score(path, folder, out):
    model = Model(folder)
    frame = pd.read_csv(path, engine="pyarrow")
    probabilities = model.probabilities(model.matrix(frame))
    csv.write_csv(pyarrow.table({"id": frame[model.id].to_numpy(), "probability": probabilities}), out)
    return {}


if __name__ == "__main__":
    main({"score": score})
