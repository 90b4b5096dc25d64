// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Structure.h"
#include "smime/Open.h"

#include <array>

namespace smime {

/// How a message says that its header is protected. RFC 9788; its predecessors in section 4.10 and its appendix.
enum class HeaderScheme {
    None,
    Clear,      ///< hp="clear"
    Cipher,     ///< hp="cipher"
    Draft,      ///< protected-headers="v1"
    Wrapped,    ///< message/rfc822 of RFC 8551 section 3.1
};

/// What is known of the protection when headers are read.
struct HeaderContext {
    bool isSigned = false;      ///< Every bearing signature is intact.
    bool isEncrypted = false;   ///< The payload came out of an encryption that was opened.
    QList<Signer> bearing;      ///< Signers whose word counts; identity not yet assessed.
};

/// Those of ShownHeaders::fields that every letter may have, in their order.
inline constexpr std::array<QByteArrayView, 6> kShownFields{"From", "To", "Cc", "Reply-To", "Subject", "Date"};
/// Whether a field that is shown names people.
[[nodiscard]] bool isAddressField(QByteArrayView name);

/// Whether this stands outside for a subject that is hidden: it says nothing.
[[nodiscard]] bool isSubjectPlaceholder(const QString &subject);

struct ShownHeaders {
    HeaderScheme scheme = HeaderScheme::None;
    QList<ShownField> fields;
    QStringList senders;        ///< Mailboxes of the From that is shown.
    bool isFromBound = false;   ///< The inner From is shown because a signature binds it, or both are the same.
    QStringList warnings;
    QByteArray messageId;       ///< Without angle brackets.
    QByteArray inReplyTo;
    QByteArray references;
    std::optional<QDateTime> date;
    bool isReceiptRequested = false;
};

/// Which scheme the payload uses. `payload`: the innermost entity of a message whose layers cover all of it.
[[nodiscard]] HeaderScheme schemeOf(const mime::Headers &outer, QByteArrayView octets, const mime::Part &payload);

/// The part whose header is the protected one and whose content is the body: below a wrapping, the message inside.
[[nodiscard]] const mime::Part &bodyRoot(const mime::Part &payload, HeaderScheme scheme);

/// Chooses what is shown: the protected value wins, except that an inner From without a signature that binds it gives way
/// to the outer one. RFC 9788 section 4.
[[nodiscard]] ShownHeaders readHeaders(const mime::Headers &outer, const mime::Headers &inner, HeaderScheme scheme,
                                       const HeaderContext &context);

} // namespace smime
