#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole mails between wax and foreign programs, both ways.

whole_mails.py WAX PEER: Alice uses wax. Bob uses PEER (openssl, gpgsm or nss) for his keys and Python's mail modules for the rest, and has
joined Alice's team by a certificate request. Alice's sealed mail goes out by curl, Bob gets it by curl and opens it with his own programs;
Bob's sealed answer goes out by swaks, and Alice's wax must call it verified.
"""
import base64
import contextlib
import email
import email.policy
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ALICE, BOB = "alice@example.org", "bob@example.org"
SUBJECT = "Gr\u00fc\u00dfe aus K\u00f6ln"
TEXT = "Sch\u00f6ne Gr\u00fc\u00dfe.\r\n.\r\nFrom here on: 100 % safe.\r\n"
SECRET = "secret"


class Workshop:
    """One folder, the programs that work in it, and Alice's side."""

    def __init__(self, folder, wax_program):
        self.folder = pathlib.Path(folder)
        self.wax_program = wax_program
        self.write("passphrase", "demonstration\n")
        self.write("password", SECRET + "\n")
        self.environment = dict(os.environ, LANG="C.UTF-8", GNUPGHOME=str(self.folder / "gnupg"), WAXWING_DATA_DIR=str(self.folder / "data"),
                                WAXWING_PASSPHRASE_FILE=str(self.folder / "passphrase"), WAXWING_SMTP="127.0.0.1:0", WAXWING_POP3="127.0.0.1:0")

    def write(self, name, content):
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    def read(self, name):
        return (self.folder / name).read_bytes()

    def run(self, *command, given=None, status=0):
        done = subprocess.run(command, input=given, capture_output=True, cwd=self.folder, env=self.environment)
        assert done.returncode == status, f"{' '.join(command)}: status {done.returncode}\n{done.stdout!r}\n{done.stderr.decode(errors='replace')}"
        return done.stdout

    def wax(self, *words, **rest):
        return self.run(self.wax_program, *words, **rest)

    def make_team(self):
        self.wax("authority", "init", "--name", "Team", "--key", "rsa:2048")
        self.wax("identity", "create", "--address", ALICE, "--name", "Alice Archer", "--key", "rsa:2048")
        self.run("openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "bob.key", "-out", "bob.csr", "-subj", "/CN=Bob Baker",
                 "-addext", f"subjectAltName=email:{BOB}")
        self.write("bob.pem", self.wax("authority", "issue", "bob.csr"))
        self.write("authority.pem", self.wax("authority", "export"))
        self.write("alice.pem", self.wax("--profile", ALICE, "identity", "export", "--certificate"))
        self.run("openssl", "pkcs12", "-export", "-in", "bob.pem", "-inkey", "bob.key", "-name", "bob", "-passout", f"pass:{SECRET}", "-out", "bob.p12")
        for address in (ALICE, BOB):
            self.wax("relay", "user", "add", address, "--password-file", "password")

    @contextlib.contextmanager
    def relay(self):
        with subprocess.Popen([self.wax_program, "relay", "--json"], env=self.environment, stdout=subprocess.PIPE) as process:
            try:
                ready = json.loads(process.stdout.readline())
                self.smtp, self.pop3 = ready["smtp"], ready["pop3"]
                self.environment.update(WAXWING_SMTP=self.smtp, WAXWING_POP3=self.pop3)
                yield
            finally:
                process.terminate()


class Openssl:
    """The command line of OpenSSL, which reads and writes whole mails itself."""

    def __init__(self, shop):
        self.shop = shop

    def open(self, mail):
        entity = self.shop.run("openssl", "cms", "-decrypt", "-recip", "bob.pem", "-inkey", "bob.key", given=mail)
        return self.shop.run("openssl", "cms", "-verify", "-CAfile", "authority.pem", "-purpose", "smimesign", given=entity)

    def seal(self, entity):
        signed = self.shop.run("openssl", "cms", "-sign", "-binary", "-signer", "bob.pem", "-inkey", "bob.key", "-md", "sha256", given=entity)
        return self.shop.run("openssl", "cms", "-encrypt", "-aes256", "-from", BOB, "-to", ALICE, "-subject", "...", "alice.pem", given=signed)


