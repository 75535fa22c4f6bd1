# Sourced by ./build and ./sightline: sets JAVA_HOME to a JDK 25, or says in one sentence what is missing.

jdk_major() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] &&
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  for candidate in "${SIGHTLINE_JAVA_HOME:-}" "${JAVA_HOME:-}" \
    /usr/lib/jvm/*25* /opt/*jdk*25* /opt/java/* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -n "$candidate" ] && [ "$(jdk_major "$candidate")" = 25 ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "Sightline needs a JDK 25: install one (for example Debian's openjdk-25-jdk or temurin-25-jdk), or point SIGHTLINE_JAVA_HOME at it." >&2
  return 1
}

need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  echo "Sightline is built with $2: install it (for example Debian's package '$3')." >&2
  return 1
}

need_node() {
  need node "Node.js 20.19 or newer" nodejs && need npm "npm" npm || return 1
  node -e 'const [a,b]=process.versions.node.split(".").map(Number); process.exit(a>20||(a===20&&b>=19)?0:1)' && return 0
  echo "Sightline's pages are built with Node.js 20.19 or newer; this is $(node --version)." >&2
  return 1
}

# The browser test needs Chromium; where it can be installed without asking anyone, it is.
want_browser() {
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser test (once) …" >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && return 0
  fi
  echo "There is no Chromium (Debian's package 'chromium'): the browser test is left out." >&2
}
