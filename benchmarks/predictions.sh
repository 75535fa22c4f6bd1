#!/usr/bin/env bash
# Sends predictions to a server of its own: lists over 1 and 8 connections, then lines. Usage: predictions.sh [ROWS_EACH]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
. "$here/../find-jdk.sh"
find_jdk
"$JAVA_HOME/bin/javac" -d "$work/classes" "$here/PredictionLoad.java"
"$here/../sightline" --listen 127.0.0.1:0 --data "$work/data" > "$work/log" 2>&1 &
server=$!
until port=$(sed -n 's|.*listening on http://127.0.0.1:||p' "$work/log" | head -1) && [ -n "$port" ]; do sleep 0.2; done
first=1
for run in "8 json" "1 json" "8 json" "8 ndjson"; do # the first warms the server up
  "$JAVA_HOME/bin/java" -cp "$work/classes" PredictionLoad "$port" "$server" $run "${1:-600000}" "$first"
  first=$((first + 1000000000))
done
