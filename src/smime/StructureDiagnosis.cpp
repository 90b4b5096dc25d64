// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/StructureDiagnosis.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

bool announcesSignature(const mime::Part &part)
{
    return part.type.parameter("protocol").contains("pkcs7-signature"_L1, Qt::CaseInsensitive);
}

bool isRenamed(const mime::Part &part)
{
    if (!part.isType("application/octet-stream"))
        return false;
    const QString name = part.fileName();
    return name.endsWith(".p7s"_L1, Qt::CaseInsensitive) || name.endsWith(".p7m"_L1, Qt::CaseInsensitive);
}

qint64 lineOf(QByteArrayView message, qsizetype offset)
{
    return 1 + std::count(message.begin(), message.begin() + offset, '\n');
}

/// How long the DER element at the beginning says that it is, with its own header; nothing if it does not say (X.690 section 8.1.3.6).
std::optional<qint64> statedLength(QByteArrayView der)
{
    if (der.size() < 2 || der[0] != '\x30')
        return std::nullopt;
    const auto first = static_cast<uchar>(der[1]);
    if (first < 0x80)
        return 2 + first;
    const int octets = first & 0x7f;
    if (octets == 0 || octets > 4 || der.size() < 2 + octets)
        return std::nullopt;
    qint64 length = 0;
    for (int i = 0; i < octets; ++i)
        length = length << 8 | static_cast<uchar>(der[2 + i]);
    return 2 + octets + length;
}

} // namespace

std::optional<SignatureDiagnosis> diagnoseStructure(QByteArrayView message, const mime::Structure &structure)
{
    std::optional<SignatureDiagnosis> found;
    const auto note = [&](SignatureDamage damage, qsizetype offset) {
        if (!found)
            found = SignatureDiagnosis{damage, true, lineOf(message, offset), {}, {}};
    };
    for (const mime::Part *part : structure.flattened()) {
        const bool isSigned = part->isMultipart() && (part->isType("multipart/signed") || announcesSignature(*part));
        if (isSigned && structure.isOpenEnded)
            note(SignatureDamage::Truncated, message.size());
        else if (isSigned && part->children.size() < 2)
            note(SignatureDamage::SignatureStripped, part->whole.begin);
        else if (isSigned && !part->isType("multipart/signed"))
            note(isRenamed(part->children.back()) || part->children.back().type.value.contains("pkcs7") ? SignatureDamage::TypeRenamed
                                                                                                         : SignatureDamage::SignatureStripped,
                 part->whole.begin);
        else if (isRenamed(*part))
            note(SignatureDamage::TypeRenamed, part->whole.begin);
    }
    return found;
}

std::optional<SignatureDiagnosis> diagnoseCmsLength(QByteArrayView message, const mime::Part &part)
{
    const QByteArray der = mime::contentOf(message, part).octets;
    const std::optional<qint64> length = statedLength(der);
    if (length && *length > der.size())
        return SignatureDiagnosis{SignatureDamage::Truncated, true, lineOf(message, message.size()), {}, {}};
    if (!length || *length == der.size())
        return std::nullopt;
    // The line at which the base64 of the object has come to its end.
    const qint64 encodedOctets = (*length + 2) / 3 * 4;
    qint64 seen = 0;
    qsizetype at = part.body.begin;
    for (; at < part.body.end && seen < encodedOctets; ++at)
        seen += message[at] > ' ' ? 1 : 0;
    return SignatureDiagnosis{SignatureDamage::Footer, true, lineOf(message, at) + 1, {}, {}};
}

} // namespace smime
