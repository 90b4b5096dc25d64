// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <optional>

namespace smime {

/// Which fields an encrypted message hides from those who carry it. RFC 9788 section 3.2.
/// Baseline: Subject, Keywords, Comments. Shy: in addition display names and the local time zone. None: nothing.
enum class HeaderPolicy { Baseline, Shy, None };

/// How a field, or a part, that is shown was protected.
enum class CryptographicStatus { None, Signed, Encrypted, SignedAndEncrypted };

/// One field as it is shown, beside what the world outside saw.
struct ShownField {
    QByteArray name;
    QString value;                 ///< Decoded; Date as received.
    /// As received, unfolded, for address parsing and dates; addresses with octets that are no UTF-8, or of several fields, are written anew.
    QByteArray raw;
    std::optional<QString> outer;  ///< The outer value where it differs; nothing where it is the same.
    CryptographicStatus protection = CryptographicStatus::None;

    bool operator==(const ShownField &) const = default;
};

/// A field that people read and that stands outside in another form or not at all.
struct HiddenField {
    QByteArray name;
    QString text;       ///< Decoded.

    bool operator==(const HiddenField &) const = default;
};

/// The two header sections that a draft's one becomes. Each is CRLF-terminated lines without the empty line.
struct SplitHeader {
    QByteArray inner; ///< For the payload: every non-structural field, and HP-Outer if encrypted.
    QByteArray outer; ///< For the message: what carriers may see; without content fields and MIME-Version.
    QList<HiddenField> hidden; ///< For programs that do not know RFC 9788: see withLegacyDisplay().
};

enum class PayloadProtection { SignedOnly, Encrypted };

/// Divides a draft's header (fields with CRLF, no content fields) by RFC 9788 section 5. Appears in neither half: Bcc,
/// and what is only for the draft itself. Pure.
[[nodiscard]] SplitHeader splitHeader(QByteArrayView messageFields, PayloadProtection protection, HeaderPolicy policy);

} // namespace smime
