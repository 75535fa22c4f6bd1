# Sourced by the benchmarks: what a process has used.

cpu_ms() { # PID: processor time so far, in milliseconds
  awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print int(($12 + $13) * 1000 / tick) }' "/proc/$1/stat"
}

memory() { # PID
  awk '/^VmRSS|^RssAnon/ { printf "%s%s %d MB", comma, $1, $2 / 1024; comma = ", " } END { print "" }' "/proc/$1/status"
}
