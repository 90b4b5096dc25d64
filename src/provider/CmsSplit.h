// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to src/provider: separates the content octets of a CMS message from the structure around them.

#include "provider/CmsStructure.h"

namespace provider::cms {

/// A ContentInfo taken apart. `skeleton` is the structure without its content octets, for the templates of CmsAsn1.h.
struct Parts {
    QByteArrayView message;          ///< the octets that were taken apart
    CmsContentType type = CmsContentType::Unknown;
    QByteArray typeOid;              ///< dotted
    bool indefiniteLength = false;
    QByteArray skeleton;             ///< BER of SignedData, EnvelopedData, ...; empty for Data and Unknown
    QList<CmsRange> content;         ///< in octets of the input
    bool hasContent = false;
    qsizetype contentOctets = 0;
    qsizetype trailingOctets = 0;
};

/// Takes DER or BER apart by ASN1_get_object and copies everything but the content, so that a message of 25 MB costs
/// as much as one of 2 KB. Errors: CmsMalformed with an offset, CmsTooLarge.
[[nodiscard]] base::Result<Parts> split(QByteArrayView der);

/// The octets of `ranges` of `message` in one array. Nothing is copied if there is one range and nobody else holds `message`.
[[nodiscard]] QByteArray takeContent(QByteArray &&message, const QList<CmsRange> &ranges);

} // namespace provider::cms
