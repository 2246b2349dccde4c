"""Writes the committed vector of cases that Rialto's nearest neighbours must equal: run once, with scikit-learn 1.2.1 (Debian's python3-sklearn).

    python3 bench/Forecast/scikit/make_cases.py <folder of the PRSA files> > tests/Forecast.Tests/Neighbours/scikit_cases.json

Two sets. "generated": rows from a linear congruential generator that the tests repeat. "air": 35,000 windows of 24 hours of
log(1 + PM2.5) at Aotizhongxin, queries from Dongsi, target = the next hour; its rows are rebuilt from the files, only results are committed.
A query with a tie at the edge of its k nearest is left out: which of two equal rows scikit-learn takes is an accident of its algorithm.
"""
import csv
import glob
import gzip
import json
import sys

import numpy as np
import sklearn
from sklearn.neighbors import KNeighborsRegressor


def generated():
    state = 20130301

    def draw(n, d):
        nonlocal state
        out = np.empty((n, d))
        for i in range(n):
            for j in range(d):
                state = (1103515245 * state + 12345) % 2**31
                out[i, j] = state / 2**31 * 10 - 5
        return out

    rows = draw(400, 6)
    targets = draw(400, 2)
    queries = draw(12, 6)
    queries[0] = rows[7]  # distance zero
    return rows, targets, queries


def pm25(folder, station):
    with gzip.open(glob.glob(f"{folder}/PRSA_Data_{station}_*.csv.gz")[0], "rt") as file:
        raw = [r["PM2.5"] for r in csv.DictReader(file)]
    out, last = [], 0.0
    for value in raw:
        last = last if value == "NA" else float(value)
        out.append(np.log(1 + last))
    return np.array(out)


def air(folder):
    series = pm25(folder, "Aotizhongxin")
    windows = np.lib.stride_tricks.sliding_window_view(series, 24)
    rows, targets = windows[:35000].copy(), series[24:35024].reshape(-1, 1).copy()
    other = np.lib.stride_tricks.sliding_window_view(pm25(folder, "Dongsi"), 24)
    return rows, targets, other, list(range(11, 35000, 97))


METRICS = [("euclidean", 2), ("manhattan", 1), ("chebyshev", np.inf), ("minkowski", 3), ("minkowski", 1.5)]


def untied(rows, queries, positions, metrics, ks):
    """Positions whose k-th neighbour is clearly nearer than the next, by every metric."""
    good = np.ones(len(positions), bool)
    for metric, p in metrics:
        model = KNeighborsRegressor(1, algorithm="brute", metric=metric, p=p).fit(rows, np.zeros(len(rows)))
        d = model.kneighbors(queries[positions], max(ks) + 1, return_distance=True)[0]
        for k in ks:
            good &= d[:, k] - d[:, k - 1] > 1e-9
    return [int(p) for p, g in zip(positions, good) if g]


AIR_KS = [2, 10]


def gaussian(d):
    return np.exp(-0.5 * (d / d[:, -1:]) ** 2)


def tricube(d):
    return (1 - (d / d[:, -1:]) ** 3) ** 3


WEIGHTS = {"uniform": "uniform", "distance": "distance", "gaussian": gaussian, "tricube": tricube}


def cases(name, rows, targets, queries, ks):
    for metric, p in METRICS + [("cosine", 2)]:
        for algorithm in ["auto", "brute", "kd_tree", "ball_tree"]:
            if metric == "cosine" and algorithm in ("kd_tree", "ball_tree"):
                continue
            for weights, how in WEIGHTS.items():
                for k in ks:
                    model = KNeighborsRegressor(k, weights=how, algorithm=algorithm, metric=metric, p=p).fit(rows, targets)
                    case = {"set": name, "metric": metric, "p": p if np.isfinite(p) else None, "algorithm": algorithm, "weights": weights, "k": k}
                    if weights == "uniform":
                        distances, found = model.kneighbors(queries)
                        case["rows"] = found.tolist()
                        case["farthest"] = distances[:, -1].tolist()
                    case["predictions"] = model.predict(queries).ravel().tolist()
                    yield case


def main(folder):
    rows, targets, queries = generated()
    everything = list(cases("generated", rows, targets, queries, [2, 5, 60]))
    rows, targets, other, positions = air(folder)
    positions = untied(rows, other, positions, METRICS + [("cosine", 2)], AIR_KS)
    positions = positions[:: max(1, len(positions) // 8)][:8]
    everything += list(cases("air", rows, targets, other[positions], AIR_KS))
    lines = ",\n".join(json.dumps(case) for case in everything)
    print(f'{{"scikit": "{sklearn.__version__}", "airQueries": {json.dumps(positions)}, "cases": [\n{lines}\n]}}')


main(sys.argv[1])
