#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alice writes to Bob as a screen reader's user would: the windows are driven by accessible names alone.

accessible_journey.py WAXWING: starts WAXWING with the demonstration in a fresh data directory, on the display and
session bus that it is run under, and exits 0 only if Bob's window says that Alice wrote the letter and nobody changed it.
"""
import sys
import tempfile

import windows

BODY = "Lunch on Friday at noon?"


def main():
    with tempfile.TemporaryDirectory(prefix="waxwing-accessible.", ignore_cleanup_errors=True) as data, windows.running(
            sys.argv[1], "--demo", "--start-relay", "--data-dir", data,
            WAXWING_SMTP=f"127.0.0.1:{windows.free_port()}", WAXWING_POP3=f"127.0.0.1:{windows.free_port()}") as process:
        alice = windows.main_window(process, "alice@example.org")
        bob = windows.main_window(process, "bob@example.org")
        windows.write_letter(process, alice, "alice@example.org", "bob@example.org", "Mittagessen am Freitag \u00fc", BODY)
        windows.open_letter_from(bob, "alice")
        said = windows.verdict(bob, "nobody changed it")
        assert "Alice" in said, said
        windows.shown_text(bob, BODY)
        print("verdict:", said)


if __name__ == "__main__":
    main()
