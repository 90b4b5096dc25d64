#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real right click on the tray icon, then keys: the relay starts, stops, and the program quits.

tray_menu.py WAXWING: runs the demonstration in a fresh data directory on the display that it is run under, which has
a tray (stalonetray), and exits 0 if the menu did what it says and Quit ended the program with status 0 within 3 s.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from windows import eventually, free_port, is_listening


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def icon_position():
    """The middle of the first icon that the tray holds; None while it holds none."""
    tree = run("xwininfo", "-root", "-tree")
    tray = re.search(r"(0x[0-9a-f]+) \"stalonetray\"", tree)
    if not tray:
        return None
    inside = run("xwininfo", "-id", tray.group(1), "-tree")
    icons = re.findall(r"0x[0-9a-f]+ \"?(?:waxwing|Waxwing)[^\n]*?(\d+)x(\d+)\+-?\d+\+-?\d+\s+\+(\d+)\+(\d+)", inside)
    if not icons:
        return None
    width, height, left, top = map(int, icons[0])
    return left + width // 2, top + height // 2


def choose(*keys):
    """Opens the tray's menu by a right click and types `keys`."""
    left, top = eventually("the tray icon", icon_position)
    run("xdotool", "mousemove", str(left), str(top), "click", "3")
    time.sleep(0.5)
    run("xdotool", "key", "--delay", "120", *keys)


def main():
    data = tempfile.mkdtemp(prefix="waxwing-tray.")
    smtp = f"127.0.0.1:{free_port()}"
    environment = dict(os.environ, LANG="C.UTF-8", WAXWING_SMTP=smtp, WAXWING_POP3=f"127.0.0.1:{free_port()}")
    process = subprocess.Popen([sys.argv[1], "--demo", "--data-dir", data], env=environment)
    try:
        eventually("Bob's window", lambda: "Inbox - bob@example.org" in run("xwininfo", "-root", "-tree"))
        assert not is_listening(smtp), "the relay was to be stopped at first"
        choose("Down", "Return")
        eventually("a relay that listens", lambda: is_listening(smtp))
        # Start relay is disabled now and passed over.
        choose("Down", "Return")
        eventually("a relay that has stopped", lambda: not is_listening(smtp))
        choose("Up", "Return")
        status = process.wait(timeout=3)
        assert status == 0, f"Quit ended the program with status {status}"
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
