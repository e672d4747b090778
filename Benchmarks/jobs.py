"""The jobs, who takes part in each, and the sizes they are measured at."""
from dataclasses import dataclass

SIZES = {"2k": 2_000, "10k": 10_000, "1M": 1_000_000, "10M": 10_000_000}
PEERS = {"polars": "polars_jobs.py", "DuckDB": "duckdb_jobs.py", "pandas": "pandas_jobs.py",
         "xgboost": "xgboost_jobs.py", "xgboost+Arrow": "xgboost_arrow_jobs.py", "LightGBM": "lightgbm_jobs.py",
         "scikit-learn": "sklearn_jobs.py", "Python script": "whole_study.py"}


@dataclass(frozen=True)
class Job:
    title: str
    peers: tuple
    sizes: tuple = ("10k", "1M", "10M")  # where none are asked for
    smallest: str = "2k"
    largest: str = "10M"
    chapters: str | None = None  # of `ebb study`; all without
    imports: bool = False  # whether the peers' loading of libraries counts

    def sizes_among(self, asked):
        return [s for s in asked or self.sizes if SIZES[self.smallest] <= SIZES[s] <= SIZES[self.largest]]


# DuckDB has no such tests and nothing of it would be left if scipy made them; polars hands its columns to scipy.
JOBS = {
    "read": Job("read", ("polars", "DuckDB", "pandas")),
    "segments": Job("read + profile + segments + crosstabs + cell cube", ("polars", "DuckDB", "pandas"),
                    chapters="profile,churn,segments"),
    "hypotheses": Job("all that + hypotheses with every pair", ("pandas", "polars"),
                      chapters="profile,churn,segments,hypotheses"),
    # On fewer clients boosted trees are as good or as bad as their folds happen to fall.
    "forecast": Job("training, cross-validated: two settings tried in each fold, the better trained on all of it",
                    ("xgboost", "LightGBM", "scikit-learn"), sizes=("10k", "1M"), smallest="10k", largest="1M"),
    "quick": Job("training, cross-validated: one setting, as it stopped", ("xgboost", "LightGBM", "scikit-learn"),
                 sizes=("10k", "1M"), smallest="10k", largest="1M"),
    # No peers: nothing else of theirs does all this.
    "chapter": Job("the whole chapter of the forecast", (), sizes=("10k", "1M"), smallest="10k", largest="1M",
                   chapters="forecast"),
    "score": Job("scoring by one model, file to file", ("xgboost", "xgboost+Arrow"), sizes=("10k", "1M")),
    "whole": Job("the whole study with page, presentation and list, beside one Python script that does the same, and beside "
                 "imports and one cross-validated HistGradientBoosting", ("Python script", "scikit-learn"),
                 sizes=("10k",), smallest="10k", largest="10k", imports=True),
    # No peers: the same tool in three places.
    "warehouse": Job("the study where the clients lie", (), sizes=("10M",), smallest="10k"),
}
