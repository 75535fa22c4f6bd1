#!/usr/bin/env bash
# Estimates quality before the truth on made scores. Usage: estimates.sh [ROWS]
set -eu
. "$(dirname "$0")/modules.sh"
prepare stats EstimateRun.java
"$JAVA_HOME/bin/java" "@$here/../jvm.options" -Xmx1g -cp "$classpath" EstimateRun "${1:-1000000}"
