#!/usr/bin/env bash
# Asks a store of labelled predictions how good the model was. Usage: quality.sh [ROWS [FEATURES [ROUNDS]]]
# With QUALITY_DATA=DIR the rows stay there, and are not made again; with QUALITY_JFR=FILE the last process is recorded.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/../find-jdk.sh"
find_jdk
"$here/../build" -q -P '!checks' -DskipTests -DskipWeb -pl quality,predictions -am package \
  org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile="$work/classpath" >&2
classpath="$(ls "$here"/../quality/target/sightline-quality-*.jar "$here"/../predictions/target/sightline-predictions-*.jar | tr '\n' ':')$(cat "$work/classpath")"
"$JAVA_HOME/bin/javac" -cp "$classpath" -d "$work/classes" "$here/QualityRun.java"
"$JAVA_HOME/bin/java" "@$here/../jvm.options" ${QUALITY_JFR:+-XX:StartFlightRecording=filename="$QUALITY_JFR",settings=profile} \
  -Xmx2g -cp "$classpath:$work/classes" QualityRun "${QUALITY_DATA:-$work/data}" "${1:-1000000}" "${2:-20}" "${3:-3}"
