// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace provider {

/// One element of BER or DER as it lies in the octets that were read.
struct Asn1Element {
    qsizetype begin = 0;            ///< Of the identifier octets, counted from the first octet of the input.
    qsizetype headerOctets = 0;     ///< Identifier and length.
    qsizetype contentOctets = 0;    ///< Without the end-of-contents octets of an indefinite length.
    bool isIndefinite = false;
    QString type;                   ///< "SEQUENCE", "OBJECT IDENTIFIER", "[0]", "[APPLICATION 3]".
    QString value;                  ///< Of a primitive: a name with its OID, a number, a time, text, or the first octets in hex.
    /// Of a constructed element, or of the DER that an OCTET STRING or BIT STRING wraps.
    std::vector<Asn1Element> children;

    /// The first octet after the element's content.
    [[nodiscard]] qsizetype contentEnd() const { return begin + headerOctets + contentOctets; }

    bool operator==(const Asn1Element &) const = default;
};

/// Takes the first element of `der` apart, for people to look at; copies no content. Bounded in depth and number. Any thread.
/// Errors: CmsMalformed with the offset of the element that cannot be read, CmsTooLarge. X.690.
[[nodiscard]] base::Result<Asn1Element> readAsn1Tree(QByteArrayView der);

} // namespace provider
