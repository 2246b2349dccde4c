"""Times scikit-learn's neighbour search on the rows that the bench wrote; prints JSON. Called by `bench/Forecast neighbours`."""
import json
import sys
import time

import numpy as np
from sklearn.neighbors import KNeighborsRegressor

K, DIMENSIONS = 10, 24
METRICS = [("euclidean", "euclidean", 2), ("manhattan", "manhattan", 1), ("chebyshev", "chebyshev", 2), ("minkowski3", "minkowski", 3), ("cosine", "cosine", 2)]


def measure(name, rows, queries, algorithm, label, metric, p):
    begun = time.perf_counter()
    model = KNeighborsRegressor(K, algorithm=algorithm, metric=metric, p=p, n_jobs=1).fit(rows, np.zeros(len(rows)))
    build = (time.perf_counter() - begun) * 1e3
    asked = queries if label != "minkowski3" else queries[:100]
    many = single = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        distances = model.kneighbors(asked)[0]
        many = min(many, (time.perf_counter() - begun) * 1e3 / len(asked))
        begun = time.perf_counter()
        for i in range(40):
            model.kneighbors(asked[i : i + 1])
        single = min(single, (time.perf_counter() - begun) * 1e3 / 40)
    return {
        "set": name, "algorithm": algorithm, "metric": label, "queries": len(asked),
        "many": many, "single": single, "build": build, "farthest": distances[:, -1].tolist(),
    }


out = []
for name in ["air", "noise"]:
    rows = np.fromfile(f"{sys.argv[1]}/{name}.rows").reshape(-1, DIMENSIONS)
    queries = np.fromfile(f"{sys.argv[1]}/{name}.queries").reshape(-1, DIMENSIONS)
    for algorithm in ["brute", "kd_tree", "ball_tree"]:
        for label, metric, p in METRICS:
            if label == "cosine" and algorithm != "brute":
                continue
            out.append(measure(name, rows, queries, algorithm, label, metric, p))
print(json.dumps(out))
