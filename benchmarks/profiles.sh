#!/usr/bin/env bash
# Sketches rows, keeps profiles of a month by the hour, compares halves of it. Usage: profiles.sh [ROWS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/../find-jdk.sh"
find_jdk
"$here/../build" -q -P '!checks' -DskipTests -DskipWeb -pl quality -am package \
  org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile="$work/classpath" >&2
classpath="$(ls "$here"/../quality/target/sightline-quality-*.jar | tr '\n' ':')$(cat "$work/classpath")"
"$JAVA_HOME/bin/javac" -cp "$classpath" -d "$work/classes" "$here/ProfileRun.java"
"$JAVA_HOME/bin/java" "@$here/../jvm.options" -Xmx2g -cp "$classpath:$work/classes" ProfileRun "$work/profiles" "${1:-1000000}"
