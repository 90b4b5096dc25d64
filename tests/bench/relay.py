#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""All figures of the relay, as ratios to what this machine itself allows, in one run.

    ./run --shell python3 tests/bench/relay.py [--rounds N] [--only smtp,pop3,crowd,million,stream] [--messages N] [--dovecot PORT]

The load clients and the floors are built from ../shared/bench/src. What each section measures and against what: README.md beside this file.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
BUILD = SOURCE / "build/release"
PEERS = SOURCE.parent / "shared/bench"
USER, PASSWORD = "user@mbox.test", "secret"
TICKS = os.sysconf("SC_CLK_TCK")
FAILED = []


def build_peers():
    target = BUILD / "bench-peers"
    target.mkdir(parents=True, exist_ok=True)
    for name in ("smtpload", "floorsmtp", "mailget", "tcplimit"):
        made, source = target / name, PEERS / "src" / f"{name}.c"
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["cc", "-O2", "-w", "-o", made, source], check=True)
    return target


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid):
    """PSS without the pages of files that are merely mapped: what the relay itself holds."""
    values = {}
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, rest = line.split(":")
        values[name] = int(rest.split()[0])
    return values["Pss"] / 1024


class Relay:
    def __init__(self, scratch):
        self.spool = tempfile.mkdtemp(dir=scratch, prefix="spool-")
        self.environment = dict(os.environ, WAXWING_DATA_DIR=self.spool + "/data")
        password = self.spool + "/password"
        pathlib.Path(password).write_text(PASSWORD + "\n")
        subprocess.run([BUILD / "bin/wax", "relay", "user", "add", USER, "--password-file", password, "--spool", self.spool + "/s"],
                       env=self.environment, check=True, stdout=subprocess.DEVNULL)
        self.start()

    def start(self):
        self.process = subprocess.Popen([BUILD / "bin/wax", "relay", "--json", "--smtp", "127.0.0.1:0", "--pop3", "127.0.0.1:0", "--spool",
                                         self.spool + "/s"], env=self.environment, stdout=subprocess.PIPE)
        line = json.loads(self.process.stdout.readline())
        self.smtp, self.pop3 = (int(line[name].rsplit(":", 1)[1]) for name in ("smtp", "pop3"))
        self.pid = self.process.pid

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.spool, ignore_errors=True)


