#!/usr/bin/env bash
# Asks LogQL of a store of logs. Usage: logql.sh [MEGABYTES [ROUNDS]]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/../find-jdk.sh"
find_jdk
"$here/../build" -q -P '!checks' -DskipTests -pl server -am package >&2
classpath="$here/../server/target/lib/*"
"$JAVA_HOME/bin/javac" -proc:none -cp "$classpath" -d "$work/classes" "$here/LogLines.java" "$here/LogQueryRun.java"
"$JAVA_HOME/bin/java" "@$here/../jvm.options" -cp "$classpath:$work/classes" LogQueryRun "$work/data" "${1:-300}" 1 "${2:-3}"
