#!/usr/bin/env python3
"""Kills the server again and again while samples are pushed, harms its files, and counts what is missing.

reliability.py [--rounds N] [--only kill,damage,full] [--sightline PATH]

kill    writers push by remote write, the server is killed with -9 after 2 to 6 seconds and started again;
        every sample that was acknowledged with 204 must be in the export, with its value.
damage  one file of a stopped server is harmed in one way, for each kind of file and each way; it must start,
        and what does not lie in that file must be there.
full    the disk has no room left for a while (a tmpfs of 300 MB, needs root); pushes get 503, and work again when
        there is room, without a restart; then a kill -9: nothing acknowledged is lost.

Prints one line a check: ID PASS|FAIL what was found.
"""
import argparse, json, os, random, shutil, signal, struct, subprocess, sys, tempfile, threading, time, urllib.error, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
START_STEP_MS = 1000


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


def write_request(samples):
    """samples: (writer, series, time in ms, value)"""
    message = b""
    for writer, series, time_ms, value in samples:
        labels = b"".join(
            field(1, field(1, name.encode()) + field(2, text.encode()))
            for name, text in (("__name__", "pushed"), ("series", str(series)), ("writer", str(writer))))
        sample = b"\x09" + struct.pack("<d", value) + b"\x10" + varint(time_ms)
        message += field(1, labels + field(2, sample))
    block = varint(len(message))
    for at in range(0, len(message), 65536):
        part = message[at : at + 65536]
        block += bytes([61 << 2]) + struct.pack("<H", len(part) - 1) + part
    return block


class Server:
    def __init__(self, program, data):
        self.program, self.data, self.process = program, data, None

    def start(self, limit_s=120):
        self.process = subprocess.Popen(
            [self.program, "serve", "--listen", "127.0.0.1:0", "--data", self.data],
            stdout=subprocess.PIPE, stderr=open(self.data + ".log", "ab"), text=True)
        began = time.monotonic()
        line = self.process.stdout.readline()
        if "http://" not in line:
            raise SystemExit("the server did not start: " + line + open(self.data + ".log").read()[-2000:])
        self.url = line.split()[-1]
        self.pid = self.process.pid
        return time.monotonic() - began

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        os.kill(self.pid, signal.SIGTERM)
        self.process.wait()

    def push(self, samples, timeout_s=10):
        """The status, or 0 where there was no answer."""
        request = urllib.request.Request(
            self.url + "/api/v1/write", data=write_request(samples), method="POST",
            headers={"Content-Encoding": "snappy", "Content-Type": "application/x-protobuf"})
        try:
            with urllib.request.urlopen(request, timeout=timeout_s) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            return 0

    def export(self):
        found = {}
        with urllib.request.urlopen(self.url + "/api/v1/export?match[]=pushed", timeout=60) as answer:
            for line in answer:
                one = json.loads(line)
                key = (int(one["metric"]["writer"]), int(one["metric"]["series"]))
                found.update({(*key, t): float(v) for t, v in zip(one["timestamps"], one["values"])})
        return found


class Writer(threading.Thread):
    """Pushes batches of a hundred series until the server is gone; keeps what was acknowledged."""

    def __init__(self, server, number, acknowledged, ends):
        super().__init__(daemon=True)
        self.server, self.number, self.acknowledged, self.ends = server, number, acknowledged, ends
        self.refused = 0

    def run(self):
        time_ms = int(time.time() * 1000)
        while not self.ends.is_set():
            time_ms = max(time_ms + 1, int(time.time() * 1000))
            samples = [(self.number, i, time_ms, random.random()) for i in range(100)]
            status = self.server.push(samples)
            if status == 204:
                self.acknowledged.update({(w, s, t): v for w, s, t, v in samples})
            elif status == 0:
                return
            else:
                self.refused += 1
                time.sleep(0.05)


def missing(acknowledged, found):
    return sum(1 for key, value in acknowledged.items() if found.get(key) != value)


