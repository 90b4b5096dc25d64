// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace smime {

/// What happened to a signed or encrypted message on its way. Never a reason to call a signature valid.
enum class SignatureDamage {
    Unknown,            ///< Something that is not in the catalogue: perhaps somebody changed the words.
    LineEnds,           ///< LF for CRLF or the reverse.
    FinalLineEnd,       ///< The last line end was lost or added.
    TrailingSpace,      ///< White space at line ends was removed or added.
    FromEscaping,       ///< "From " became ">From ".
    Footer,             ///< Lines were added at the end.
    Banner,             ///< Lines were added before the text.
    Reencoded,          ///< The transfer encoding was changed.
    CharacterSet,       ///< The text was converted into another character set.
    RefoldedHeader,     ///< Header lines were folded in another way.
    Rewrapped,          ///< Lines of text were wrapped in another way.
    WhiteSpace,         ///< Spaces or tabs inside lines were changed.
    Dots,               ///< A dot at the beginning of a line was doubled or lost: SMTP doubles it on the way (RFC 5321 section 4.5.2).
    ChangedHeader,      ///< Words were put before the subject, a field was added, or a parameter of the content type was written in another way.
    SignatureStripped,  ///< The part with the signature was removed.
    TypeRenamed,        ///< The S/MIME type became application/octet-stream.
    Truncated,          ///< The end is missing.
    Swapped,            ///< The content belongs to another message.
};

struct SignatureDiagnosis {
    SignatureDamage damage = SignatureDamage::Unknown;
    bool isProven = false;      ///< Undoing it gives the digest that was signed, or the sent octets were at hand.
    qint64 line = 0;            ///< First line that differs, from 1; 0 if unknown.
    QByteArray sent;            ///< That line as it was signed, if known; at most 200 octets.
    QByteArray received;        ///< That line as it arrived; at most 200 octets.

    bool operator==(const SignatureDiagnosis &) const = default;
};

/// Compares signed octets as they were sent with those that arrived. Pure.
[[nodiscard]] SignatureDiagnosis compareSigned(QByteArrayView sent, QByteArrayView received);

/// Undoes, one after the other, what mail systems do to letters, and says which one gives `digestSigned`. `digest` as in
/// Signer::digest. Bounded: nothing over 4 MB is tried. Pure.
[[nodiscard]] SignatureDiagnosis diagnoseSignature(QByteArrayView received, const QByteArray &digestSigned, const QString &digest);

/// The name in the JSON, in kebab-case.
[[nodiscard]] QString nameOf(SignatureDamage damage);

} // namespace smime
