"""Writes measures.json: scikit-learn's answers on made rows."""

import numpy as np
import sklearn
from sklearn import metrics as m

from lcg import Lcg
from table import write

import warnings

warnings.filterwarnings("ignore")


def plain(value):
    return None if np.isnan(value) else float(value)


def classes(seed, n, k, predicted, quality):
    lcg = Lcg(seed)
    truth, guess = [], []
    for _ in range(n):
        y = lcg.below(k)
        lucky = lcg.u() < quality
        other = lcg.below(predicted)
        truth.append(y)
        guess.append(y if lucky else other)
    want = {
        "accuracy": m.accuracy_score(truth, guess),
        "balanced_accuracy": m.balanced_accuracy_score(truth, guess),
        "mcc": m.matthews_corrcoef(truth, guess),
        "kappa": m.cohen_kappa_score(truth, guess),
        "hamming": m.hamming_loss(truth, guess),
    }
    averages = ("macro", "micro", "weighted") + (("binary",) if set(truth) | set(guess) == {0, 1} else ())
    for average in averages:
        for zero, name in ((0, "zero"), (1, "one"), (np.nan, "undefined")):
            p, r, f, _ = m.precision_recall_fscore_support(truth, guess, average=average, zero_division=zero)
            f2 = m.fbeta_score(truth, guess, beta=2, average=average, zero_division=zero)
            half = m.fbeta_score(truth, guess, beta=0.5, average=average, zero_division=zero)
            key = f"{average}_{name}"
            want[f"precision_{key}"] = plain(p)
            want[f"recall_{key}"] = plain(r)
            want[f"f1_{key}"] = plain(f)
            want[f"f2_{key}"] = plain(f2)
            want[f"f05_{key}"] = plain(half)
        for zero, name in ((0, "zero"), (1, "one")):
            want[f"jaccard_{average}_{name}"] = float(m.jaccard_score(truth, guess, average=average, zero_division=zero))
    each = m.precision_recall_fscore_support(truth, guess, average=None, zero_division=0)
    labels = sorted(set(truth) | set(guess))
    cm = m.multilabel_confusion_matrix(truth, guess)
    for average in averages:
        want[f"specificity_{average}_zero"] = specificity(cm, average)
    return {
        "seed": seed, "n": n, "k": k, "predicted": predicted, "quality": quality,
        "want": {key: value if value is None else float(value) for key, value in want.items()},
        "labels": labels,
        "confusion": m.confusion_matrix(truth, guess, labels=range(max(labels) + 1)).tolist(),
        "per_class": [[float(v) for v in row] for row in each[:3]],
        "support": [int(v) for v in each[3]],
        "specificity": [float(c[0][0] / c[0].sum()) if c[0].sum() else None for c in cm],
    }


def specificity(cm, average):
    """scikit-learn has none: the recall of not being a class, averaged as it averages recall."""
    negatives, support = cm[:, 0].sum(axis=1), cm[:, 1].sum(axis=1)
    each = np.divide(cm[:, 0, 0], negatives, out=np.zeros(len(cm)), where=negatives > 0)
    if average == "binary":
        return each[-1]
    if average == "micro":
        return cm[:, 0, 0].sum() / negatives.sum() if negatives.sum() else 0.0
    return np.average(each, weights=support if average == "weighted" else None)


def scores(seed, n, k):
    lcg = Lcg(seed)
    truth, probabilities = [], []
    for _ in range(n):
        y = lcg.below(k)
        row = [lcg.u() + (0.4 if c == y else 0) for c in range(k)]
        total = sum(row)
        truth.append(y)
        probabilities.append([v / total for v in row])
    p = np.array(probabilities)
    want = {
        "log_loss": m.log_loss(truth, p, labels=range(k)),
        "top_1": m.top_k_accuracy_score(truth, p, k=1, labels=range(k)),
        "top_2": m.top_k_accuracy_score(truth, p, k=2, labels=range(k)),
        "top_3": m.top_k_accuracy_score(truth, p, k=3, labels=range(k)),
        "brier": m.brier_score_loss(truth, p, labels=range(k)),
    }
    for average in ("macro", "weighted"):
        want[f"ovr_{average}"] = m.roc_auc_score(truth, p, multi_class="ovr", average=average)
        want[f"ovo_{average}"] = m.roc_auc_score(truth, p, multi_class="ovo", average=average)
    for average in ("macro", "weighted", "micro"):
        want[f"average_precision_{average}"] = m.average_precision_score(np.eye(k)[truth], p, average=average)
    want["ovr_micro"] = m.roc_auc_score(truth, p, multi_class="ovr", average="micro")
    return {"seed": seed, "n": n, "k": k, "want": {key: float(v) for key, v in want.items()}}


