#!/usr/bin/env bash
# Asks a store of labelled predictions how good the model was. Usage: quality.sh [ROWS [FEATURES [ROUNDS]]]
# With QUALITY_DATA=DIR the rows stay there, and are not made again; with QUALITY_JFR=FILE the last process is recorded.
set -eu
. "$(dirname "$0")/modules.sh"
prepare quality,predictions QualityRun.java
"$JAVA_HOME/bin/java" "@$here/../jvm.options" ${QUALITY_JFR:+-XX:StartFlightRecording=filename="$QUALITY_JFR",settings=profile} \
  -Xmx2g -cp "$classpath" QualityRun "${QUALITY_DATA:-$work/data}" "${1:-1000000}" "${2:-20}" "${3:-3}"
