#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the keys and the corpora of the targets that need them anew: run it where `wax` and `openssl` are.

    ./run --shell tests/fuzz/make_corpus.py

Everything is minted by `wax forge` for the moment that Reader.h names; the small ones are kept.
"""
import base64
import pathlib
import re
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
MOMENT = "2026-11-25T12:00:00Z"
MAILS = """sound opaque opaque-ber signed-md5 rsa-pss-sha256 ed25519 without-attributes attribute-digest-twice two-signers
    signed-encrypted aes256-cbc aes256-gcm aes256-ccm chacha20-poly1305 rc2-40 to-rsa-v15 to-p256 to-x25519 to-ml-kem-512 several-recipients
    enveloped-ber auth-enveloped-ber encrypted-data compressed certificates-only revoked-list-in-message triple-wrapped list-footer
    hidden-subject wrapped-message efail-exfiltration octet-stream truncated""".split()
LARGEST = 12_000


def run(*command, **options):
    subprocess.run(command, check=True, **options)


def cms_of(mail):
    """The base64 parts of a mail that are CMS."""
    for block in re.findall(rb"Content-Type: application/(?:pkcs7|octet)[^\r]*\r\n(?:[^\r]+\r\n)*\r\n((?:[A-Za-z0-9+/=]+\r\n)+)", mail):
        yield base64.b64decode(block)


def put(folder, name, content):
    if len(content) <= LARGEST:
        (folder / name).write_bytes(content)


def fresh(name):
    folder = HERE / "corpus" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def mails(minted):
    cms, whole = fresh("Cms"), fresh("OpenMessage")
    for name in MAILS:
        mail = (minted / f"{name}.eml").read_bytes()
        put(whole, f"{name}.eml", mail)
        for number, der in enumerate(cms_of(mail)):
            put(cms, f"{name}.{number}.der", der)


def certificates(minted):
    folder = fresh("Certificates")
    for source in ("ca.pem", "crl.pem", "keys.pem"):
        text = (minted / source).read_text()
        for number, (label, body) in enumerate(re.findall(r"-----BEGIN (CERTIFICATE|X509 CRL)-----(.*?)-----END", text, re.S)):
            put(folder, f"{source}.{number}.der", base64.b64decode(body))
    put(folder, "ca.pem", (minted / "ca.pem").read_bytes())
    run("openssl", "req", "-new", "-key", "keys.pem", "-subj", "/CN=Bob", "-addext", "subjectAltName=email:bob@example.org", "-outform", "DER",
        "-out", folder / "request.der", cwd=minted)
    responder(minted, folder)


def responder(minted, folder):
    """An OCSP response by an authority of its own."""
    run("openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "o.key", "-out", "o.pem", "-subj", "/CN=Responder", cwd=minted)
    serial = subprocess.run(["openssl", "x509", "-in", "o.pem", "-noout", "-serial"], cwd=minted, check=True, capture_output=True, text=True).stdout
    (minted / "index").write_text(f"V\t301231235959Z\t\t{serial.strip().split('=')[1]}\tunknown\t/CN=Responder\n")
    run("openssl", "ocsp", "-index", "index", "-CA", "o.pem", "-rsigner", "o.pem", "-rkey", "o.key", "-issuer", "o.pem", "-cert", "o.pem",
        "-respout", folder / "response.der", cwd=minted, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def key_files(minted):
    folder = fresh("Pkcs12")
    run("openssl", "genpkey", "-algorithm", "ed25519", "-out", "k.pem", cwd=minted)
    run("openssl", "req", "-x509", "-key", "k.pem", "-subj", "/CN=Fuzz", "-out", "c.pem", cwd=minted)
    base = ["openssl", "pkcs12", "-export", "-in", "c.pem", "-inkey", "k.pem", "-passout", "pass:fuzz", "-iter", "1", "-maciter"]
    run(*base, "-out", folder / "modern.p12", cwd=minted)
    run(*base, "-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1", "-out", folder / "old.p12", cwd=minted)
    run(*base, "-nomac", "-out", folder / "without-mac.p12", cwd=minted)
    run("openssl", "pkcs8", "-topk8", "-in", "k.pem", "-passout", "pass:fuzz", "-iter", "1", "-outform", "DER", "-out", folder / "pkcs8.der", cwd=minted)
    run("openssl", "pkey", "-in", "k.pem", "-outform", "DER", "-out", folder / "plain.der", cwd=minted)
    shutil.copy(minted / "k.pem", folder / "key.pem")
    run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-out", folder / "ec.pem", cwd=minted)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        minted = pathlib.Path(scratch)
        run("wax", "forge", "--out", scratch, "--seed", "1", "--at", MOMENT, *MAILS)
        keys = HERE / "keys"
        keys.mkdir(exist_ok=True)
        for name in ("ca.pem", "keys.pem"):
            shutil.copy(minted / name, keys / name)
        mails(minted)
        certificates(minted)
        key_files(minted)


if __name__ == "__main__":
    main()
