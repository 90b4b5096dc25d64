#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""wax seal and wax open as processes: time for a draft of 2 KB, memory at the peak for a mail of 50 MB.

A draft of 36.5 MB becomes a mail of 50 MB: base64 adds a third.

The keys lie in files without a passphrase (--key): deriving a key from a passphrase is slow on purpose and would be all
that is measured. Beside each time stands how many pages the process touched first, each of which the kernel has to give it,
and above them what the least of such programs cost here: nothing at all, OpenSSL's own, ours without work.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIMIT_MS = 10
LIMIT_MEMORY = 3.0
ROW = "%-22s %10.1f %10.1f %10d"


def prepare(wax, folder):
    """A team of two; what the measured commands need as files."""
    passphrase = os.path.join(folder, "pw")
    with open(passphrase, "w") as file:
        file.write("figures\n")
    base = [wax, "--data-dir", os.path.join(folder, "data")]
    common = ["--passphrase-file", passphrase]
    run(base + ["authority", "init", "--name", "Figures"] + common)
    for name in ("alice", "bob"):
        address = name + "@example.org"
        run(base + ["identity", "create", "--address", address, "--name", name, "--key", "rsa:2048"] + common)
        bundle = os.path.join(folder, name + ".p12")
        run(base + ["--profile", address, "identity", "export", "--out", bundle] + common)
        run(["openssl", "pkcs12", "-in", bundle, "-passin", "file:" + passphrase, "-nodes", "-out", os.path.join(folder, name + ".pem")])
    with open(os.path.join(folder, "ca.pem"), "wb") as file:
        file.write(run(base + ["authority", "export"]))


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit("%s: %s" % (" ".join(command), done.stderr.decode(errors="replace")))
    return done.stdout


def draft(octets):
    head = "From: alice@example.org\r\nTo: bob@example.org\r\nSubject: Figures\r\nMIME-Version: 1.0\r\n"
    if octets < 100000:
        body = "Content-Type: text/plain\r\n\r\n"
    else:
        body = "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    line = "QUJD" * 18 + "\r\n"
    return head + body + line * ((octets - len(head) - len(body)) // len(line))


def cost(command, output):
    """CPU and clock milliseconds, pages touched first, and peak memory in bytes, of one run."""
    with open(output, "wb") as out:
        begin = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        clock = (time.monotonic() - begin) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s failed" % " ".join(command))
    return (used.ru_utime + used.ru_stime) * 1000, clock, used.ru_minflt, used.ru_maxrss * 1024


def medians(command, output, rounds):
    runs = [cost(command, output) for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*runs)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--wax", default=os.path.join(ROOT, "build/release/bin/wax"))
    wax = arguments.parse_args().wax
    met = True
    with tempfile.TemporaryDirectory() as folder:
        prepare(wax, folder)
        at = lambda name: os.path.join(folder, name)
        seal = [wax, "seal", "--from", "alice@example.org", "--to", "bob@example.org", "--key", at("alice.pem"),
                "--certificate", at("bob.pem"), "--trust", at("ca.pem")]
        opening = [wax, "open", "--trust", at("ca.pem"), "--key", at("bob.pem")]
        print("%-22s %10s %10s %10s" % ("", "CPU ms", "clock ms", "pages"))
        for least in (["true"], ["openssl", "version"], [wax, "--version"]):
            name = " ".join([os.path.basename(least[0])] + least[1:])
            print(ROW % ((name,) + tuple(medians(least, os.devnull, 21)[:3])))
        for octets, rounds in ((2048, 21), (36500000, 3)):
            with open(at("draft"), "w") as file:
                file.write(draft(octets))
            for name, command, output in (("seal", seal + [at("draft")], at("sealed")), ("open", opening + [at("sealed")], at("opened"))):
                cpu, clock, pages, memory = medians(command, output, rounds)
                row = ROW % ("wax %s %d" % (name, octets), cpu, clock, pages)
                if octets > 1000000:
                    mail = os.path.getsize(at("sealed"))
                    row += "   peak %.0f MB = %.2f times the mail of %.0f MB, at most %.1f" % (memory / 1e6, memory / mail, mail / 1e6, LIMIT_MEMORY)
                    met = met and memory / mail <= LIMIT_MEMORY
                else:
                    row += "   at most %d" % LIMIT_MS
                    met = met and clock <= LIMIT_MS
                print(row, flush=True)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
