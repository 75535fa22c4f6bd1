#!/usr/bin/env bash
# Pushes lines into a store of logs and asks for some of them, through its ports. Usage: logs.sh [MEGABYTES [ROUNDS]]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/../find-jdk.sh"
find_jdk
"$here/../build" -q -P '!checks' -DskipTests -DskipWeb -pl logstore -am package \
  org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile="$work/classpath" >&2
classpath="$(ls "$here"/../logstore/target/sightline-logstore-*.jar):$(cat "$work/classpath")"
"$JAVA_HOME/bin/javac" -cp "$classpath" -d "$work/classes" "$here/LogLines.java" "$here/LogStoreRun.java"
"$JAVA_HOME/bin/java" "@$here/../jvm.options" -cp "$classpath:$work/classes" LogStoreRun "$work/data" "${1:-600}" 1 "${2:-3}"
