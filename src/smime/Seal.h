// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Cancellation.h"
#include "base/Result.h"
#include "identity/Keystore.h"
#include "mime/Address.h"
#include "smime/AlgorithmPolicy.h"
#include "smime/HeaderProtection.h"

#include <QDateTime>

namespace smime {

enum class RecipientRole { To, Cc, Bcc };
enum class SignatureForm { None, Detached, Opaque };
enum class Encryption { None, ForRecipients };

/// Somebody who is to read a message.
struct SealRecipient {
    mime::Address address;
    RecipientRole role = RecipientRole::To;
    QByteArray certificate;    ///< DER, empty if none was found.
    Capabilities remembered;   ///< The newest known of them; if nothing is, those of the certificate count.
};

/// Everything that sealing needs; a value, so that it can be handed to a worker.
struct SealRequest {
    QByteArray draft;                 ///< RFC 5322 message, CRLF; a Bcc field in it is dropped.
    mime::Address sender;
    QList<SealRecipient> recipients;
    identity::SharedKeySet keys;      ///< The sender's: to sign with, and to encrypt to oneself.
    SignatureForm signature = SignatureForm::Detached;
    Encryption encryption = Encryption::ForRecipients;
    CipherWish cipher = CipherWish::Auto;
    KeyTransportWish keyTransport = KeyTransportWish::Auto;
    HeaderPolicy headers = HeaderPolicy::Baseline;
    QList<QByteArray> anchors;        ///< DER; together with `issuers` and `crls` what recipients' certificates are checked with.
    QList<QByteArray> issuers;
    QList<QByteArray> crls;
    QDateTime at;                     ///< UTC: signing time, and the time at which certificates are judged.
};

/// One message as it goes to one group of recipients.
struct Envelope {
    QStringList recipients;           ///< Mailboxes for RCPT TO; empty for a copy that only oneself reads.
    QByteArray message;               ///< CRLF octets, ready to send.
};

/// What sealing made.
struct SealedMail {
    QList<Envelope> envelopes;        ///< First the one of To and Cc, if there is anybody; then one for each Bcc.
    QByteArray sentCopy;              ///< For the Sent folder: readable by oneself, with the Bcc field outside.
};

/// Why somebody cannot be written to with encryption.
enum class RecipientObstacle { None, NoCertificate, Unreadable, Expired, NotYetValid, Revoked, WrongUsage, TooWeak, Untrusted, AddressDiffers };

/// Judges one recipient's certificate: usage for encryption, validity, revocation and path at the request's time.
/// Untrusted is reported but does not keep `seal` from encrypting: the user decided whom to write to.
[[nodiscard]] RecipientObstacle recipientObstacle(const SealRecipient &recipient, const SealRequest &request);

/// Whether the request's lists revoke the certificate that `seal` would sign with. It signs all the same, and readers who know of it will not
/// believe the signature.
[[nodiscard]] bool isSignerRevoked(const SealRequest &request);

/// Signs, then encrypts for every recipient and for oneself, each envelope with a content key of its own.
/// Signing once serves all envelopes. Without recipients and signature, but with encryption, it makes a copy for oneself alone
/// that keeps every field of the draft inside, Bcc too: for stored drafts. Synchronous, any thread with an event dispatcher; needs the provider.
/// Errors: KeyNotFound (nothing to sign with, or to encrypt to oneself), those of mime::splitForSigning, RecipientMissing, RecipientWithoutCertificate,
/// CertificateExpired, CertificateNotYetValid, CertificateRevoked, CertificateWrongUsage, CertificateTooWeak (each with who in `detail`),
/// SigningFailed, EncryptionFailed, AlgorithmUnsupported, Cancelled. RFC 8551 section 3.
[[nodiscard]] base::Result<SealedMail> seal(const SealRequest &request, const base::Cancellation &cancellation = {});

} // namespace smime
