#!/usr/bin/env bash
# Measures cold starts of ./sightline and its memory when idle. Usage: start.sh [RUNS]
# A start is timed from exec of the launcher until the server says that it listens, which it does
# when it is ready (/-/ready is asked to be sure).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; wait; rm -rf "$work"' EXIT
. "$here/../find-jdk.sh"
find_jdk
. "$here/measure.sh"

start() { # NAME DATA ARGUMENTS…: sets pid and address, prints a line
  name=$1 data=$2
  shift 2
  rm -f "$work/said" && mkfifo "$work/said"
  began=$(date +%s%N)
  "$here/../sightline" serve --listen 127.0.0.1:0 --data "$data" "$@" >"$work/said" 2>>"$work/log" &
  pid=$!
  exec 5<"$work/said"
  read -r _ _ address <&5
  took=$((($(date +%s%N) - began) / 1000000))
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$address/-/ready")" = 200 ]
  echo "$name: ready after $took ms, $(cpu_ms "$pid") ms of processor"
}

stop() { # SIGNAL
  kill "-$1" "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
}

"$here/../sightline" version >/dev/null 2>&1 # builds and rehearses where that is still to do
for run in $(seq "${1:-5}"); do
  start "empty, run $run" "$work/empty-$run"
  [ "$run" != "${1:-5}" ] || { sleep 20; echo "idle after 20 s: $(memory "$pid")"; }
  stop TERM
done

"$JAVA_HOME/bin/java" -XX:+UseSerialGC "$here/Exposition.java" 0 20000 >"$work/port" &
exposition=$!
while [ ! -s "$work/port" ]; do sleep 0.1; done
cat >"$work/scrape.yml" <<END
metrics:
  scrape_configs:
    - { job_name: filled, scrape_interval: 1s, static_configs: [{ targets: ["127.0.0.1:$(cat "$work/port")"] }] }
END
start "filling" "$work/filled" --config "$work/scrape.yml"
sleep "${FILL_SECONDS:-60}"
stop KILL
kill "$exposition"
wait "$exposition" 2>/dev/null || true
echo "killed with $(du -sm "$work/filled" | cut -f1) MB of log"
for run in 1 2 3; do
  start "after kill -9, run $run" "$work/filled"
  stop KILL
done
