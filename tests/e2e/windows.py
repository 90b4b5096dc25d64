# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives Waxwing's windows by accessible names alone, as a screen reader's user would."""
import contextlib
import os
import signal
import socket
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

DEADLINE_SECONDS = 60


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
            if node.get_editable_text_iface() is not None and node.get_state_set().contains(Atspi.StateType.SHOWING):
                return node
        return None

    field = eventually(f"a field named {name}", try_once)
    Atspi.EditableText.set_text_contents(field, text)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_listening(endpoint):
    host, port = endpoint.rsplit(":", 1)
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, int(port))) == 0


@contextlib.contextmanager
def running(*command, **environment):
    """A program whose windows can be driven; at the end it is asked to quit, and must do so well and soon."""
    process = subprocess.Popen(command, env=dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", LANG="C.UTF-8", **environment))
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        status = process.wait(timeout=5)
        assert status == 0, f"the program ended with status {status}"
    finally:
        process.kill()
        process.wait()


def main_window(process, address):
    return eventually(f"the window of {address}", lambda: window(process.pid, f"Inbox - {address} - Waxwing"))


def write_letter(process, main, address, to, subject, body):
    press(main, "New message")
    compose = eventually("the compose window", lambda: window(process.pid, f"New message - {address} - Waxwing"))
    fill(compose, "To", to)
    fill(compose, "Subject", subject)
    fill(compose, "Message body", body)
    press(compose, "Send")


def open_letter_from(main, sender):
    """Selects the first row from `sender` as soon as there is one."""
    def row():
        for messages in search(main, named("Messages")):
            for node in search(messages, lambda n: sender.lower() in (n.get_name() or "").lower()):
                return node
        return None

    item = eventually(f"a row from {sender}", row)
    owner = item.get_parent()
    for _ in range(3):
        if owner.get_selection_iface() is not None:
            break
        owner = owner.get_parent()
    Atspi.Selection.select_child(owner, item.get_index_in_parent())


def verdict(main, words):
    """What the banner says, as soon as it says `words`."""
    def said():
        for banner in search(main, named("Security verdict")):
            text = words_below(banner)
            if words in text:
                return text
        return None

    return eventually(f"a verdict that says: {words}", said)


def shown_text(main, words):
    return eventually(f"a letter that says: {words}", lambda: next((t for n in search(main, named("Message text")) if words in (t := words_below(n))), None))
