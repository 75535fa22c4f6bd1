"""Writes streams.json: where river's detectors see changes in made streams.

Needs river 0.26.1 beside what the others need.
"""

from river import drift

from lcg import Lcg
from table import write


def bits(lcg, parts):
    return [1 if lcg.u() < p else 0 for n, p in parts for _ in range(n)]


def values(lcg, parts):
    return [m + s * lcg.normal() for n, m, s in parts for _ in range(n)]


def walk(detector, stream):
    drifts, warnings = [], []
    for i, x in enumerate(stream):
        detector.update(x)
        if detector.drift_detected:
            drifts.append(i)
        elif getattr(detector, "warning_detected", False):
            warnings.append(i)
    return {"drifts": drifts, "warnings": warnings}


ERRORS = [
    [(1000, 0.2), (1000, 0.5)],
    [(500, 0.05), (500, 0.1), (500, 0.2), (500, 0.4)],
    [(2000, 0.3)],
    [(800, 0.5), (800, 0.1), (800, 0.5)],
    [(3000, 0.01), (1000, 0.03)],
]
NUMBERS = [
    [(1000, 0, 1), (1000, 1, 1)],
    [(1000, 5, 0.1), (1000, 5.2, 0.1), (1000, 5, 0.1)],
    [(3000, 0, 1)],
    [(500, 0, 1), (500, 0, 3), (500, 2, 3)],
    [(200, 10, 2), (200, 4, 2), (200, 10, 2)],
]

table = {"errors": [], "numbers": []}
for seed, parts in enumerate(ERRORS, 1):
    stream = bits(Lcg(seed), parts)
    table["errors"].append({
        "seed": seed,
        "parts": parts,
        "ddm": walk(drift.binary.DDM(), stream),
        "eddm": walk(drift.binary.EDDM(), stream),
        "hddm_a": walk(drift.binary.HDDMA(), stream),
        "hddm_a_two": walk(drift.binary.HDDMA(two_sided_test=True), stream),
        "hddm_w": walk(drift.binary.HDDMW(), stream),
        "hddm_w_two": walk(drift.binary.HDDMW(two_sided_test=True), stream),
        "adwin": walk(drift.ADWIN(), stream),
    })
for seed, parts in enumerate(NUMBERS, 11):
    stream = values(Lcg(seed), parts)
    table["numbers"].append({
        "seed": seed,
        "parts": parts,
        "adwin": walk(drift.ADWIN(), stream),
        "page_hinkley": walk(drift.PageHinkley(), stream),
        "kswin": walk(drift.KSWIN(seed=1), stream),
    })
write(table, "streams.json")
