// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "mime/Address.h"
#include "mime/Header.h"
#include "mime/Limits.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <optional>

namespace mime {

/// A file that goes with a message.
struct Attachment {
    enum class Placement { Attached, Inline };
    QString fileName;
    QByteArray mediaType; ///< Empty or unreadable: application/octet-stream.
    QByteArray octets;
    Placement placement = Placement::Attached;
    QByteArray contentId; ///< With angle brackets; for Inline pictures that the HTML names by cid:.
};

/// What a person wrote.
struct Draft {
    QList<Address> from, to, cc, bcc, replyTo;
    QString subject;
    QString text;
    QString html; ///< Empty: text only.
    QList<Attachment> attachments;
    QByteArray messageId;         ///< Empty: made.
    std::optional<QDateTime> date; ///< Empty: now.
    QByteArray inReplyTo;
    QList<QByteArray> references;
    /// Further unstructured fields (such as X-Waxwing-Draft in stored drafts), before the Content- fields.
    QList<Parameter> fields;
};

/// What the builder may not ask the world itself.
struct BuildContext {
    enum class BccField { Leave, Write }; ///< Write only for drafts stored for oneself.
    QDateTime now;
    BccField bcc = BccField::Leave;
};

/// The finished message: canonical CRLF, all ASCII (except addresses of RFC 6532 and their fields), no line above 998 octets,
/// MIME-Version included. What it says survives gateways, so it can be signed as it is (see splitForSigning).
/// Errors: InvalidArgument (no author, or a mailbox that is not valid: the detail names the field).
[[nodiscard]] base::Result<QByteArray> buildMessage(const Draft &draft, const BuildContext &context);

/// A message cut in two for sealing.
struct SplitMessage {
    /// Fields other than Content-... and MIME-Version, CRLF, in their order; no empty line. Raw, but for names and subjects in UTF-8, which are encoded.
    QByteArray messageFields;
    QByteArray entity;        ///< Content- fields, empty line, body: canonical, 7-bit, ready to be signed.
    /// What belongs behind `entity`: a long body that needs nothing is not copied but for its beginning. Refers to the given message.
    QByteArrayView rest;

    /// Both in one.
    [[nodiscard]] QByteArray whole() const { return rest.isEmpty() ? entity : QByteArray(entity).append(rest); }
};

/// So much of a body stands in SplitMessage::entity at least.
inline constexpr qsizetype kCopiedBodyOctets = 256 * 1024;

/// Takes any RFC 5322 message (LF line ends, 8-bit parts, long lines allowed) and makes what may be signed: CRLF, every leaf with 8-bit
/// octets, overlong lines, trailing white space or "From " lines re-encoded (RFC 8551 section 3.1.2). An entity that needs nothing stays as it is,
/// octet for octet. What multipart/signed protects inside is never touched. Errors: those of parseStructure.
[[nodiscard]] base::Result<SplitMessage> splitForSigning(QByteArrayView message, const Limits &limits = {});

/// Reads a stored draft back, attachments included. Errors: those of parseStructure.
[[nodiscard]] base::Result<Draft> readDraft(QByteArrayView message, const Limits &limits = {});

/// "<random@domain>" with 128 random bits and the domain of the author's address ("localhost" if it has none).
[[nodiscard]] QByteArray makeMessageId(const QString &authorMailbox);

/// A boundary nobody can guess: 144 random bits, and with "=_", which neither base64 nor quoted-printable can contain.
/// RFC 2045 section 6.7 note 3.
[[nodiscard]] QByteArray makeBoundary();

} // namespace mime