def pushed_for(server, seconds, acknowledged, writers=4):
    ends = threading.Event()
    threads = [Writer(server, i, acknowledged, ends) for i in range(writers)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    return ends, threads


def kill_rounds(server, rounds):
    acknowledged, lost, longest = {}, 0, 0
    server.start()
    for _ in range(rounds):
        ends, threads = pushed_for(server, random.uniform(2, 6), acknowledged)
        server.kill()
        ends.set()
        for thread in threads:
            thread.join()
        longest = max(longest, server.start())
        lost = max(lost, missing(acknowledged, server.export()))
    server.kill()
    return lost == 0, f"{rounds} times kill -9, {len(acknowledged)} acknowledged samples, {lost} lost, longest start {longest:.1f} s"


HARMS = {
    "bit flipped": lambda b: b[: len(b) // 2] + bytes([b[len(b) // 2] ^ 4]) + b[len(b) // 2 + 1 :] if b else b,
    "4 KiB zeroed": lambda b: b[: len(b) // 3] + bytes(min(4096, len(b) - len(b) // 3)) + b[len(b) // 3 + 4096 :],
    "cut in half": lambda b: b[: len(b) // 2],
    "emptied": lambda b: b"",
    "garbage behind": lambda b: b + os.urandom(1000),
    "missing": None,
}


def files_to_harm(data):
    kinds = {}
    for directory, _, names in os.walk(os.path.join(data, "metrics")):
        for name in sorted(names):
            kind = "log" if directory.endswith("wal") else os.path.basename(directory) if name.isdigit() else name
            kinds.setdefault(kind, os.path.join(directory, name))
    for name in sorted(os.listdir(os.path.join(data, "metrics-series"))):
        kinds.setdefault("metrics-series", os.path.join(data, "metrics-series", name))
    return {kind: path for kind, path in kinds.items() if kind != "lock"}


def damage(server, full):
    """A directory with blocks and a log; each start works on a fresh copy."""
    original = server.data + ".original"
    server.start()
    day = "".join(
        f'{{"metric":{{"__name__":"pushed","series":"{s}","writer":"9"}},"values":[{",".join(["1"] * 1440)}],'
        f'"timestamps":[{",".join(str(int(time.time() - 90000) * 1000 + m * 60000) for m in range(1440))}]}}\n'
        for s in range(5))
    request = urllib.request.Request(
        server.url + "/api/v1/import", data=day.encode(), method="POST", headers={"Content-Type": "application/x-ndjson"})
    urllib.request.urlopen(request, timeout=60).read()
    ends, threads = pushed_for(server, 3, {}, 1)
    ends.set()
    for thread in threads:
        thread.join()
    whole = len(server.export())
    server.kill()
    shutil.copytree(server.data, original)
    results, failed = [], 0
    for kind, path in files_to_harm(server.data).items():
        for harm, work in list(HARMS.items())[: None if full else 3]:
            shutil.rmtree(server.data)
            shutil.copytree(original, server.data)
            if work is None:
                os.remove(path)
            else:
                content = open(path, "rb").read()
                open(path, "wb").write(work(content))
            try:
                server.start()
                left = len(server.export())
                server.kill()
                results.append((kind, harm, whole - left))
                failed += left == 0
            except (SystemExit, OSError) as no_start:
                results.append((kind, harm, str(no_start)[:80]))
                failed += 1
    for kind, harm, lost in results:
        print(f"   {kind}: {harm}: {lost} of {whole} samples missing", flush=True)
    return failed == 0, f"{len(results)} harmed files, {failed} without a start or without any sample"


def disk_full(program, work):
    mount = os.path.join(work, "full")
    os.makedirs(mount)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300m", "none", mount], check=True)
    try:
        server = Server(program, os.path.join(mount, "data"))
        os.makedirs(server.data)
        server.start()
        acknowledged = {}
        ends, threads = pushed_for(server, 3, acknowledged)
        hog = os.path.join(mount, "hog")
        with open(hog, "wb") as file:
            try:
                while True:
                    file.write(bytes(16384))
                    file.flush()
            except OSError:
                pass
        time.sleep(10)
        refused = sum(thread.refused for thread in threads)
        os.remove(hog)
        freed, resumed, before = time.monotonic(), None, len(acknowledged)
        while resumed is None and time.monotonic() - freed < 30:
            time.sleep(0.1)
            resumed = time.monotonic() - freed if len(acknowledged) > before + 1000 else None
        time.sleep(3)
        server.kill()
        ends.set()
        for thread in threads:
            thread.join()
        server.start()
        lost = missing(acknowledged, server.export())
        server.kill()
        good = lost == 0 and refused > 0 and resumed is not None and resumed <= 10
        return good, f"{refused} calls refused, again after {resumed or -1:.1f} s, then kill -9: {lost} of {len(acknowledged)} acknowledged samples lost"
    finally:
        subprocess.run(["umount", "-l", mount], check=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--only", default="kill,damage,full")
    parser.add_argument("--sightline", default=os.path.join(HERE, "..", "sightline"))
    parser.add_argument("--quick", action="store_true", help="three ways of harm instead of all")
    options = parser.parse_args()
    work = tempfile.mkdtemp()
    only, failures = options.only.split(","), 0
    checks = {
        "R1": ("kill", lambda: kill_rounds(Server(options.sightline, os.path.join(work, "kill")), options.rounds)),
        "R5": ("damage", lambda: damage(Server(options.sightline, os.path.join(work, "damage")), not options.quick)),
        "R6": ("full", lambda: disk_full(options.sightline, work)),
    }
    for name, (kind, check) in checks.items():
        if kind in only:
            passed, found = check()
            failures += not passed
            print(name, "PASS" if passed else "FAIL", found, flush=True)
    shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
