#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long waxwing takes from its start to two visible windows, and what it holds in memory at rest.

startup.py [--runs N] [--rest SECONDS] WAXWING: each run is a fresh process on a virtual screen that is already there; the data
directory was used before, as on every day but the first. Prints one line a run and the medians; nothing else should be busy.
"""
import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time

WINDOWS = "Inbox - (alice|bob)@example.org - Waxwing"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def visible_windows(display):
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", WINDOWS], env=dict(os.environ, DISPLAY=display),
                           capture_output=True, text=True)
    return len(found.stdout.split())


def memory(pid):
    """Octets in RAM: all, and those that nobody else shares."""
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        values = dict(re.findall(r"^(\w+):\s+(\d+) kB", rollup.read(), re.MULTILINE))
    return tuple(int(values[name]) / 1024 for name in ("Rss", "Pss"))


def run(arguments, display, data, rest):
    environment = dict(os.environ, DISPLAY=display, LANG="C.UTF-8", WAXWING_SMTP=f"127.0.0.1:{free_port()}", WAXWING_POP3=f"127.0.0.1:{free_port()}")
    begin = time.monotonic()
    process = subprocess.Popen([arguments.waxwing, "--demo", "--start-relay", "--data-dir", data], env=environment)
    try:
        while visible_windows(display) < 2:
            if time.monotonic() - begin > 60 or process.poll() is not None:
                raise SystemExit("the two windows did not come")
        seconds = time.monotonic() - begin
        time.sleep(rest)
        resident, proportional = memory(process.pid)
        before = time.clock_gettime(time.CLOCK_MONOTONIC), cpu_seconds(process.pid)
        time.sleep(rest)
        share = (cpu_seconds(process.pid) - before[1]) / (time.clock_gettime(time.CLOCK_MONOTONIC) - before[0])
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        process.wait(timeout=10)
        return seconds, resident, proportional, share * 100, time.monotonic() - asked
    finally:
        process.kill()
        process.wait()


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rest", type=float, default=4)
    parser.add_argument("waxwing")
    arguments = parser.parse_args()
    data = tempfile.mkdtemp(prefix="waxwing-startup.")
    read, write = os.pipe()
    screen = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1680x1000x24", "-nolisten", "tcp"], pass_fds=[write],
                              stderr=subprocess.DEVNULL)
    try:
        display = ":" + os.read(read, 16).decode().strip()
        run(arguments, display, data, 0.1)
        print("windows s   resident MiB   proportional MiB   CPU at rest %   quit s")
        results = []
        for _ in range(arguments.runs):
            results.append(run(arguments, display, data, arguments.rest))
            print("{:9.3f} {:14.1f} {:18.1f} {:15.2f} {:8.2f}".format(*results[-1]))
        print("{:9.3f} {:14.1f} {:18.1f} {:15.2f} {:8.2f}  median".format(*map(statistics.median, zip(*results))))
    finally:
        screen.terminate()
        screen.wait()
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
