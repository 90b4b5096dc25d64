#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alice, Bob and the relay as three processes with three data directories.

three_processes.py WAXWING WAX: the third directory holds the relay and the authority and no window ever sees it. Bob makes his keys and his
request in a real window, Alice on the command line; both join by certificate file. Alice writes in her window, Bob reads in his and
answers, and each banner must say who wrote and that nobody changed it.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import windows

PASSPHRASE = "a secret for the test"
MAILBOX_PASSWORD = "a password for the relay"
ALICE, BOB = "alice@example.org", "bob@example.org"


class Team:
    def __init__(self, folder, wax):
        self.folder = pathlib.Path(folder)
        self.wax_program = wax
        self.smtp = f"127.0.0.1:{windows.free_port()}"
        self.pop3 = f"127.0.0.1:{windows.free_port()}"
        self.write("passphrase", PASSPHRASE + "\n")
        self.write("mailbox-password", MAILBOX_PASSWORD + "\n")

    def path(self, name):
        return str(self.folder / name)

    def write(self, name, content):
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def environment(self):
        return {"WAXWING_PASSPHRASE_FILE": self.path("passphrase"), "WAXWING_SMTP": self.smtp, "WAXWING_POP3": self.pop3}

    def wax(self, whose, *words):
        return subprocess.run([self.wax_program, "--data-dir", self.path(whose), *words], check=True, stdout=subprocess.PIPE,
                              env=dict(os.environ, **self.environment())).stdout

    def found(self):
        """The relay's directory: the authority, and a mailbox for each."""
        self.wax("relay", "authority", "init", "--name", "The team's authority", "--key", "ec:p256")
        for address in (ALICE, BOB):
            self.wax("relay", "relay", "user", "add", address, "--password-file", self.path("mailbox-password"))

    def join(self, whose, address, request):
        """The request goes to the authority; its certificate and the authority's come back as files."""
        certificate = self.wax("relay", "authority", "issue", self.write(f"{whose}.csr", request))
        self.write(f"{whose}.pem", certificate)
        self.write("authority.pem", self.wax("relay", "authority", "export"))
        self.wax(whose, "--profile", address, "identity", "import", self.path(f"{whose}.pem"))
        self.wax(whose, "--profile", address, "trust", "add", self.path("authority.pem"))

    def learn_password(self, whose, address):
        """The relay must run: the password is kept once it has worked."""
        self.wax(whose, "--profile", address, "fetch", "--password-file", self.path("mailbox-password"),
                 "--passphrase-file", self.path("passphrase"))


def request_in_a_window(team, waxwing):
    """What Bob does at his first start; answers his request file."""
    with windows.running(waxwing, "--data-dir", team.path("bob")) as process:
        assistant = windows.eventually("the assistant", lambda: windows.window(process.pid, "Welcome - Waxwing"))
        windows.press(assistant, "Join a team that exists")
        windows.fill(assistant, "Your name", "Bob Baker")
        windows.fill(assistant, "Your address", BOB)
        windows.fill(assistant, "Passphrase", PASSPHRASE)
        windows.fill(assistant, "Passphrase again", PASSPHRASE)
        windows.press(assistant, "Make the keys")
        windows.press(assistant, "Save the request\u2026")
        dialog = windows.eventually("the file dialog", lambda: windows.window(process.pid, "Save the request"))
        windows.fill(dialog, "File name:", team.path("request"))
        windows.press(dialog, "Save")
        return windows.eventually("the request file", lambda: os.path.exists(team.path("request")) and pathlib.Path(team.path("request")).read_bytes())


def journey(team, waxwing):
    with windows.running(waxwing, "--data-dir", team.path("alice"), "--profile", ALICE, **team.environment()) as hers, \
            windows.running(waxwing, "--data-dir", team.path("bob"), "--profile", BOB, **team.environment()) as his:
        alice = windows.main_window(hers, ALICE)
        bob = windows.main_window(his, BOB)
        windows.write_letter(hers, alice, ALICE, BOB, "Lunch", "Lunch on Friday at noon?")
        windows.open_letter_from(bob, "alice")
        said = windows.verdict(bob, "nobody changed it")
        assert "Alice" in said, said
        windows.shown_text(bob, "Lunch on Friday at noon?")
        windows.write_letter(his, bob, BOB, ALICE, "Re: Lunch", "Gladly.")
        windows.open_letter_from(alice, "bob")
        answer = windows.verdict(alice, "nobody changed it")
        assert "Bob" in answer, answer
        windows.shown_text(alice, "Gladly.")
        print("verdicts:", said, "|", answer)


def main():
    waxwing, wax = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="waxwing-three.", ignore_cleanup_errors=True) as folder:
        team = Team(folder, wax)
        team.found()
        team.join("bob", BOB, request_in_a_window(team, waxwing))
        team.join("alice", ALICE, team.wax("alice", "identity", "create", "--address", ALICE, "--name", "Alice Archer", "--key", "ec:p256"))
        # Each has the other's certificate as a file.
        team.wax("alice", "--profile", ALICE, "certificate", "import", team.path("bob.pem"))
        team.wax("bob", "--profile", BOB, "certificate", "import", team.path("alice.pem"))
        with subprocess.Popen([wax, "--data-dir", team.path("relay"), "relay", "--smtp", team.smtp, "--pop3", team.pop3]) as relay:
            try:
                windows.eventually("the relay", lambda: windows.is_listening(team.smtp) and windows.is_listening(team.pop3))
                team.learn_password("alice", ALICE)
                team.learn_password("bob", BOB)
                journey(team, waxwing)
            finally:
                relay.terminate()
        assert relay.returncode == 0, f"the relay ended with status {relay.returncode}"


if __name__ == "__main__":
    main()