class ByParts:
    """Programs that know CMS and no mail: Python takes the mail apart and puts it together."""

    def open(self, mail):
        message = email.message_from_bytes(mail, policy=email.policy.SMTP)
        assert message.get_content_type() == "application/pkcs7-mime", message.get_content_type()
        assert message.get_filename() == "smime.p7m"
        entity = self.decrypt(message.get_payload(decode=True))
        signed = email.message_from_bytes(entity, policy=email.policy.SMTP)
        assert signed.get_content_type() == "multipart/signed" and signed.get_param("protocol") == "application/pkcs7-signature"
        delimiter = b"\r\n--" + signed.get_boundary().encode()
        covered = entity.split(delimiter)[1].removeprefix(b"\r\n")
        self.verify(covered, signed.get_payload(1).get_payload(decode=True))
        return covered

    def seal(self, entity):
        signature = base64.encodebytes(self.sign(entity)).replace(b"\n", b"\r\n")
        signed = (b'Content-Type: multipart/signed; boundary="edge"; micalg=sha-256;\r\n protocol="application/pkcs7-signature"\r\n\r\n'
                  b"--edge\r\n" + entity + b"\r\n--edge\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
                  b"Content-Transfer-Encoding: base64\r\n\r\n" + signature + b"--edge--\r\n")
        head = (f"From: {BOB}\r\nTo: {ALICE}\r\nSubject: ...\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; "
                "name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n")
        return head.encode() + base64.encodebytes(self.encrypt(signed)).replace(b"\n", b"\r\n")


class Gpgsm(ByParts):
    def __init__(self, shop):
        self.shop = shop
        home = shop.folder / "gnupg"
        home.mkdir(mode=0o700)
        (home / "gpgsm.conf").write_text("disable-crl-checks\ndisable-policy-checks\nno-common-certs-import\n")
        (home / "gpg-agent.conf").write_text("allow-loopback-pinentry\ns2k-count 1024\n")
        root = shop.run("openssl", "x509", "-in", "authority.pem", "-outform", "DER")
        digest = hashlib.sha1(root).hexdigest().upper()
        (home / "trustlist.txt").write_text(":".join(digest[i:i + 2] for i in range(0, 40, 2)) + " S relax\n")
        for file in ("authority.pem", "alice.pem", "bob.p12"):
            self.gpgsm("--import", file)

    def gpgsm(self, *words):
        return self.shop.run("gpgsm", "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase-fd", "0", *words, given=SECRET.encode() + b"\n")

    def decrypt(self, der):
        self.shop.write("in", der)
        return self.gpgsm("--output", "-", "--decrypt", "in")

    def verify(self, covered, der):
        self.shop.write("covered", covered)
        self.shop.write("signature", der)
        self.gpgsm("--verify", "signature", "covered")

    def sign(self, entity):
        self.shop.write("entity", entity)
        return self.gpgsm("--local-user", BOB, "--output", "-", "--detach-sign", "entity")

    def encrypt(self, signed):
        self.shop.write("signed", signed)
        return self.gpgsm("--recipient", ALICE, "--output", "-", "--encrypt", "signed")

    def close(self):
        self.shop.run("gpgconf", "--kill", "all")


class Nss(ByParts):
    def __init__(self, shop):
        self.shop = shop
        (shop.folder / "nss").mkdir()
        shop.run("certutil", "-N", "--empty-password", "-d", "sql:nss")
        shop.run("certutil", "-A", "-n", "authority", "-t", "CT,C,C", "-a", "-i", "authority.pem", "-d", "sql:nss")
        alice = shop.run("openssl", "x509", "-in", "alice.pem")
        shop.write("alice-alone.pem", alice)
        shop.run("certutil", "-A", "-n", "alice", "-t", ",,", "-a", "-i", "alice-alone.pem", "-d", "sql:nss")
        shop.run("pk12util", "-i", "bob.p12", "-W", SECRET, "-d", "sql:nss", "-K", "")

    def cmsutil(self, *words):
        return self.shop.run("cmsutil", *words, "-d", "sql:nss")

    def decrypt(self, der):
        self.shop.write("in", der)
        return self.cmsutil("-D", "-i", "in")

    def verify(self, covered, der):
        self.shop.write("covered", covered)
        self.shop.write("signature", der)
        self.cmsutil("-D", "-i", "signature", "-c", "covered")

    def sign(self, entity):
        self.shop.write("entity", entity)
        return self.cmsutil("-S", "-T", "-H", "SHA256", "-G", "-P", "-N", "bob", "-i", "entity")

    def encrypt(self, signed):
        self.shop.write("signed", signed)
        return self.cmsutil("-E", "-r", ALICE, "-i", "signed")


