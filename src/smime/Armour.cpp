// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Armour.h"

#include "mime/TransferEncoding.h"
#include "provider/CmsStructure.h"

#include <algorithm>

namespace smime {

namespace {

constexpr char kSequence = '\x30';
constexpr QByteArrayView kDashedLine{"-----BEGIN "};
constexpr char kFirstDigit = 'M'; // Base64 of an ASN.1 SEQUENCE begins with nothing else.

bool isBase64(char c)
{
    return mime::isBase64Digit(c) || c == '\r' || c == '\n' || c == ' ' || c == '\t';
}

QByteArrayView withoutDashedLines(QByteArrayView text)
{
    if (!text.startsWith(kDashedLine))
        return text;
    const qsizetype begin = text.indexOf('\n');
    const qsizetype end = text.indexOf("-----END ");
    return begin > 0 && end > begin ? text.sliced(begin, end - begin).trimmed() : text;
}

} // namespace

QByteArray withoutArmour(QByteArray octets)
{
    if (octets.startsWith(kSequence))
        return octets;
    const QByteArrayView digits = withoutDashedLines(QByteArrayView(octets).trimmed());
    if (!digits.startsWith(kFirstDigit) || !std::all_of(digits.begin(), digits.end(), isBase64))
        return octets;
    QByteArray der = QByteArray::fromBase64(digits.toByteArray());
    return der.startsWith(kSequence) ? der : octets;
}

std::optional<QByteArray> mailAroundBareCms(const QByteArray &octets)
{
    QByteArray der = withoutArmour(octets);
    if (!der.startsWith(kSequence) || !provider::readCmsStructure(der))
        return std::nullopt;
    return der.prepend("Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: binary\r\n\r\n");
}

QByteArray cmsOctetsOf(QByteArrayView message, const mime::Part &part)
{
    // PEM is base64 to whoever names its encoding, but its dashed lines are not.
    const QByteArrayView body = part.body.of(message);
    const bool isPem = part.encoding == mime::TransferEncoding::Base64 && body.trimmed().startsWith(kDashedLine);
    return withoutArmour(isPem ? body.toByteArray() : mime::contentOf(message, part).octets);
}

} // namespace smime