def binary(seed, n, steps):
    """steps: scores are rounded down to 1/steps, so that they tie; 0 leaves them."""
    from sklearn.calibration import calibration_curve

    lcg = Lcg(seed)
    p, y = [], []
    for _ in range(n):
        u = lcg.u()
        p.append(int(u * steps) / steps if steps else u)
        y.append(1 if lcg.u() < u**1.3 else 0)
    share, promise = calibration_curve(y, p, n_bins=10)
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], p)
    counts = np.bincount(bins, minlength=10)
    ece = float(np.sum(np.abs(share - promise) * counts[counts > 0]) / n)
    want = {
        "roc_auc": m.roc_auc_score(y, p),
        "average_precision": m.average_precision_score(y, p),
        "log_loss": m.log_loss(y, p),
        "brier": m.brier_score_loss(y, p),
        "ece": ece,
    }
    return {
        "seed": seed, "n": n, "steps": steps, "want": {key: float(v) for key, v in want.items()},
        "calibration": [share.tolist(), promise.tolist()],
        "precision_recall": [v.tolist() for v in m.precision_recall_curve(y, p)] if steps else [],
        "roc": [v.tolist() for v in m.roc_curve(y, p, drop_intermediate=False)][:2] if steps else [],
    }


def numbers(seed, n, offset):
    lcg = Lcg(seed)
    truth = [10 * lcg.u() + 1 for _ in range(n)]
    guess = [abs(y + 0.8 * lcg.normal()) + offset for y in truth]
    t, g = np.array(truth), np.array(guess)
    want = {
        "me": float(np.mean(g - t)),
        "mae": m.mean_absolute_error(t, g),
        "mse": m.mean_squared_error(t, g),
        "rmse": m.root_mean_squared_error(t, g),
        "mape": m.mean_absolute_percentage_error(t, g),
        "smape": float(np.mean(2 * np.abs(g - t) / (np.abs(t) + np.abs(g)))),
        "msle": m.mean_squared_log_error(t, g),
        "r2": m.r2_score(t, g),
        "explained_variance": m.explained_variance_score(t, g),
        "max_error": m.max_error(t, g),
        "median": m.median_absolute_error(t, g),
        "pinball_0.5": m.mean_pinball_loss(t, g),
        "pinball_0.05": m.mean_pinball_loss(t, g, alpha=0.05),
        "pinball_0.9": m.mean_pinball_loss(t, g, alpha=0.9),
        "poisson_deviance": m.mean_poisson_deviance(t, g),
        "gamma_deviance": m.mean_gamma_deviance(t, g),
        "tweedie_1.5": m.mean_tweedie_deviance(t, g, power=1.5),
        "tweedie_0": m.mean_tweedie_deviance(t, g, power=0),
        "tweedie_2.5": m.mean_tweedie_deviance(t, g, power=2.5),
        "tweedie_3": m.mean_tweedie_deviance(t, g, power=3),
        "tweedie_-1": m.mean_tweedie_deviance(t, g, power=-1),
    }
    return {"seed": seed, "n": n, "offset": offset, "want": {key: float(v) for key, v in want.items()}}


def ranking(seed, n, steps):
    lcg = Lcg(seed)
    relevance = [float(lcg.below(4)) for _ in range(n)]
    score = [float(int(lcg.u() * steps)) for _ in range(n)]
    want = {"dcg": m.dcg_score([relevance], [score])}
    for k in (1, 3, 5, 10):
        want[f"ndcg_{k}"] = m.ndcg_score([relevance], [score], k=k)
    want["ndcg"] = m.ndcg_score([relevance], [score])
    return {"seed": seed, "n": n, "steps": steps, "want": {key: float(v) for key, v in want.items()}}


