#!/usr/bin/env python3
"""Harms Sightline in one way after another while calls go through its gateway, and counts the calls
that came back changed, failed or refused. Bars R20, R22 and R23 of docs/reliability.md.

Usage: faults.py [--seconds S] [--rate R] [--kills N] [--only NAME,…]
Needs gcc (for a disk that misbehaves, faults.c) and, for R23, haproxy; what is missing is said and
left out. Prints a table row for each fault.
"""
import argparse, contextlib, http.client, json, os, shutil, signal, socket, subprocess, sys, tempfile, threading, time, urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
SIGHTLINE = f"{HERE}/../sightline"
WARM_UP_S = 6


def java():
    home = subprocess.run(["bash", "-c", f". {HERE}/../find-jdk.sh; find_jdk; echo $JAVA_HOME"], capture_output=True, text=True)
    return home.stdout.strip() + "/bin/java"


JAVA = java()


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


class Stack:
    """A model, and Sightline before it."""

    def __init__(self, work, extra="", environment=None, before=(), gateway=None):
        self.work = work
        self.model = subprocess.Popen([JAVA, "-XX:+UseSerialGC", f"{HERE}/Hashes.java", "serve", "0"], stdout=subprocess.PIPE, text=True)
        self.model_port = int(self.model.stdout.readline())
        self.api = free_port()
        self.gateway = int(gateway or free_port())
        with open(f"{work}/sightline.yml", "w") as file:
            file.write('models: [{ name: m, upstream: "http://127.0.0.1:%d" }]\n%s' % (self.model_port, extra))
        where = "inherited" if before else f"127.0.0.1:{self.gateway}"
        self.log = open(f"{work}/log", "w")
        self.process = subprocess.Popen(
            [*before, SIGHTLINE, "serve", "--config", f"{work}/sightline.yml", "--listen", f"127.0.0.1:{self.api}",
             "--gateway", where, "--data", f"{work}/data"],
            stdout=self.log, stderr=self.log, env={**os.environ, **(environment or {})})
        self.wait_ready()

    def wait_ready(self):
        for _ in range(600):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.ask("GET", "/-/ready")[0] == 200:
                    return
            time.sleep(0.1)
        raise SystemExit("Sightline does not become ready:\n" + open(f"{self.work}/log").read()[-2000:])

    def ask(self, method, path, body=None, timeout=30, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.api, timeout=timeout)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def close(self):
        if os.environ.get("FAULTS_KEEP"): shutil.copy(f"{self.work}/log", os.environ["FAULTS_KEEP"])
        for process in (self.process, self.model):
            process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.model.wait()
        self.log.close()


def calls(port, rate, seconds, body_bytes):
    return subprocess.Popen([JAVA, "-XX:+UseSerialGC", f"{HERE}/Hashes.java", "call", str(port), str(rate), str(seconds), str(body_bytes)],
                            stdout=subprocess.PIPE, text=True)


def counts(stack):
    """What became of the copies: proxied, captured, dropped."""
    sums = {"proxied": 0, "captured": 0, "dropped": 0}
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", stack.gateway, timeout=10)
        connection.request("GET", "/metrics")
        for line in connection.getresponse().read().decode().splitlines():
            for name in sums:
                if line.startswith(f"sightline_gateway_{name}_total"):
                    sums[name] += int(float(line.rsplit(" ", 1)[1]))
        connection.close()
    return sums


# Each fault: how Sightline is started, and what is done to it while calls go through.

def no_harm(stack, stop):
    pass


def switch(state):
    def harm(stack, stop):
        with open(f"{stack.work}/switch", "w") as file:
            file.write(state)
        stop.wait()
        with open(f"{stack.work}/switch", "w") as file:
            file.write("-")
    return harm


