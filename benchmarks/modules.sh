# Sourced by the benchmarks that run classes of modules in a process of their own.
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/../find-jdk.sh"
find_jdk

prepare() { # MODULE[,MODULE…] SOURCE…: builds the modules, compiles the sources into $work/classes, sets $classpath
  "$here/../build" -q -P '!checks' -DskipTests -DskipWeb -pl "$1" -am package \
    org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile="$work/classpath" >&2
  classpath=$work/classes:$(cat "$work/classpath")
  for module in ${1//,/ }; do
    classpath=$(echo "$here/../$module/target/sightline-$module"-*.jar | tr ' ' ':'):$classpath
  done
  shift
  "$JAVA_HOME/bin/javac" -proc:none -cp "$classpath" -d "$work/classes" "${@/#/$here/}"
}
