// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "base/Secret.h"

#include <QList>
#include <QtCrypto>

namespace provider {

/// What was found in a file that somebody pointed at.
struct KeyMaterial {
    QList<QCA::PrivateKey> privateKeys;
    QList<QByteArray> certificates; ///< DER, in the order of the file, without repeats.
    QList<QByteArray> crls;         ///< DER.
    QList<QByteArray> requests;     ///< DER of certificate requests.
    QList<QByteArray> notForMail;   ///< Of the certificates those that a TRUSTED CERTIFICATE of OpenSSL's trusts for other things only.
};

/// Reads PEM blocks in any order and number, or one DER object: certificates, CRLs, requests, private keys (PKCS#8,
/// encrypted PKCS#8, the older RSA and EC forms), PKCS#12, and certificates-only CMS (.p7b, .p7c).
/// FileEmpty, FileTooLarge (over 16 MiB), PassphraseMissing, PassphraseWrong, NotACertificate (nothing in it is
/// known), and those of readPkcs12 and fromEncryptedPkcs8. A readable file with one damaged block is an error.
[[nodiscard]] base::Result<KeyMaterial> readKeyMaterial(QByteArrayView file, const base::Secret &passphrase = {});

/// The certificates of a file, however it is written; never asks for a passphrase, and skips keys between PEM lines.
/// FileEmpty, FileTooLarge, NotACertificate (also for a PKCS#12 with keys, even if no passphrase protects it).
[[nodiscard]] base::Result<QList<QByteArray>> readCertificates(QByteArrayView file);

/// Whether there is a private key, or a PKCS#12, between PEM lines: what readCertificates() passes over.
[[nodiscard]] bool hasPrivateKeyBlocks(QByteArrayView file);

/// As readCertificates(), without those whose file says that they are not trusted for mail. NotACertificate, too, if none is left.
[[nodiscard]] base::Result<QList<QByteArray>> readMailAnchors(QByteArrayView file);

/// True if `certificate` (DER) is about the public half of `key`. False too for what is no certificate.
[[nodiscard]] bool isPair(const QCA::PrivateKey &key, const QByteArray &certificate);

/// PEM armour of DER. `label` such as "CERTIFICATE", "X509 CRL", "CERTIFICATE REQUEST", "ENCRYPTED PRIVATE KEY".
[[nodiscard]] QByteArray toPem(QByteArrayView der, const QByteArray &label);

} // namespace provider
