"""RMSE of scikit-learn's neighbours on the days that the bench wrote; prints JSON. Called by `bench/Forecast published-split`."""
import json
import sys

import numpy as np
from sklearn.neighbors import KNeighborsRegressor

HOURS, SERIES = 24, 9
ASKED = [
    ("1-NN euclidean, raw", "raw", dict(n_neighbors=1)),
    ("5-NN euclidean, raw", "raw", dict(n_neighbors=5)),
    ("5-NN manhattan, raw", "raw", dict(n_neighbors=5, metric="manhattan")),
    ("30-NN manhattan, raw, distance", "raw", dict(n_neighbors=30, metric="manhattan", weights="distance")),
    ("15-NN euclidean, z, distance", "z", dict(n_neighbors=15, weights="distance")),
    ("30-NN euclidean, z, distance", "z", dict(n_neighbors=30, weights="distance")),
]

read = lambda name: np.fromfile(f"{sys.argv[1]}/{name}")
targets, outcomes = read("train.targets"), read("test.targets")
rows = {}
for scale in ["raw", "z"]:
    rows[scale] = [read(f"{part}.{scale}").reshape(-1, HOURS * SERIES) for part in ["train", "test"]]
out = {}
for name, scale, options in ASKED:
    train, test = rows[scale]
    predicted = KNeighborsRegressor(n_jobs=1, **options).fit(train, targets).predict(test)
    out[name] = float(np.sqrt(np.mean((predicted - outcomes) ** 2)))
print(json.dumps(out))
