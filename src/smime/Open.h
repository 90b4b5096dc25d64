// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Cancellation.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "identity/Keystore.h"
#include "provider/SharedKey.h"
#include "smime/HeaderProtection.h"
#include "smime/SignatureDiagnosis.h"
#include "smime/Step.h"
#include "smime/Verdict.h"

#include <functional>
#include <optional>
#include <vector>

namespace smime {

/// What the memory of signers says about one certificate of one address.
struct Recollection {
    Continuity continuity = Continuity::NotChecked;
    int count = 0;           ///< Earlier mails with this certificate.
    QDateTime since;         ///< When the present certificate, or the one before it, was first seen.
};

/// Asked once for each signed layer that is the sender's, with the address and the certificate in DER; called on the worker's thread.
using RecallSigner = std::function<Recollection(const QString &address, const QByteArray &certificate)>;

/// Whether somebody was asked about revocation and gave no usable answer: what is not known then is Unknown, not NotChecked.
enum class RevocationInquiry { NotAsked, Unanswered };

/// A key that a group agreed on elsewhere.
using provider::SharedKey;

/// With what a message is opened: keys, trust, memory. A value; sharing it between threads is allowed.
struct OpeningMaterial {
    identity::SharedKeySet keys;      ///< Every private key of the reader with its certificate; null: none.
    QList<QByteArray> anchors;        ///< DER. Nothing else is trusted.
    QList<QByteArray> crls;           ///< DER.
    QList<QByteArray> ocspResponses;  ///< DER of OCSPResponse, from a cache or just fetched.
    QList<QByteArray> certificates;   ///< DER of others: issuers, signers, and names for recipients.
    QList<QByteArray> people;         ///< DER, as `certificates`, but never part of a path: a thousand acquaintances cost nothing there.
    RecallSigner recall;              ///< May be empty.
    QList<base::Secret> passwords;    ///< For password recipients (RFC 3211), tried in this order.
    QList<SharedKey> sharedKeys;      ///< For KEK recipients (RFC 5652 section 6.2.3).
    int loneKeys = 0;                 ///< Private keys left out because no certificate at hand belongs to them.
    RevocationDemand revocation = RevocationDemand::WhereAtHand;
    RevocationInquiry inquiry = RevocationInquiry::NotAsked;
};

struct OpenRequest {
    QByteArray message;               ///< The octets as received; never changed. Line ends CRLF or LF.
    OpeningMaterial material;
    QDateTime at;                     ///< UTC: the time at which paths are judged.
    QDateTime firstReceived;          ///< UTC: when this profile first received the mail, if known; a trusted time.
    bool tellsSteps = false;          ///< Fills OpenedMessage::steps, which only an inspector shows.
};

/// A part that is not shown as text. Content is cut out and decoded on demand.
struct Attachment {
    QString part;                     ///< "1.2" within its own layer.
    QString name;                     ///< Without directories; may be empty.
    QByteArray type;                  ///< "application/pdf"
    QByteArray contentId;             ///< Without angle brackets; for pictures of the HTML part.
    qint64 sizeOctets = 0;            ///< After transfer decoding.
    CryptographicStatus protection = CryptographicStatus::None;
    bool isInline = false;            ///< Referred to by the HTML part.

    /// The content, decoded now. Cheap to copy the Attachment; each call decodes anew.
    [[nodiscard]] QByteArray content() const;
    /// A letter of its own: message/rfc822, or message/global of RFC 6532.
    [[nodiscard]] bool isMessage() const { return type == "message/rfc822" || type == "message/global"; }
    /// Whether it can be opened by itself, with a verdict of its own: such a letter, or a file that is called like one.
    [[nodiscard]] bool isLetter() const;
    /// Of a letter of its own; empty where it says none, or where the attachment is something else.
    [[nodiscard]] QString subject() const;

    QByteArray source;                ///< Shares the layer's octets.
    qint64 begin = 0;
    qint64 length = 0;
    QByteArray transferEncoding;
};

/// A run of octets that shares the memory of where it lies.
struct OctetRange {
    QByteArray source;
    qint64 begin = 0;
    qint64 length = 0;

    [[nodiscard]] QByteArrayView view() const { return QByteArrayView(source).sliced(begin, length); }
};

/// Text that lies outside the protection; shown apart, never joined with the body.
struct UnprotectedPart {
    QString part;
    QString text;
};

/// An opened message: everything that a window or `wax open` shows of it.
struct OpenedMessage {
    QString part = QStringLiteral("1"); ///< Which part of the mail this is, "1.3" if it is one of `further`.
    Verdict verdict;
    QList<Step> steps;                ///< From the outside in; no step that did not happen. Empty unless the request wants them.
    QList<ShownField> headers;        ///< From, To, Cc, Reply-To, Subject, Date where present, in this order.
    QString text;                     ///< Plain text of the body, or made from the HTML.
    std::optional<QString> html;      ///< Reduced, safe to render; nothing if there is none or it must not be rendered.
    QList<Attachment> attachments;
    QList<UnprotectedPart> unprotected;
    QByteArray signerCapabilitiesDer; ///< As the bearing signer announced them (SMIMECapabilities), for the certificate book; empty if none.
    QByteArray signerEncryptionCertificate; ///< DER, if the bearing signer prefers another one for encryption.
    QList<QByteArray> certificates;   ///< DER, all that the message brought along.
    QList<QByteArray> crls;           ///< DER, likewise.
    OctetRange signedOctets;          ///< What the innermost signature covers, as it lies in the message; for diagnosis.
    QByteArray messageId;             ///< Without angle brackets.
    QByteArray inReplyTo;             ///< As received.
    QByteArray references;            ///< As received.
    std::optional<SignatureDiagnosis> diagnosis; ///< What happened to the signed text, if it was altered.
    std::optional<base::Error> fault; ///< Why it is malformed or could not be decrypted.
    /// Protected parts beside the one that this is, below an unprotected multipart: each opened by itself with a verdict of its own, as text only,
    /// and never to be joined with anything. They lie among the attachments as well, as they came. Theirs are empty.
    std::vector<OpenedMessage> further;

    /// Whether anything in it is or was encrypted, further parts included.
    [[nodiscard]] bool isEncrypted() const;
    /// Whether something in it, further parts included, is encrypted to a key that was not at hand.
    [[nodiscard]] bool needsKey() const;
    /// Whether something in it, further parts included, is shut and may open by a password: see mayOpenByPassword().
    [[nodiscard]] bool needsPassword() const;
    /// The shown value of a field; nothing if it is absent. Name is case-insensitive.
    [[nodiscard]] const ShownField *header(QByteArrayView name) const;
    /// Its decoded value, empty if it is absent.
    [[nodiscard]] QString headerValue(QByteArrayView name) const;
    /// When it says that it was written, with the offset from UTC as received; invalid if it does not say so, or not as a date.
    [[nodiscard]] QDateTime date() const;
};

/// Undoes every layer, verifies and assesses. Never fails: what cannot be opened is a finding in the verdict
/// and in `fault`. Synchronous, any thread; needs the provider. RFC 8551 section 3, RFC 9788 section 4.
[[nodiscard]] OpenedMessage open(const OpenRequest &request, const base::Cancellation &cancellation = {});

/// What happened to an altered message since it was `sent`: the same letter as its author kept it, opened. Nothing if `received` is not altered, the
/// signature of `sent` is not intact, or the same was signed in both.
[[nodiscard]] std::optional<SignatureDiagnosis> diagnoseAgainst(const OpenedMessage &sent, const OpenedMessage &received);

} // namespace smime
