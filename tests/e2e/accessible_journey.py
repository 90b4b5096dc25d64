#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alice writes to Bob as a screen reader's user would: the windows are driven by accessible names alone.

accessible_journey.py WAXWING: starts WAXWING with the demonstration in a fresh data directory, on the display and
session bus that it is run under, and exits 0 only if Bob's window says that Alice wrote the letter and nobody changed it.
"""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

DEADLINE_SECONDS = 60
SUBJECT = "Mittagessen am Freitag ü"
BODY = "Lunch on Friday at noon?"


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def search(node, accept, depth=0):
    """All nodes below `node` that `accept` takes, nearest first is not promised."""
    if depth > 40:
        return
    try:
        if accept(node):
            yield node
        for child in children(node):
            yield from search(child, accept, depth + 1)
    except gi.repository.GLib.Error:
        return  # the widget went away while we looked


def named(name):
    return lambda node: (node.get_name() or "").replace("&", "") == name


def text_of(node):
    try:
        if node.get_text_iface() is not None:
            return Atspi.Text.get_text(node, 0, -1)
    except gi.repository.GLib.Error:
        pass
    return ""


def words_below(node):
    """Everything that a screen reader could say about `node`."""
    words = []
    for each in search(node, lambda _: True):
        words += [each.get_name() or "", each.get_description() or "", text_of(each)]
    return " ".join(word for word in words if word)


def eventually(what, function):
    end = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < end:
        result = function()
        if result:
            return result
        time.sleep(0.1)
    raise SystemExit(f"not within {DEADLINE_SECONDS} s: {what}")


def window(application_pid, title_part):
    desktop = Atspi.get_desktop(0)
    for application in children(desktop):
        if application.get_process_id() != application_pid:
            continue
        for frame in children(application):
            if title_part in (frame.get_name() or ""):
                return frame
    return None


def press(root, name):
    """Presses the first enabled control called `name`, as soon as there is one."""
    def enabled():
        for node in search(root, named(name)):
            if node.get_action_iface() is not None and node.get_state_set().contains(Atspi.StateType.SENSITIVE):
                return node
        return None

    Atspi.Action.do_action(eventually(f"an enabled control named {name}", enabled), 0)


def fill(root, name, text):
    def try_once():
        for node in search(root, named(name)):
            if node.get_editable_text_iface() is not None:
                return node
        return None

    field = eventually(f"a field named {name}", try_once)
    Atspi.EditableText.set_text_contents(field, text)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def journey(process):
    alice = eventually("Alice's window", lambda: window(process.pid, "Inbox - alice@example.org - Waxwing"))
    bob = eventually("Bob's window", lambda: window(process.pid, "Inbox - bob@example.org - Waxwing"))
    press(alice, "New message")
    compose = eventually("the compose window", lambda: window(process.pid, "New message - alice@example.org - Waxwing"))
    fill(compose, "To", "bob@example.org")
    fill(compose, "Subject", SUBJECT)
    fill(compose, "Message body", BODY)
    press(compose, "Send")

    def row():
        for messages in search(bob, named("Messages")):
            for node in search(messages, lambda n: "alice" in (n.get_name() or "").lower()):
                return messages, node
        return None

    _, item = eventually("a row from Alice in Bob's list", row)
    selection_owner = item.get_parent()
    for _ in range(3):
        if selection_owner.get_selection_iface() is not None:
            break
        selection_owner = selection_owner.get_parent()
    Atspi.Selection.select_child(selection_owner, item.get_index_in_parent())

    def verdict():
        for banner in search(bob, named("Security verdict")):
            words = words_below(banner)
            if "nobody changed it" in words:
                return words
        return None

    said = eventually("the verdict", verdict)
    assert "Alice" in said, said
    body = eventually("the letter's text", lambda: next((t for n in search(bob, named("Message text")) if BODY in (t := words_below(n))), None))
    assert BODY in body
    print("verdict:", said)


def main():
    data = tempfile.mkdtemp(prefix="waxwing-accessible.")
    environment = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", LANG="C.UTF-8",
                       WAXWING_SMTP=f"127.0.0.1:{free_port()}", WAXWING_POP3=f"127.0.0.1:{free_port()}")
    process = subprocess.Popen([sys.argv[1], "--demo", "--start-relay", "--data-dir", data], env=environment)
    try:
        journey(process)
        process.send_signal(signal.SIGTERM)
        status = process.wait(timeout=5)
        assert status == 0, f"the program ended with status {status}"
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
