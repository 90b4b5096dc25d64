// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "provider/CertificateIssuance.h"

#include <QList>
#include <QString>

namespace identity {

// What goes from who wants certificates to the authority that issues them: a PKCS#10 request (RFC 2986) and, between PEM lines behind it, what such a
// request has no room for. One of another program, in PEM or DER, is a request file too.

/// One key that is to be certified.
struct RequestedKey {
    QCA::PublicKey key;
    provider::MailUse use = provider::MailUse::SignAndReceive;
    QString keyType; ///< As provider::describeKey().
};

/// Everything that a request file asks for.
struct RequestFile {
    QList<RequestedKey> keys; ///< The one that signed the request first.
    QString name;             ///< May be empty.
    QString address;          ///< May be empty, or no mailbox.
    bool wantsCapabilities = false; ///< The requester's client can read what ours can: SMIMECapabilities, RFC 4262.
};

/// Verifies the request's signature. FileEmpty, NotACertificateRequest (also if a block is damaged or cut off), RequestSignatureInvalid,
/// KeyTypeUnsupported.
[[nodiscard]] base::Result<RequestFile> readRequestFile(const QByteArray &file);

/// A file of ours around `request`, the DER of the PKCS#10 request of `signer`. `receiver` is a key that cannot sign and is for encryption
/// only; null if `signer` does both.
[[nodiscard]] QByteArray writeRequestFile(const QByteArray &request, const QCA::PrivateKey &signer, const QCA::PrivateKey &receiver);

/// Whom a certificate that answers a request would name.
struct Applicant {
    QString name; ///< Whatever the request says; may be empty.
    QString address;
};
/// Errors of readRequestFile(), AddressInvalid (none, or not a mailbox).
[[nodiscard]] base::Result<Applicant> applicantOf(const QByteArray &requestFile);

} // namespace identity