def lists(seed, count, candidates, shown):
    """Rankings that show some of the candidates, by the plain definitions; NDCG by scikit-learn, where what is not shown
    comes last."""
    lcg = Lcg(seed)
    values = {}
    for _ in range(count):
        grades = [max(0, lcg.below(6) - 3) for _ in range(candidates)]
        score = [lcg.u() for _ in range(candidates)]
        order = sorted(range(candidates), key=lambda item: -score[item])[:shown]
        hits = [grades[item] > 0 for item in order]
        relevant = sum(grade > 0 for grade in grades)
        for k in (1, 3, 5, 10):
            values.setdefault(f"precision_{k}", []).append(sum(hits[:k]) / k)
            if relevant == 0:
                continue
            values.setdefault(f"recall_{k}", []).append(sum(hits[:k]) / relevant)
            values.setdefault(f"hit_rate_{k}", []).append(float(any(hits[:k])))
            found = [sum(hits[: place + 1]) / (place + 1) for place in range(min(k, shown)) if hits[place]]
            values.setdefault(f"map_{k}", []).append(sum(found) / min(k, relevant))
            if k <= shown:
                last = [score[item] if item in order else -1.0 for item in range(candidates)]
                values.setdefault(f"ndcg_{k}", []).append(m.ndcg_score([grades], [last], k=k))
        if relevant:
            first = next((1 / (place + 1) for place, hit in enumerate(hits) if hit), 0.0)
            values.setdefault("mrr", []).append(first)
    return {
        "seed": seed, "lists": count, "candidates": candidates, "shown": shown,
        "want": {key: [float(np.mean(each)), len(each)] for key, each in values.items()},
    }


def isotonic(seed, n, steps):
    from sklearn.isotonic import IsotonicRegression

    lcg = Lcg(seed)
    p, y = [], []
    for _ in range(n):
        u = lcg.u()
        p.append(int(u * steps) / steps if steps else u)
        y.append(1.0 if lcg.u() < u * u else 0.0)
    fitted = IsotonicRegression(out_of_bounds="clip").fit(p, y)
    at = [-0.5, 0, 0.05, 0.123, 0.25, 0.3, 0.5, 0.625, 0.7, 0.8, 0.9, 0.99, 1, 1.5]
    return {"seed": seed, "n": n, "steps": steps, "at": at, "want": [float(v) for v in fitted.predict(at)]}


table = {
    "made_with": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
    "classes": [
        classes(seed, n, k, predicted, quality)
        for seed, (n, k, predicted, quality) in enumerate(
            [(10, 2, 2, 0.5), (100, 2, 2, 0.8), (1000, 2, 1, 0.3), (30, 3, 5, 0.2), (300, 5, 5, 0.6), (500, 7, 7, 0.9),
             (40, 10, 10, 0.1), (2000, 4, 2, 0.5), (25, 8, 3, 0.0), (60, 6, 9, 0.7), (5000, 12, 12, 0.95), (7, 7, 7, 0.2),
             (6, 2, 2, 1), (8, 2, 1, 0), (50, 2, 2, 0.95), (400, 2, 2, 0.1), (3, 3, 3, 0), (90, 3, 1, 0), (120, 4, 6, 0.4), (64, 20, 20, 0.3),
             (10000, 30, 30, 0.8), (500, 2, 3, 0.5), (80, 5, 2, 0.9), (15, 12, 12, 0.5)], 101)
    ],
    "scores": [scores(seed, n, k) for seed, (n, k) in enumerate([(50, 3), (300, 5), (1000, 4), (2000, 10), (200, 7), (40, 4), (700, 6), (5000, 3), (150, 12)], 201)],
    "binary": [
        binary(seed, n, steps)
        for seed, (n, steps) in enumerate([(20, 0), (200, 0), (200, 10), (1000, 4), (3000, 0), (3000, 20), (500, 100), (50, 2), (10000, 0), (800, 3)], 301)
    ],
    "numbers": [numbers(seed, n, offset) for seed, (n, offset) in enumerate([(5, 0.1), (50, 0.2), (250, 0), (2000, 3), (20000, 0.01), (10, 1), (500, 0.05), (1000, 10)], 401)],
    "isotonic": [isotonic(seed, n, steps) for seed, (n, steps) in enumerate([(5, 0), (100, 0), (100, 8), (5000, 0), (5000, 40)], 801)],
    "rankings": [ranking(seed, n, steps) for seed, (n, steps) in enumerate([(6, 100), (20, 1000), (20, 5), (50, 3), (100, 1), (10, 2), (200, 50), (3, 10)], 501)],
    "lists": [lists(seed, *rest) for seed, rest in enumerate([(1, 5, 3), (10, 8, 8), (200, 30, 10), (100, 30, 4), (50, 4, 2), (1000, 12, 6)], 601)],
}
write(table, "measures.json")
