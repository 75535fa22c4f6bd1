#!/usr/bin/env bash
# Sends the same remote writes to Sightline and to others, and says what they cost each of them.
# Usage: remote-write.sh LOAD.java [SERIES [STEPS]], with what is to be measured in SERVERS:
#   SERVERS="sightline prometheus victoria-metrics" (the last two where they are on the path, or in PROMETHEUS, VICTORIA)
# LOAD.java takes url=, series=, steps=, start_ms=, step_ms=, batch=, conc=, and prints ok= and failed=.
# Each server takes STEPS steps to warm up, then STEPS steps that count; processor time is the server's alone.
set -eu
load=$(realpath "$1") series=${2:-100000} steps=${3:-40}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
. "$here/../find-jdk.sh"
find_jdk
. "$here/measure.sh"
start_ms=$(($(date +%s%3N) - 2 * steps * 15000))

send() { # URL FIRST_MS
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC "$load" "url=$1" "series=$series" "steps=$steps" step_ms=15000 \
    batch=2000 conc=2 "start_ms=$2"
}

await() { # URL
  until curl -s -o /dev/null -f "$1"; do sleep 0.2; done
}

measure() { # NAME BASE_URL READY_PATH WRITE_PATH DATA
  await "$2$3"
  send "$2$4" "$start_ms" >/dev/null
  before=$(cpu_ms "$pid")
  said=$(send "$2$4" $((start_ms + steps * 15000)))
  spent=$(($(cpu_ms "$pid") - before))
  echo "$1: $said"
  echo "$1: $((series * steps * 1000 / spent)) samples per processor second, resident $(memory "$pid"), data $(du -sm "$5" | cut -f1) MB"
  kill -9 "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
}

for server in ${SERVERS:-sightline prometheus}; do
  data=$work/$server
  mkdir -p "$data"
  port=$((20000 + RANDOM % 10000))
  case $server in
    sightline)
      "$here/../sightline" serve --listen "127.0.0.1:$port" --data "$data" >"$work/log" 2>&1 &
      pid=$!
      measure sightline "http://127.0.0.1:$port" /-/ready /api/v1/write "$data"
      began=$(date +%s%N)
      "$here/../sightline" serve --listen "127.0.0.1:$port" --data "$data" >"$work/log" 2>&1 &
      pid=$!
      await "http://127.0.0.1:$port/-/ready"
      echo "sightline: ready $((($(date +%s%N) - began) / 1000000)) ms after kill -9, $(cpu_ms "$pid") ms of processor, resident $(memory "$pid")"
      ;;
    prometheus)
      : >"$work/prometheus.yml"
      "${PROMETHEUS:-prometheus}" --config.file="$work/prometheus.yml" --storage.tsdb.path="$data" \
        --web.listen-address="127.0.0.1:$port" --web.enable-remote-write-receiver >"$work/log" 2>&1 &
      pid=$!
      measure prometheus "http://127.0.0.1:$port" /-/ready /api/v1/write "$data"
      began=$(date +%s%N)
      "${PROMETHEUS:-prometheus}" --config.file="$work/prometheus.yml" --storage.tsdb.path="$data" \
        --web.listen-address="127.0.0.1:$port" --web.enable-remote-write-receiver >"$work/log" 2>&1 &
      pid=$!
      await "http://127.0.0.1:$port/-/ready"
      echo "prometheus: ready $((($(date +%s%N) - began) / 1000000)) ms after kill -9, $(cpu_ms "$pid") ms of processor, resident $(memory "$pid")"
      ;;
    victoria-metrics)
      "${VICTORIA:-victoria-metrics}" -storageDataPath="$data" -httpListenAddr="127.0.0.1:$port" >"$work/log" 2>&1 &
      pid=$!
      measure victoria-metrics "http://127.0.0.1:$port" /health /api/v1/write "$data"
      ;;
  esac
  [ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  pid=
done
