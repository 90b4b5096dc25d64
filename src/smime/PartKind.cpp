// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/PartKind.h"

#include "mime/FileName.h"
#include "mime/Header.h"
#include "mime/TransferEncoding.h"
#include "provider/CmsStructure.h"
#include "smime/Armour.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

bool isSmimeProtocol(const QString &protocol)
{
    const QString lower = protocol.trimmed().toLower();
    return lower == "application/pkcs7-signature"_L1 || lower == "application/x-pkcs7-signature"_L1;
}

bool isSignaturePart(const mime::Part &part)
{
    return part.isType("application/pkcs7-signature") || part.isType("application/x-pkcs7-signature")
        || part.fileName().endsWith(".p7s"_L1, Qt::CaseInsensitive);
}

bool isUnnamed(const mime::Part &part)
{
    return part.isType("application/octet-stream") && part.fileName().isEmpty();
}

bool saysMail(const mime::Part &part)
{
    return !part.type.parameter("smime-type").isEmpty() || part.fileName().compare("smime.p7m"_L1, Qt::CaseInsensitive) == 0;
}

constexpr qsizetype kMostHeaderOctets = 64 * 1024;

// What was sealed as mail begins with a header that says what it is.
bool beginsLikeMail(QByteArrayView content)
{
    const QList<mime::HeaderField> fields = mime::parseHeaders(content.first(std::min(content.size(), kMostHeaderOctets))).fields;
    return std::any_of(fields.begin(), fields.end(),
                       [](const mime::HeaderField &field) { return field.name.toLower().startsWith("content-"); });
}

bool isSignedFile(const mime::Part &part, QByteArrayView cms, const provider::CmsStructure &structure)
{
    QByteArray begin;
    for (const provider::CmsRange &range : structure.content) {
        begin += cms.sliced(range.offset, std::min(range.length, kMostHeaderOctets));
        if (begin.size() >= kMostHeaderOctets)
            break;
    }
    return isFile(part, begin);
}

} // namespace

PartKind kindOf(const mime::Part &part)
{
    // As a store keeps it: see holdsSignedEntity.
    if (part.isType("multipart/signed") && part.children.empty() && !mime::isIdentity(part.encoding) && mime::isSealedFileName(part.fileName()))
        return PartKind::PerhapsCms;
    if (part.isType("multipart/signed")) {
        // RFC 1847 demands a protocol. Where it is left out, or misspelt, the second part says the same; where it is OpenPGP's, nothing else counts.
        const QString protocol = part.type.parameter("protocol");
        const bool isOpenPgp = protocol.compare("application/pgp-signature"_L1, Qt::CaseInsensitive) == 0;
        const bool isSmime = isSmimeProtocol(protocol) || (part.children.size() > 1 && isSignaturePart(part.children[1]));
        return isSmime && !isOpenPgp ? PartKind::MultipartSigned : PartKind::Plain;
    }
    if (part.isType("application/pkcs7-mime") || part.isType("application/x-pkcs7-mime"))
        return PartKind::Cms;
    // RFC 8551 section 3.9 goes by the name as well. What is called a signature, or nothing at all, may hold the letter if it is all there is.
    const bool mayBe = part.children.empty() && (part.type.value.startsWith("application/") || part.isType("text/plain"));
    const bool isNamedSo = mime::isSealedFileName(part.fileName()) || part.type.hasParameter("smime-type") || (part.number == "1" && (isSignaturePart(part) || isUnnamed(part)));
    return mayBe && isNamedSo ? PartKind::PerhapsCms : PartKind::Plain;
}

bool mayBeSealed(const mime::Structure &structure)
{
    const std::vector<const mime::Part *> parts = structure.flattened();
    return std::any_of(parts.begin(), parts.end(), [](const mime::Part *part) {
        const mime::ParameterisedValue &type = part->type;
        const bool isTrace = part->isType("multipart/signed") || part->isType("application/octet-stream") || type.value.contains("pkcs7")
            || type.hasParameter("micalg") || type.hasParameter("protocol");
        return isTrace || kindOf(*part) != PartKind::Plain;
    });
}

bool isFile(const mime::Part &part, QByteArrayView content)
{
    return !saysMail(part) && !beginsLikeMail(content);
}

bool holdsSignedEntity(QByteArrayView content)
{
    const mime::Headers headers = mime::parseHeaders(content.first(std::min(content.size(), kMostHeaderOctets)));
    return mime::parseContentType(headers.value("Content-Type")).value == "multipart/signed";
}

bool isLayer(QByteArrayView message, const mime::Part &part)
{
    switch (kindOf(part)) {
    case PartKind::Plain:
        return false;
    case PartKind::MultipartSigned:
        return true;
    case PartKind::Cms:
    case PartKind::PerhapsCms:
        break;
    }
    const QByteArray content = cmsOctetsOf(message, part);
    const base::Result<provider::CmsStructure> cms = provider::readCmsStructure(content);
    if (!cms)
        return holdsSignedEntity(content);
    using Type = provider::CmsContentType;
    // A signature whose content is elsewhere encloses nothing: somebody took a multipart/signed apart.
    if (cms->type == Type::SignedData)
        return cms->hasContent && !cms->isCertificatesOnly() && !isSignedFile(part, content, *cms);
    return cms->type == Type::EnvelopedData
        || cms->type == Type::AuthEnvelopedData || cms->type == Type::CompressedData;
}

const mime::Part *firstLayerBelow(QByteArrayView message, const mime::Part &part)
{
    if (!part.isMultipart())
        return nullptr;
    for (const mime::Part &child : part.children) {
        if (isLayer(message, child))
            return &child;
        if (const mime::Part *found = firstLayerBelow(message, child))
            return found;
    }
    return nullptr;
}

} // namespace smime
