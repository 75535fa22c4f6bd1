#!/usr/bin/env bash
# Sketches rows, keeps profiles of a month by the hour, compares halves of it. Usage: profiles.sh [ROWS]
set -eu
. "$(dirname "$0")/modules.sh"
prepare quality ProfileRun.java
"$JAVA_HOME/bin/java" "@$here/../jvm.options" -Xmx2g -cp "$classpath" ProfileRun "$work/profiles" "${1:-1000000}"
