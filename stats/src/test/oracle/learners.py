"""Writes learners.json: how well scikit-learn's boosted trees do on made rows."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.metrics import roc_auc_score

from lcg import Lcg
from table import write


def rows(lcg, n, shift, link):
    out = []
    for _ in range(n):
        a, b, c = lcg.normal(), lcg.normal(), lcg.normal()
        out.append((a + shift, link * a + b, c))
    return np.array(out)


def trees(kind):
    return kind(max_iter=100, max_leaf_nodes=31, learning_rate=0.1, min_samples_leaf=20, early_stopping=False)


table = {"domains": [], "losses": []}
for seed, n, m, shift, link in ((1, 1500, 1200, 0, 0), (2, 1500, 1200, 0.5, 0), (3, 1500, 1200, 0, 1), (4, 600, 900, 2, 0)):
    lcg = Lcg(seed)
    x = np.vstack([rows(lcg, n, 0, 0), rows(lcg, m, shift, link)])
    y = np.array([0] * n + [1] * m)
    folds = StratifiedKFold(5, shuffle=True, random_state=13)
    p = cross_val_predict(trees(HistGradientBoostingClassifier), x, y, cv=folds, method="predict_proba")[:, 1]
    table["domains"].append({"seed": seed, "n": n, "m": m, "shift": shift, "link": link, "auc": roc_auc_score(y, p)})
for seed in (5, 6):
    lcg = Lcg(seed)
    x = rows(lcg, 3000, 0, 0)
    noise = np.array([lcg.normal() for _ in range(3000)])
    y = x[:, 0] + noise * (0.5 + np.abs(x[:, 1]))
    new = rows(lcg, 1000, 0, 1.5)
    more = np.array([lcg.normal() for _ in range(1000)])
    truth = new[:, 0] + more * (0.5 + np.abs(new[:, 1]))
    model = trees(HistGradientBoostingRegressor)
    model.fit(np.column_stack([x, x[:, 0]]), np.abs(y - x[:, 0]))
    guess = model.predict(np.column_stack([new, new[:, 0]])).mean()
    table["losses"].append({"seed": seed, "estimated": guess, "realised": np.abs(truth - new[:, 0]).mean(), "before": np.abs(y - x[:, 0]).mean()})
write(table, "learners.json")
