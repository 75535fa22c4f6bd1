#!/usr/bin/env python3
"""Runs `sightline drift` beside Evidently and NannyML on the same files, each in a process of its own.

Usage: peers.py [--rows N] [--columns N] [--runs N] [--only NAME,…] [--folder DIR]

Needs `pip install evidently nannyml pyarrow` and a built `./sightline`. Prints a row for each: seconds on the clock, processor seconds,
resident memory at most (the best of the runs). Files are made once and kept where a folder is given.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
MOST_CSV_COLUMNS = 100
KINDS = ("normal", "skewed", "whole", "flag", "word")


def make(folder, name, rows, columns, shift):
    """A mix of columns; those at the end are moved in the current file."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    random = np.random.default_rng(7 + shift)
    names, values = [], []
    for column in range(columns):
        moved = 0.5 * shift if column >= columns - columns // 4 else 0
        kind = KINDS[column % len(KINDS)]
        if kind == "normal":
            made = random.normal(moved, 1, rows)
        elif kind == "skewed":
            made = random.lognormal(moved, 1, rows)
        elif kind == "whole":
            made = random.poisson(40 + 5 * moved, rows)
        elif kind == "flag":
            made = (random.random(rows) < 0.3 + 0.2 * moved).astype("int64")
        else:
            made = pa.array([f"w{i}" for i in range(12)]).take(pa.array(np.minimum(11, random.poisson(3 + moved, rows))))
        names.append(f"{kind}{column}")
        values.append(made if isinstance(made, pa.Array) else pa.array(made))
    table = pa.table(values, names=names)
    pq.write_table(table, folder / f"{name}.parquet", compression="snappy")
    if columns <= MOST_CSV_COLUMNS:
        pa.csv.write_csv(table, folder / f"{name}.csv")


def evidently(reference, current):
    import pandas as pd
    from evidently import Report
    from evidently.presets import DataDriftPreset

    Report([DataDriftPreset()]).run(pd.read_parquet(current), pd.read_parquet(reference)).json()


def nannyml_univariate(reference, current):
    import nannyml
    import pandas as pd

    before, now = pd.read_parquet(reference), pd.read_parquet(current)
    calculator = nannyml.UnivariateDriftCalculator(
        column_names=list(before.columns), continuous_methods=["wasserstein"], categorical_methods=["jensen_shannon"], chunk_number=1
    )
    calculator.fit(before)
    calculator.calculate(now)


def nannyml_cbpe(rows, _):
    import nannyml
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(1)
    chance = random.beta(2, 2, int(rows))
    table = pd.DataFrame({"p": chance, "y_pred": (chance > 0.5).astype(int), "y": (random.random(int(rows)) < chance).astype(int)})
    estimator = nannyml.CBPE(
        y_pred_proba="p", y_pred="y_pred", y_true="y", metrics=["roc_auc", "f1", "accuracy"],
        problem_type="classification_binary", chunk_number=1,
    )
    estimator.fit(table)
    started = time.perf_counter()
    estimator.estimate(table)
    print(f"nannyml CBPE estimate alone, {rows} rows: {time.perf_counter() - started:.2f} s")


PEERS = {"evidently": evidently, "nannyml": nannyml_univariate, "nannyml-cbpe": nannyml_cbpe}


def measured(command):
    """Seconds on the clock, processor seconds, resident MB at most."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        return f"failed: {errors.decode()[-300:]}"
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def report(name, command, runs):
    results = [measured(command) for _ in range(runs)]
    good = [one for one in results if not isinstance(one, str)]
    if not good:
        print(f"| {name} | {results[0]} |", flush=True)
        return
    wall, processor, memory = (min(one[i] for one in good) for i in range(3))
    print(f"| {name} | {wall:.2f} | {processor:.2f} | {memory:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="sightline-parquet,sightline-csv,evidently,nannyml,nannyml-cbpe")
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--evidently-python", default=sys.executable, help="where the two do not fit into one environment")
    options = parser.parse_args()
    folder = options.folder or pathlib.Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "current.parquet").exists():
        subprocess.run([sys.executable, __file__, "make", folder, str(options.rows), str(options.columns)], check=True)
    print(f"{options.rows} rows of {options.columns} columns on both sides\n\n| | s | processor s | MB |\n|---|--:|--:|--:|")
    commands = {
        f"sightline-{ending}": [HERE.parent / "sightline", "drift", "--json", folder / f"reference.{ending}", folder / f"current.{ending}"]
        for ending in ("parquet", "csv")
    }
    for peer in PEERS:
        files = [str(options.rows), "-"] if peer == "nannyml-cbpe" else [folder / "reference.parquet", folder / "current.parquet"]
        python = options.evidently_python if peer == "evidently" else sys.executable
        commands[peer] = [python, __file__, "peer", peer, *files]
    for name in options.only.split(","):
        report(name, commands[name], options.runs)


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        for name, shift in (("reference", 0), ("current", 1)):
            make(pathlib.Path(sys.argv[2]), name, int(sys.argv[3]), int(sys.argv[4]), shift)
    elif sys.argv[1:2] == ["peer"]:
        PEERS[sys.argv[2]](sys.argv[3], sys.argv[4])
    else:
        main()