def alice_to_bob(shop, peer):
    draft = email.message.EmailMessage(policy=email.policy.SMTP)
    draft["From"], draft["To"], draft["Subject"] = f"Alice Archer <{ALICE}>", f"Bob Baker <{BOB}>", SUBJECT
    draft.set_content(TEXT)
    draft.add_attachment(bytes(range(256)) * 40, maintype="application", subtype="octet-stream", filename="r\u00e9sum\u00e9.bin")
    shop.write("sealed.eml", shop.wax("seal", "--from", ALICE, "--to", BOB, given=draft.as_bytes()))
    shop.run("curl", "-sS", f"smtp://{shop.smtp}", "--mail-from", ALICE, "--mail-rcpt", BOB, "--upload-file", "sealed.eml")
    fetched = shop.run("curl", "-sS", f"pop3://{shop.pop3}/1", "-u", f"{BOB}:{SECRET}")
    for secret in (b"R3LDvMOfZSBhdXMgS8O2bG4", b"sum%C3%A9.bin"): # The subject and the attachment's name, as they stand in the draft.
        assert secret in draft.as_bytes() and secret not in fetched, f"{secret} is to be hidden"
    covered = email.message_from_bytes(peer.open(fetched), policy=email.policy.SMTP)
    assert covered["Subject"] == SUBJECT, covered["Subject"]
    body = covered.get_body(("plain",)).get_content()
    # A program that does not know RFC 9788 shows the hidden subject as Legacy Display.
    assert body.splitlines() == [f"Subject: {SUBJECT}", "", *TEXT.splitlines()], body
    (attachment,) = covered.iter_attachments()
    assert attachment.get_filename() == "r\u00e9sum\u00e9.bin" and attachment.get_content() == bytes(range(256)) * 40


def bob_to_alice(shop, peer):
    letter = email.message.EmailMessage(policy=email.policy.SMTP)
    letter.set_content(TEXT, cte="quoted-printable")
    letter.add_attachment(b"\x00\xff" * 3000, maintype="image", subtype="png", filename="photo.png")
    sealed = peer.seal(letter.as_bytes())
    shop.write("answer.eml", sealed)
    shop.run("swaks", "--server", shop.smtp, "--from", BOB, "--to", ALICE, "--data", "@answer.eml", "--silent", "2")
    shop.wax("--profile", ALICE, "fetch", "--password-file", "password", "--passphrase-file", "passphrase")
    (row,) = json.loads(shop.wax("--profile", ALICE, "list", "--json"))
    opened = json.loads(shop.wax("--profile", ALICE, "read", "--json", str(row["id"])))
    assert opened["summary"] == "verified", json.dumps(opened, indent=1)
    assert opened["signature"]["signers"][0]["addresses"] == [BOB]
    assert opened["body"]["text"].splitlines() == TEXT.splitlines(), opened["body"]["text"]
    assert [(a["name"], a["size"]) for a in opened["body"]["attachments"]] == [("photo.png", 6000)]


def main():
    peers = {"openssl": Openssl, "gpgsm": Gpgsm, "nss": Nss}
    with tempfile.TemporaryDirectory(prefix="waxwing-mails.", ignore_cleanup_errors=True) as folder:
        shop = Workshop(folder, sys.argv[1])
        shop.make_team()
        peer = peers[sys.argv[2]](shop)
        with shop.relay():
            alice_to_bob(shop, peer)
            bob_to_alice(shop, peer)
        if hasattr(peer, "close"):
            peer.close()


if __name__ == "__main__":
    main()
