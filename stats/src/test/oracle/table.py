"""Writes a table of expected values, one case a line, so that a difference can be read."""

import json
import pathlib


def write(table, name):
    parts = []
    for key, value in table.items():
        if isinstance(value, list):
            lines = ",\n  ".join(json.dumps(case) for case in value)
            parts.append(f"{json.dumps(key)}: [\n  {lines}\n ]")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value)}")
    out = pathlib.Path(__file__).parent / "../resources/oracle" / name
    out.write_text("{\n " + ",\n ".join(parts) + "\n}\n")
