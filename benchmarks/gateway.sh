#!/usr/bin/env bash
# Measures what the gateway adds to a call, against the same upstream called directly.
# Usage: gateway.sh [RUNS] [SECONDS]; needs wrk. Direct and proxied alternate; the best of all runs
# counts, because what a shared machine adds only ever makes a run worse.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
runs=${1:-3} seconds=${2:-8} rate=1000
work=$(mktemp -d)
pids=
trap 'kill $pids 2>/dev/null; wait; rm -rf "$work"' EXIT
. "$here/../find-jdk.sh"
find_jdk
need wrk "wrk" wrk
. "$here/measure.sh"
java() { "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:-UsePerfData "$@"; }

"$JAVA_HOME/bin/java" -XX:+UseSerialGC "$here/Upstream.java" 0 >"$work/port" &
pids="$pids $!"
while [ ! -s "$work/port" ]; do sleep 0.1; done
direct=$(cat "$work/port")
echo "models: [{ name: quick, upstream: \"http://127.0.0.1:$direct\" }]" >"$work/sightline.yml"
"$here/../sightline" version >/dev/null 2>&1 # builds and rehearses where that is still to do
mkfifo "$work/said"
"$here/../sightline" serve --config "$work/sightline.yml" --listen 127.0.0.1:0 --gateway 127.0.0.1:0 \
  --data "$work/data" >"$work/said" 2>"$work/log" &
server=$!
pids="$pids $server"
exec 5<"$work/said"
read -r _ <&5
read -r _ _ gateway <&5
gateway=${gateway##*:}

closed() { # PORT CONNECTIONS: calls a second
  wrk -t1 -c"$2" -d"${seconds}s" -s "$here/score.lua" "http://127.0.0.1:$1" |
    awk '/Non-2xx/ { bad = " (" $NF " failed)" } /^Requests\/sec/ { rps = $2 } END { print int(rps) bad }'
}
open() { java "$here/OpenLoop.java" "$1" "$rate" "$seconds"; } # PORT: p50 p99 max calls failures
best() { sort "-$1" "$work/$2" | head -1; } # n = smallest, rn = largest

open "$gateway" >/dev/null # the first calls teach the JVM
closed "$gateway" 32 >/dev/null
for run in $(seq "$runs"); do
  for way in direct gateway; do
    port=${!way}
    closed "$port" 1 >>"$work/$way-1"
    before=$(cpu_ms "$server")
    closed "$port" 32 >"$work/last"
    cat "$work/last" >>"$work/$way-32"
    [ "$way" = direct ] ||
      echo "$(($(cpu_ms "$server") - before)) $(cut -d' ' -f1 "$work/last")" |
      awk -v s="$seconds" '{ printf "%.0f\n", $1 * 1000 / ($2 * s) }' >>"$work/cpu-32"
    before=$(cpu_ms "$server")
    open "$port" >"$work/last"
    [ "$way" = direct ] ||
      echo "$(($(cpu_ms "$server") - before)) $seconds" |
      awk -v r="$rate" '{ printf "%.0f\n", $1 * 1000 / (r * ($2 + 3)) }' >>"$work/cpu-open"
    for column in 1:p50 2:p99 3:max 5:failed; do
      cut -d' ' -f"${column%%:*}" "$work/last" >>"$work/$way-${column##*:}"
    done
  done
done

echo "$(date -u +%F), $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg), best of $runs runs of $seconds s"
echo "| | direct | gateway |"
echo "|---|--:|--:|"
echo "| closed loop, 1 connection, calls/s | $(best rn direct-1) | $(best rn gateway-1) |"
echo "| closed loop, 32 connections, calls/s | $(best rn direct-32) | $(best rn gateway-32) |"
echo "| $rate calls/s, p50 ms | $(best n direct-p50) | $(best n gateway-p50) |"
echo "| $rate calls/s, p99 ms | $(best n direct-p99) | $(best n gateway-p99) |"
echo "| $rate calls/s, longest ms | $(best n direct-max) | $(best n gateway-max) |"
echo "| $rate calls/s, failed in the worst run | $(sort -rn "$work/direct-failed" | head -1) | $(sort -rn "$work/gateway-failed" | head -1) |"
echo "| server's processor µs a call, 32 connections | | $(best n cpu-32) |"
echo "| server's processor µs a call, $rate calls/s | | $(best n cpu-open) |"
echo "server after it: $(memory "$server")"
curl -s "http://127.0.0.1:$gateway/metrics" | grep -E '^sightline_gateway_(proxied|captured|dropped|predictions_stored)_total' | sort
