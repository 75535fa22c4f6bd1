"""Writes distances.json: SciPy's answers on made columns."""

import warnings

import numpy as np
import scipy
from scipy import stats as st
from scipy.spatial.distance import jensenshannon
from scipy.special import gammaln, kve

from lcg import Lcg
from table import write

warnings.filterwarnings("ignore")


def column(lcg, n, mean, deviation, steps):
    values = np.array([mean + deviation * lcg.normal() for _ in range(n)])
    return np.floor(values * steps) / steps if steps else values


def whole_series(statistic, n, m):
    """The p-value of cramervonmises_2samp, whose own series stops at terms of 1e-7."""
    k, both = n * m, n + m
    expected = (1 + 1 / both) / 6
    variance = (both + 1) * (4 * k * both - 3 * (n**2 + m**2) - 2 * k) / (45 * both**2 * 4 * k)
    x = 1 / 6 + (statistic - expected) / np.sqrt(45 * variance)
    if x < 0.003:
        return 1.0
    i = np.arange(100)
    y = 4 * i + 1
    q = y**2 / (16 * x)
    size = np.exp(gammaln(i + 0.5) - gammaln(i + 1) - 2 * q) / (np.pi**1.5 * np.sqrt(x))
    return max(0.0, 1 - float(np.sum(size * np.sqrt(y) * kve(0.25, q))))


def numbers(seed, n, m, shift, deviation, steps):
    lcg = Lcg(seed)
    x = column(lcg, n, 0, 1, steps)
    y = column(lcg, m, shift, deviation, steps)
    want = {
        "ks_asymptotic": st.ks_2samp(x, y, method="asymp"),
        "mwu": st.mannwhitneyu(x, y, alternative="two-sided"),
        "mwu_less": st.mannwhitneyu(x, y, alternative="less"),
        "mwu_greater": st.mannwhitneyu(x, y, alternative="greater"),
        "t": st.ttest_ind(x, y),
        "welch": st.ttest_ind(x, y, equal_var=False),
        "anderson": st.anderson_ksamp([x, y], variant="midrank") if "variant" in st.anderson_ksamp.__code__.co_varnames else st.anderson_ksamp([x, y]),
    }
    if max(n, m) <= 10000:
        want["ks_exact"] = st.ks_2samp(x, y, method="exact")
    cvm = st.cramervonmises_2samp(x, y, method="asymptotic")
    want["cvm"] = (cvm.statistic, whole_series(cvm.statistic, n, m))
    es = st.epps_singleton_2samp(x, y)
    want["es"] = (es.statistic, es.pvalue)
    both = np.concatenate([x, y])
    edges = np.histogram_bin_edges(both, bins="sturges")
    doane = np.histogram_bin_edges(x, bins="doane")
    p = np.histogram(x, edges)[0] / n
    q = np.histogram(y, edges)[0] / m
    distances = {
        "w1": st.wasserstein_distance(x, y),
        "normed": st.wasserstein_distance(x, y) / max(np.std(x), 0.001),
        "energy": st.energy_distance(x, y),
        "js_e": jensenshannon(p, q),
        "js_2": jensenshannon(p, q, base=2),
        "tv": np.abs(p - q).sum() / 2,
        "linf": np.abs(p - q).max(),
        "mean": x.mean(),
        "deviation": x.std(),
        "q10": np.quantile(x, 0.1),
        "q99": np.quantile(x, 0.99),
    }
    return {
        "seed": seed, "n": n, "m": m, "shift": shift, "deviation": deviation, "steps": steps,
        "want": {key: [float(v[0]), float(v[1])] for key, v in want.items()},
        "distances": {key: float(v) for key, v in distances.items()},
        "sturges": np.histogram(x, edges)[0].tolist(), "doane": np.histogram(x, doane)[0].tolist(),
    }


def counts(seed, categories, n, m, tilt):
    lcg = Lcg(seed)
    a, b = np.zeros(categories, int), np.zeros(categories, int)
    for _ in range(n):
        a[lcg.below(categories)] += 1
    for _ in range(m):
        b[int(categories * lcg.u() ** tilt)] += 1
    keep = a + b > 0
    want = {}
    chi = st.chi2_contingency([a[keep], b[keep]])
    want["contingency"] = (chi.statistic, chi.pvalue)
    g = st.power_divergence([a[keep], b[keep]], f_exp=chi.expected_freq, lambda_="log-likelihood", axis=None,
                            ddof=keep.sum())
    want["g"] = (g.statistic, g.pvalue)
    if (a[keep] > 0).all():
        fit = st.chisquare(b[keep], a[keep] * (m / n))
        want["fit"] = (fit.statistic, fit.pvalue)
    if categories == 2:
        fisher = st.fisher_exact([[a[0], b[0]], [a[1], b[1]]])
        want["fisher"] = (fisher.statistic, fisher.pvalue)
    p, q = a / n, b / m
    distances = {
        "js_e": jensenshannon(p, q),
        "js_2": jensenshannon(p, q, base=2),
        "hellinger": np.sqrt(max(0, 1 - np.sqrt(p * q).sum())),
        "cramers_v": st.contingency.association([a[keep], b[keep]], method="cramer"),
    }
    if (a > 0).all() and (b > 0).all():
        distances["kl"] = st.entropy(p, q)
        distances["psi"] = ((q - p) * np.log(q / p)).sum()
    return {
        "seed": seed, "categories": categories, "n": n, "m": m, "tilt": tilt,
        "want": {key: [float(v[0]), float(v[1])] for key, v in want.items()},
        "distances": {key: float(v) for key, v in distances.items()},
    }


def kolmogorov():
    cases = []
    for n in (1, 2, 5, 20, 100, 139, 140, 141, 300, 1000, 5000, 99000, 120000, 1000000):
        for z in (0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.45, 1.5, 1.7, 2.1, 3.0, 5.0, 8.0):
            d = z / np.sqrt(n)
            if d < 1:
                cases.append([n, float(d), float(st.kstwo.sf(d, n))])
    return cases


table = {
    "made_with": f"scipy {scipy.__version__}, numpy {np.__version__}",
    "numbers": [
        numbers(seed, *case)
        for seed, case in enumerate(
            [(10, 12, 0, 1, 0), (20, 20, 0.5, 1, 0), (30, 30, 0, 1, 4), (100, 80, 0.3, 1.2, 0), (500, 400, 0.1, 1, 0),
             (500, 400, 0, 1, 2), (1000, 1000, 0.05, 1, 0), (1000, 999, 0.2, 1, 10), (1500, 1200, 0.25, 1.1, 0), (40, 2000, 0.4, 0.8, 0),
             (3000, 2500, 0.02, 1, 0), (7, 9, 1, 1, 0), (6, 5000, 0.1, 1, 0), (12000, 300, 0.05, 1, 3)], 601)
    ],
    "counts": [
        counts(seed, *case)
        for seed, case in enumerate(
            [(2, 100, 120, 1), (2, 500, 500, 1.2), (2, 30, 40, 1.6), (3, 200, 150, 1.1), (5, 500, 400, 1.3), (10, 1000, 3000, 1.05),
             (20, 60, 70, 1), (50, 10000, 9000, 1.1), (4, 1000, 1000, 1)], 701)
    ],
    "kolmogorov": kolmogorov(),
}
write(table, "distances.json")
