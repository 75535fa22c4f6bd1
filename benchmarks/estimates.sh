#!/usr/bin/env bash
# Estimates quality before the truth on made scores. Usage: estimates.sh [ROWS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/../find-jdk.sh"
find_jdk
"$here/../build" -q -P '!checks' -DskipTests -DskipWeb -pl stats -am package \
  org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile="$work/classpath" >&2
classpath="$(ls "$here"/../stats/target/sightline-stats-*.jar | tr '\n' ':')$(cat "$work/classpath")"
"$JAVA_HOME/bin/javac" -cp "$classpath" -d "$work/classes" "$here/EstimateRun.java"
"$JAVA_HOME/bin/java" "@$here/../jvm.options" -Xmx1g -cp "$classpath:$work/classes" EstimateRun "${1:-1000000}"
