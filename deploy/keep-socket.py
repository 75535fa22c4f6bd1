#!/usr/bin/env python3
"""Holds the gateway's listening socket open and starts Sightline on it again whenever it dies.

Usage: keep-socket.py HOST:PORT ./sightline serve --gateway inherited [OPTIONS …]

Connections that come while no Sightline runs wait in the socket's queue instead of being refused.
SIGTERM, SIGINT and SIGHUP are passed on; an end that was asked for, and a configuration that
cannot be started with (exit status 2), end this process too. One that dies within a second of its
start three times in a row is started every ten seconds from then on.
"""
import os, signal, socket, sys, time

BACKLOG = 4096
CANNOT_START = 2
# Of a server that was asked to end before it had begun to listen for that.
BY_SIGNAL = {-signal.SIGTERM, -signal.SIGINT, 128 + signal.SIGTERM, 128 + signal.SIGINT}


def main():
    if len(sys.argv) < 3 or ":" not in sys.argv[1]:
        sys.exit(__doc__)
    host, _, port = sys.argv[1].rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host.strip("[]"), int(port)))
        door.listen(BACKLOG)
        sys.exit(keep(door, sys.argv[2:]))


def keep(door, command):
    child, asked, quick = 0, False, 0

    def pass_on(number, _):
        nonlocal asked
        asked = asked or number != signal.SIGHUP
        if child:
            os.kill(child, number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, pass_on)
    while not asked:
        begun = time.monotonic()
        child = start(door, command)
        if asked:
            os.kill(child, signal.SIGTERM)
        _, status = os.waitpid(child, 0)
        child = 0
        code = os.waitstatus_to_exitcode(status)
        if asked and code in BY_SIGNAL:
            return 0
        if asked or code in (0, CANNOT_START):
            return code
        quick = quick + 1 if time.monotonic() - begun < 1 else 0
        print(f"keep-socket: ended with {code}, starting again", file=sys.stderr, flush=True)
        if quick >= 3:
            time.sleep(10)
    return 0


def start(door, command):
    child = os.fork()
    if child == 0:
        os.dup2(door.fileno(), 0)
        os.execvp(command[0], command)
    return child


main()
