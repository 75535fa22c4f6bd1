#!/usr/bin/env bash
# Pushes lines into a store of logs and asks for some of them, through its ports. Usage: logs.sh [MEGABYTES [ROUNDS]]
set -eu
. "$(dirname "$0")/modules.sh"
prepare logstore LogLines.java LogStoreRun.java
"$JAVA_HOME/bin/java" "@$here/../jvm.options" -cp "$classpath" LogStoreRun "$work/data" "${1:-600}" 1 "${2:-3}"