class Floor:
    def __init__(self, peers, scratch):
        self.file, self.smtp = tempfile.mktemp(dir=scratch), free_port()
        self.process = subprocess.Popen([peers / "floorsmtp", str(self.smtp), self.file])
        self.pid = self.process.pid
        for _ in range(3000):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.smtp)) == 0:
                    return
            time.sleep(0.01)
        raise SystemExit("the log server did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.unlink(self.file)


def verdict(name, value, limit, at_least, note=""):
    good = value >= limit if at_least else value <= limit
    if not good:
        FAILED.append(name)
    print(f"  {name:46} {value:10.3f}   {'at least' if at_least else 'at most'} {limit:<8g} {'met' if good else 'MISSED'}  {note}", flush=True)


def load(peers, server, octets, sessions, messages, reuse):
    command = [peers / "smtpload", "-p", str(server.smtp), "-s", str(sessions), "-m", str(messages), "-l", str(octets), "-t", USER] + (["-r"] if reuse else [])
    before = cpu_seconds(server.pid)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result = json.loads(done.stdout)
    result["cpu_1000"] = (cpu_seconds(server.pid) - before) / messages * 1000
    return result


# octets, sessions, connection reused, least share of the log server's rate
SCENARIOS = [(4096, 1, True, 0.5), (4096, 10, True, 0.7), (4096, 100, True, 0.45), (4096, 10, False, 0.45), (102400, 10, True, 0.4)]


def smtp(peers, scratch, options):
    print("SMTP, durable acceptance against the log server (messages a second; median of the rounds)")
    with Floor(peers, scratch) as floor, Relay(scratch) as relay:
        memory = 0
        for octets, sessions, reuse, limit in SCENARIOS:
            pilot = load(peers, floor, octets, sessions, 500, reuse)["rate"]
            count = max(500, int(pilot * options.seconds))
            load(peers, relay, octets, sessions, max(500, count // 4), reuse)
            ours, theirs, ratios = [], [], []
            for turn in range(options.rounds):
                pair = [floor, relay] if turn % 2 == 0 else [relay, floor]
                results = {server: load(peers, server, octets, sessions, count, reuse) for server in pair}
                ours.append(results[relay])
                theirs.append(results[floor])
                ratios.append(results[relay]["rate"] / results[floor]["rate"])
                memory = max(memory, memory_mib(relay.pid))
            middle = {key: statistics.median(one[key] for one in ours) for key in ("rate", "p50_ms", "p99_ms", "cpu_1000")}
            name = f"{octets // 1024} KB, {sessions} sessions, {'reused' if reuse else 'new connection each'}"
            verdict(name, statistics.median(ratios), limit, True,
                    f"{middle['rate']:.0f}/s of {statistics.median(one['rate'] for one in theirs):.0f}/s, p50 {middle['p50_ms']:.2f} p99 {middle['p99_ms']:.2f} ms, "
                    f"CPU {middle['cpu_1000']:.3f} s per 1,000 (log server {statistics.median(one['cpu_1000'] for one in theirs):.3f})")
            if sessions == 100:
                verdict("p99 at 100 sessions, ms", middle["p99_ms"], 40, False)
            if sessions == 1:
                verdict("CPU at 1 session, s per 1,000", middle["cpu_1000"], 0.2, False)
        verdict("memory, MiB", memory, 60, False)


def corpus(scratch, count):
    folder = BUILD / f"bench-corpus-{count}"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, PEERS / "gen/genmail.py", "-n", str(count), "--maildir", folder, "--crlf"], check=True, stdout=subprocess.DEVNULL)
        (folder / "complete").touch()
    return folder


def fill(relay, folder):
    with socket.create_connection(("127.0.0.1", relay.smtp)) as s:
        replies = s.makefile("rb")

        def ask(text):
            s.sendall(text)
            while (line := replies.readline())[3:4] == b"-":
                pass
            assert line[:1] in b"23", line

        ask(b"")
        ask(b"EHLO fill\r\n")
        for file in sorted((folder / "cur").iterdir()):
            text = file.read_bytes().replace(b"\r\n.", b"\r\n..")
            for command in (b"MAIL FROM:<a@b.test> BODY=8BITMIME\r\n", b"RCPT TO:<%s>\r\n" % USER.encode(), b"DATA\r\n",
                            text + (b"" if text.endswith(b"\r\n") else b"\r\n") + b".\r\n"):
                ask(command)


class Dovecot:
    """One that runs already, as ../shared/bench/retrieve/dovecot.sh starts it, over the same messages."""
    user, password = "bench", "bench"

    def __init__(self, port):
        self.pop3 = port


def retrieve(peers, server, user, password, mode, count):
    done = subprocess.run([peers / "mailget", mode, str(server.pop3), user, password], capture_output=True, text=True, check=True)
    result = json.loads(done.stdout)
    assert result["messages"] == count, result
    return result["messages_s"]


def files_over_a_socket(peers, folder):
    """Messages a second: each after a request, and streamed."""
    lines = subprocess.run([peers / "tcplimit", "0.1", folder], capture_output=True, text=True, check=True).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    return {mode: max(row["messages_s"] for row in rows if what in row["measure"]) for mode, what in (("pop3", "serial"), ("pop3pipe", "streamed"))}


# mode, name, least share of Dovecot's rate, and of the socket's, of which Dovecot reached 0.62 and 0.26
RETRIEVALS = [("pop3", "RETR one by one", 1.1, 0.62 * 1.1), ("pop3pipe", "64 RETR in flight", 1.5, 0.26 * 1.5)]


def pop3(peers, scratch, options):
    count = options.mailbox
    dovecot = Dovecot(options.dovecot) if options.dovecot else None
    print(f"POP3, a mailbox of {count} messages against {'Dovecot' if dovecot else 'files sent over a socket'}")
    folder = corpus(scratch, count)
    with Relay(scratch) as relay:
        fill(relay, folder)
        for mode, name, share_of_dovecot, share_of_socket in RETRIEVALS:
            retrieve(peers, relay, USER, PASSWORD, mode, count)
            ours, theirs = [], []
            before = cpu_seconds(relay.pid)
            for _ in range(options.rounds):
                ours.append(retrieve(peers, relay, USER, PASSWORD, mode, count))
                theirs.append(retrieve(peers, dovecot, dovecot.user, dovecot.password, mode, count) if dovecot else files_over_a_socket(peers, folder)[mode])
            rate, floor = statistics.median(ours), statistics.median(theirs)
            verdict(name, rate / floor, share_of_dovecot if dovecot else round(share_of_socket, 2), True,
                    f"{rate:.0f}/s of {floor:.0f}/s, CPU {(cpu_seconds(relay.pid) - before) / options.rounds:.2f} s")
        verdict("memory, MiB", memory_mib(relay.pid), 60, False)


def crowd(peers, scratch, options):
    print(f"{options.crowd} hostile connections: silent, in the middle of a command, of a message, dripping octets")
    with Relay(scratch) as relay:
        quiet = memory_mib(relay.pid)
        hostile = []
        for number in range(options.crowd):
            s = socket.create_connection(("127.0.0.1", relay.smtp if number % 4 else relay.pop3))
            s.setblocking(False)
            s.send([b"", b"EHLO x\r\nMAI", b"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<%s>\r\nDATA\r\nSubject: x\r\n" % USER.encode(), b"XYZZY\r\n" * 5][number % 4])
            hostile.append(s)
        slowest = 0
        for turn in range(20):
            for s in hostile[turn::20]:
                try:
                    s.send(b"x")
                except OSError:
                    pass
            begin = time.monotonic()
            load(peers, relay, 4096, 1, 1, False)
            slowest = max(slowest, time.monotonic() - begin)
        verdict("slowest delivery of an honest client, s", slowest, 1, False)
        print(f"  memory {quiet:.1f} MiB before, {memory_mib(relay.pid):.1f} with the crowd: {(memory_mib(relay.pid) - quiet) * 1024 / len(hostile):.1f} KiB a session")
        for s in hostile:
            s.close()


def million(peers, scratch, options):
    print(f"The spool with {options.messages} messages against the same with 1,000 (times as long)")
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        done = subprocess.run([BUILD / "tests/bench/bench_spool", folder, str(options.messages)], capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        name, few, many, unit = line.split("\t")
        verdict(name, float(many) / float(few), 1.5, False, f"{float(few):.2f} and {float(many):.2f} {unit}")


def stream(peers, scratch, options):
    print(f"{options.messages} messages in and out: memory in MiB and spool in MiB on the way")
    with Relay(scratch) as relay:
        steps = 20
        seen = []
        for step in range(steps):
            load(peers, relay, 1024, 50, options.messages // steps, True)
            drain(relay)
            size = sum(file.stat().st_size for file in pathlib.Path(relay.spool, "s").rglob("*") if file.is_file()) / 2**20
            seen.append(memory_mib(relay.pid))
            print(f"  {(step + 1) * options.messages // steps:9}  {seen[-1]:6.1f}  {size:8.1f}", flush=True)
        # The memory of duplicates fills during the first 131,072 messages.
        verdict("most in the second half, of that in the first", max(seen[steps // 2:]) / max(seen[:steps // 2]), 1.05, False)


def drain(relay):
    """Fetches and deletes whatever is there, as a mail program does."""
    with socket.create_connection(("127.0.0.1", relay.pop3)) as s:
        replies = s.makefile("rb")
        replies.readline()
        s.sendall(f"USER {USER}\r\nPASS {PASSWORD}\r\nSTAT\r\n".encode())
        count = int([replies.readline() for _ in range(3)][2].split()[1])
        for first in range(1, count + 1, 64):
            numbers = range(first, min(first + 64, count + 1))
            s.sendall(b"".join(b"RETR %d\r\nDELE %d\r\n" % (n, n) for n in numbers))
            for _ in numbers:
                assert replies.readline().startswith(b"+OK")
                while replies.readline() != b".\r\n":
                    pass
                assert replies.readline().startswith(b"+OK")
        s.sendall(b"QUIT\r\n")
        assert replies.readline().startswith(b"+OK")


def main():
    sections = {"smtp": smtp, "pop3": pop3, "crowd": crowd, "million": million, "stream": stream}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="smtp,pop3,crowd,million", help="sections, of " + ", ".join(sections))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="how long the log server is under load in each round")
    parser.add_argument("--mailbox", type=int, default=10000)
    parser.add_argument("--dovecot", type=int, metavar="PORT", help="a Dovecot that serves the same mailbox")
    parser.add_argument("--crowd", type=int, default=10000)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--scratch", default=str(BUILD), help="a folder on the disk to be measured")
    options = parser.parse_args()
    import resource
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    peers = build_peers()
    for name in options.only.split(","):
        sections[name](peers, options.scratch, options)
    print("missed: " + ", ".join(FAILED) if FAILED else "all met")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