def many(count, work):
    def harm(stack, stop):
        def loop(number):
            while not stop.is_set():
                with contextlib.suppress(OSError, http.client.HTTPException):
                    work(stack, number)
        threads = [threading.Thread(target=loop, args=(i,)) for i in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return harm


WORST = [
    'topk(5, count_over_time({__name__=~".+"}[30d:1s]))',
    'sum by (le) (rate({__name__=~".+"}[1h:1s])) * on() group_left() vector(1)',
    'label_replace({__name__=~".+"}, "x", "$1$1$1$1", "__name__", "(.*)(.*)(.*)")',
    'max_over_time(quantile_over_time(0.9, {__name__=~".*_.*"}[10m:1s])[1d:1s])',
]


def worst_query(stack, number):
    stack.ask("GET", "/api/v1/query?query=" + urllib.parse.quote(WORST[number % len(WORST)]), timeout=150)


ROWS = json.dumps([{"features": {f"f{i}": i * 1.5 for i in range(20)}, "prediction": "a", "confidence": 0.9}] * 1000)


def flood(stack, number):
    if number % 2:
        stack.ask("POST", "/api/models/v1/flood/predictions", ROWS)
    else:
        now = time.time_ns()
        lines = [[str(now + i), f"level=info number={i} thread={number} something happened that is worth a line"] for i in range(1000)]
        stack.ask("POST", "/loki/api/v1/push", json.dumps({"streams": [{"stream": {"job": "flood"}, "values": lines}]}))


class Exposition:
    """A target with very many series, each with a new label every time it is asked."""

    def __init__(self, series):
        import http.server
        outer = self
        self.asked = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked += 1
                body = "".join(f'much{{id="{i}",turn="{outer.asked}"}} {i}\n' for i in range(series)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_address[1]


HEAVY_RULES = "groups:\n" + "".join(
    f"""- name: g{g}
  interval: 1s
  rules:
  - alert: Heavy{g}
    expr: count(max_over_time({{__name__=~".+"}}[1h:1s])) > 0
  - alert: Always{g}
    expr: vector(1)
""" for g in range(20))


def black_hole():
    """A receiver that takes connections and never says anything."""
    hole = socket.create_server(("127.0.0.1", 0), backlog=64)
    return hole


def faults(work):
    disk = {"LD_PRELOAD": f"{work}/faults.so", "FAULTS_DIR": f"{work}/data/", "FAULTS_SWITCH": f"{work}/switch"}
    hole = black_hole()
    rules = f"{work}/heavy.yml"
    with open(rules, "w") as file:
        file.write(HEAVY_RULES)
    alerting = (f'alerting: {{ rule_files: ["{rules}"], route: {{ receiver: r, group_wait: 1s, group_interval: 1s }}, '
                f'receivers: [{{ name: r, webhook_configs: [{{ url: "http://127.0.0.1:{hole.getsockname()[1]}/" }}] }}] }}\n')
    much = Exposition(20000)
    scrape = ('metrics: { global: { scrape_interval: 1s, scrape_timeout: 1s }, scrape_configs: '
              f'[{{ job_name: much, static_configs: [{{ targets: ["127.0.0.1:{much.port}"] }}] }}] }}\n')
    return {
        "none": ("", {}, no_harm, 300),
        "disk hangs": ("", disk, switch("h"), 300),
        "disk full": ("", disk, switch("f"), 300),
        "flush fails (EIO)": ("", disk, switch("e"), 300),
        "copies full: disk hangs, bodies of 200 kB": ("", disk, switch("h"), 200_000),
        "rules that never end, receiver that never answers": (alerting, {}, no_harm, 300),
        "query storm: 100 at once": ("", {}, many(100, worst_query), 300),
        "ingest: 16 writers as fast as they go": ("", {}, many(16, flood), 300),
        "heap full: -Xmx96m, 20,000 new series a second": (scrape, {"SIGHTLINE_JAVA_OPTIONS": "-Xmx96m"}, no_harm, 300),
    }


def one_fault(name, given):
    with tempfile.TemporaryDirectory(prefix="faults-") as work:
        if shutil.which("gcc"):
            subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", f"{work}/faults.so", f"{HERE}/faults.c", "-ldl"], check=True)
        open(f"{work}/switch", "w").write("-")
        extra, environment, harm, body_bytes = faults(work)[name]
        if "LD_PRELOAD" in environment and not shutil.which("gcc"):
            print(f"| {name} | left out: gcc is not installed |")
            return 0
        rate = given.rate if body_bytes < 10_000 else max(1, given.rate // 5)
        stack = Stack(work, extra, environment)
        try:
            calls(stack.gateway, rate, WARM_UP_S, 300).communicate()
            stop = threading.Event()
            harming = threading.Thread(target=harm, args=(stack, stop))
            running = calls(stack.gateway, rate, given.seconds, body_bytes)
            time.sleep(1)
            harming.start()
            total, right, changed, failed, refused, worst = running.communicate()[0].split()
            stop.set()
            alive = stack.process.poll() is None
            harming.join(200)
            time.sleep(2)
            sums = counts(stack)
            balance = sums["proxied"] - sums["captured"] - sums["dropped"]
            print(f"| {name} | {rate} | {total} | {changed} | {failed} | {refused} | {worst} | {sums['captured']} + {sums['dropped']} | "
                  f"{'yes' if alive else 'NO'} |" + ("" if balance == 0 else f" captured + dropped differ from proxied by {balance} |"), flush=True)
            return int(changed) + int(failed) + int(refused) + (0 if alive else 1)
        finally:
            stack.close()


def killed(given):
    """R22: kill -9 again and again while another process holds the gateway's socket."""
    with tempfile.TemporaryDirectory(prefix="faults-") as work:
        port = free_port()
        stack = Stack(work, before=[f"{HERE}/../deploy/keep-socket.py", f"127.0.0.1:{port}"], gateway=port)
        try:
            calls(port, given.rate, WARM_UP_S, 300).communicate()
            each = 5
            running = calls(port, given.rate, given.kills * each + 2, 300)
            for _ in range(given.kills):
                time.sleep(each)
                children = open(f"/proc/{stack.process.pid}/task/{stack.process.pid}/children").read().split()
                os.kill(int(children[0]), signal.SIGKILL)
            total, right, changed, failed, refused, worst = running.communicate()[0].split()
            print(f"| kill -9, {given.kills} times, socket inherited | {given.rate} | {total} | {changed} | {failed} | {refused} | {worst} | | |", flush=True)
            return int(changed) + int(refused)
        finally:
            stack.close()


def bypassed(given):
    """R23: HAProxy goes straight to the model while Sightline is dead."""
    if not shutil.which("haproxy"):
        print("| bypass by HAProxy | left out: haproxy is not installed |")
        return 0
    with tempfile.TemporaryDirectory(prefix="faults-") as work:
        stack = Stack(work)
        front = free_port()
        with open(f"{HERE}/../deploy/haproxy.cfg") as template, open(f"{work}/haproxy.cfg", "w") as file:
            file.write(template.read().replace("127.0.0.1:8080", f"127.0.0.1:{front}").replace("127.0.0.1:8000", f"127.0.0.1:{stack.gateway}")
                       .replace("127.0.0.1:5005", f"127.0.0.1:{stack.model_port}"))
        proxy = subprocess.Popen(["haproxy", "-f", f"{work}/haproxy.cfg", "-db"], stdout=stack.log, stderr=stack.log)
        try:
            time.sleep(2)
            running = calls(front, given.rate, given.seconds, 300)
            time.sleep(given.seconds / 3)
            stack.process.kill()
            total, right, changed, failed, refused, worst = running.communicate()[0].split()
            share = 100 * int(right) / int(total)
            print(f"| dead, bypass by HAProxy | {given.rate} | {total} | {changed} | {failed} | {refused} | {worst} | {share:.3f} % right | |", flush=True)
            return 0 if share >= 99.9 else 1
        finally:
            proxy.terminate()
            stack.close()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--rate", type=int, default=500)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--only", default="")
    given = options.parse_args()
    subprocess.run([SIGHTLINE, "version"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as work:
        names = list(faults(work))
    print("| fault | calls/s | calls | changed | failed | refused | longest ms | captured + dropped | alive |\n|---|--:|--:|--:|--:|--:|--:|--:|---|")
    wanted = [part for part in given.only.split(",") if part]
    bad = 0
    for name in names + ["kill", "bypass"]:
        if wanted and not any(part in name for part in wanted):
            continue
        bad += killed(given) if name == "kill" else bypassed(given) if name == "bypass" else one_fault(name, given)
    sys.exit(1 if bad else 0)


main()
