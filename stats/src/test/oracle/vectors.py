"""Writes vectors.json: what scikit-learn and SciPy answer on made vectors, texts and rows."""

import numpy as np
from scipy import stats as st
from scipy.spatial.distance import cdist
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.ensemble._iforest import _average_path_length
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from lcg import Lcg
from table import write


def vectors(lcg, n, size, shift):
    """The first quarter of the components is moved; neighbours depend on each other."""
    out = []
    for _ in range(n):
        row, before = [], 0
        for place in range(size):
            before = 0.5 * before + lcg.normal()
            row.append(before + (shift if place < size // 4 else 0))
        out.append(row)
    return np.array(out)


def embedding(seed, n, m, size, shift):
    lcg = Lcg(seed)
    x, y = vectors(lcg, n, size, 0), vectors(lcg, m, size, shift)
    both = np.vstack([x, y])
    side = np.array([0] * n + [1] * m)
    scaled = StandardScaler().fit_transform(both)
    model = LogisticRegression(C=0.1, tol=1e-10, max_iter=10_000)
    folds = StratifiedKFold(5, shuffle=True, random_state=13)
    chances = cross_val_predict(model, scaled, side, cv=folds, method="predict_proba")[:, 1]
    model.fit(scaled, side)
    moved = [st.wasserstein_distance(x[:, c], y[:, c]) / max(np.std(x[:, c]), 0.001) for c in range(size)]
    distances = cdist(both, both)
    width = np.median(distances[np.triu_indices(n + m, 1)])
    kernel = np.exp(-(distances**2) / (2 * width**2))
    kxx, kyy, kxy = kernel[:n, :n], kernel[n:, n:], kernel[:n, n:]
    mmd = (kxx.sum() - n) / (n * (n - 1)) + (kyy.sum() - m) / (m * (m - 1)) - 2 * kxy.mean()
    a, b = x.mean(0), y.mean(0)
    return {
        "seed": seed, "n": n, "m": m, "size": size, "shift": shift,
        "ratio": float(np.mean(np.array(moved) > 0.1)),
        "euclidean": float(np.linalg.norm(a - b)),
        "cosine": float(1 - a @ b / np.linalg.norm(a) / np.linalg.norm(b)),
        "cityblock": float(np.abs(a - b).sum()),
        "chebyshev": float(np.abs(a - b).max()),
        "mmd": float(mmd),
        "auc": float(roc_auc_score(side, chances)),
        "weights": model.coef_[0].tolist(),
        "chance_of_first": float(model.predict_proba(scaled)[0, 1]),
    }


def texts(lcg, n, words, fresh):
    out = []
    for _ in range(n):
        text = [f"w{int(words * lcg.u() ** 2)}" for _ in range(3 + lcg.below(6))]
        if lcg.u() < fresh:
            text.append("fresh")
        out.append(" ".join(text))
    return out


def terms(seed, n, m, words, fresh):
    lcg = Lcg(seed)
    x, y = texts(lcg, n, words, 0), texts(lcg, m, words, fresh)
    side = np.array([0] * n + [1] * m)
    vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=2, token_pattern=r"\w+")
    matrix = vectorizer.fit_transform(x + y)
    model = LogisticRegression(C=10, tol=1e-10, max_iter=10_000)
    folds = StratifiedKFold(5, shuffle=True, random_state=13)
    chances = cross_val_predict(model, matrix, side, cv=folds, method="predict_proba")[:, 1]
    model.fit(matrix, side)
    names = vectorizer.get_feature_names_out().tolist()
    first = matrix[0].toarray()[0]
    return {
        "seed": seed, "n": n, "m": m, "words": words, "fresh": fresh,
        "terms": len(names),
        "first": {names[place]: float(first[place]) for place in np.nonzero(first)[0]},
        "auc": float(roc_auc_score(side, chances)),
        "weight_of_fresh": float(model.coef_[0][names.index("fresh")]) if "fresh" in names else 0.0,
    }


def rows(lcg, n, link):
    """Five features; the last two follow the first, unless the link is broken."""
    out = []
    for _ in range(n):
        a, b, c = lcg.normal(), lcg.normal(), lcg.normal()
        out.append((a, b, 10 * c, a * link + 0.3 * lcg.normal(), 5 - 2 * a * link + 0.3 * lcg.normal()))
    return np.array(out)


def reconstruction(seed, n, m, link):
    lcg = Lcg(seed)
    x, y = rows(lcg, n, 1), rows(lcg, m, link)
    scaler = StandardScaler().fit(x)
    pca = PCA(n_components=0.65).fit(scaler.transform(x))

    def error(z):
        scaled = scaler.transform(z)
        return np.linalg.norm(scaled - pca.inverse_transform(pca.transform(scaled)), axis=1)

    windows = [part.mean() for part in np.array_split(error(x), 10)]
    return {
        "seed": seed, "n": n, "m": m, "link": link,
        "components": int(pca.n_components_),
        "reference": float(error(x).mean()), "error": float(error(y).mean()),
        "upper": float(np.mean(windows) + 3 * np.std(windows)),
    }


def isolation(seed, n, odd):
    lcg = Lcg(seed)
    x = rows(lcg, n, 1)
    y = rows(lcg, odd, -2)
    forest = IsolationForest(n_estimators=1000, max_samples=256, random_state=13).fit(x)
    return {
        "seed": seed, "n": n, "odd": odd,
        "usual": (-forest.score_samples(x[:50])).tolist(),
        "odd_scores": (-forest.score_samples(y)).tolist(),
    }


write(
    {
        "embeddings": [embedding(*case) for case in ((1, 200, 150, 8, 0), (2, 200, 150, 8, 0.6), (3, 300, 300, 32, 0.3))],
        "terms": [terms(*case) for case in ((11, 200, 150, 60, 0), (12, 200, 150, 60, 0.3), (13, 400, 300, 300, 0.15))],
        "reconstructions": [reconstruction(*case) for case in ((21, 1000, 400, 1), (22, 1000, 400, 0), (23, 500, 500, -1))],
        "isolations": [isolation(*case) for case in ((31, 600, 20),)],
        "depths": {str(n): float(_average_path_length(np.array([n]))[0]) for n in (1, 2, 3, 10, 256)},
    },
    "vectors.json",
)
