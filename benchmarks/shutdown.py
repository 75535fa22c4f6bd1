#!/usr/bin/env python3
"""Asks a server under load to end, again and again, and tells what became of each call.

Usage: shutdown.py [--rounds N] [--seconds S] [--command "…"]
Each round starts a server, calls its gateway and its API from raw sockets, on connections of their
own ("fresh") and on kept ones, sends SIGTERM, and goes on until nothing is taken any more.

A call is in flight once its connection has been made. It may be answered, or, on a connection that
has carried calls before, meet a clean end before the first byte of an answer ("ended": clients
repeat it on another connection). Anything else is a failure: a reset, an end without an answer on a
connection of its own, half an answer, a status other than 200. A refused connection is no call.
"""
import argparse, collections, os, random, shlex, signal, socket, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
THREADS = {"fresh": 12, "kept": 12, "kept, seldom used": 48}
PAUSE_S = {"fresh": 0.001, "kept": 0.001, "kept, seldom used": 0.4}
SCORE = b'{"dataframe_split": {"columns": ["text"], "data": [["fine"]]}}'
ROW = b'{"features": {"n": 1}, "prediction": "a"}'
TARGETS = {"gateway": ("/predict", SCORE), "api": ("/api/models/v1/m/predictions", ROW)}


def read_answer(connection):
    """The status, and whether the connection ends; (0, True) for an end before the first byte."""
    received = b""
    while b"\r\n\r\n" not in received:
        more = connection.recv(65536)
        if not more:
            if received:
                raise EOFError("half an answer")
            return 0, True
        received += more
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(l.split(b":")[1]) for l in lines if l.startswith(b"content-length:")), 0)
    chunked = b"transfer-encoding: chunked" in lines
    while len(body) < length or (chunked and not body.endswith(b"0\r\n\r\n")):
        more = connection.recv(65536)
        if not more:
            raise EOFError("half an answer")
        body += more
    return int(lines[0].split()[1]), b"connection: close" in lines


def call_until_gone(port, target, mode, count, stop_by):
    path, body = TARGETS[target]
    header = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    header += f"Content-Length: {len(body)}\r\n"
    if mode == "fresh":
        header += "Connection: close\r\n"
    request = header.encode() + b"\r\n" + body
    connection, used = None, False
    while time.monotonic() < stop_by[0]:
        try:
            if connection is None:
                used = False
                connection = socket.create_connection(("127.0.0.1", port), timeout=40)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as refused:
            count["refused" if isinstance(refused, ConnectionRefusedError) else "not connected: %s" % refused] += 1
            if isinstance(refused, ConnectionRefusedError):
                return
            continue
        try:
            # One write: an end that has come by now was clean if nothing can be written any more.
            try:
                connection.sendall(request)
            except BrokenPipeError:
                if not used:
                    raise
            status, ends = read_answer(connection)
            if status == 200:
                count["answered"] += 1
            elif status == 0 and used:
                count["ended"] += 1
            else:
                count["status %d" % status if status else "end without an answer"] += 1
        except (OSError, EOFError) as failure:
            count["%s%s" % (failure, ", used before" if used else "")] += 1
            ends = True
        used = True
        if ends:
            connection.close()
            connection = None
        time.sleep(random.uniform(0, 2 * PAUSE_S[mode]))


def one_round(command, work, seconds, target, modes):
    upstream = subprocess.Popen([java(), "-XX:+UseSerialGC", f"{HERE}/Upstream.java", "0"], stdout=subprocess.PIPE, text=True)
    try:
        config = f"{work}/sightline.yml"
        with open(config, "w") as file:
            file.write("models: [{ name: quick, upstream: \"http://127.0.0.1:%s\" }]\n" % upstream.stdout.readline().strip())
        server = subprocess.Popen(
            shlex.split(command) + ["serve", "--config", config, "--listen", "127.0.0.1:0", "--gateway", "127.0.0.1:0", "--data", f"{work}/data"],
            stdout=subprocess.PIPE, text=True)
        ports = [int(server.stdout.readline().strip().rsplit(":", 1)[1]) for _ in range(2)]
        port = ports[1] if target == "gateway" else ports[0]
        while not ready(ports[0]):
            time.sleep(0.05)
        counts = {mode: collections.Counter() for mode in modes}
        stop_by = [time.monotonic() + 120]
        threads = [threading.Thread(target=call_until_gone, args=(port, target, mode, counts[mode], stop_by))
                   for mode in modes for _ in range(THREADS[mode])]
        for thread in threads:
            thread.start()
        time.sleep(seconds - 1)
        before = sum(count["answered"] for count in counts.values())
        time.sleep(1)
        rate = sum(count["answered"] for count in counts.values()) - before
        begun = time.monotonic()
        server.send_signal(signal.SIGTERM)
        status = server.wait(timeout=60)
        took = time.monotonic() - begun
        for thread in threads:
            thread.join()
        return counts, rate, took, status
    finally:
        upstream.kill()


def ready(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /-/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return read_answer(connection)[0] == 200


def java():
    home = subprocess.run(["bash", "-c", f". {HERE}/../find-jdk.sh; find_jdk; echo $JAVA_HOME"], capture_output=True, text=True)
    return home.stdout.strip() + "/bin/java"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--seconds", type=float, default=5)
    options.add_argument("--command", default=f"{HERE}/../sightline")
    options.add_argument("--targets", default="gateway,api")
    given = options.parse_args()
    failed = 0
    print("| | calls | rounds | calls/s | answered | ended | refused | failed | s to end |\n|---|---|--:|--:|--:|--:|--:|--:|--:|")
    for target in given.targets.split(","):
        for modes in (["fresh"], ["kept", "kept, seldom used"]):
            totals = {mode: collections.Counter() for mode in modes}
            rates, times = [], []
            for _ in range(given.rounds):
                with tempfile.TemporaryDirectory() as work:
                    counts, rate, took, status = one_round(given.command, work, given.seconds, target, modes)
                if status != 0:
                    print("exit status", status)
                    failed += 1
                rates.append(rate)
                times.append(took)
                for mode in modes:
                    totals[mode] += counts[mode]
            for mode in modes:
                total = totals[mode]
                failures = {k: v for k, v in total.items() if k not in ("answered", "ended", "refused")}
                failed += sum(failures.values())
                print("| %s | %s | %d | %d–%d | %d | %d | %d | %d%s | %.2f–%.2f |" % (
                    target, mode, given.rounds, min(rates), max(rates), total["answered"], total["ended"], total["refused"],
                    sum(failures.values()), " " + str(failures) if failures else "", min(times), max(times)), flush=True)
    sys.exit(1 if failed else 0)


main()
