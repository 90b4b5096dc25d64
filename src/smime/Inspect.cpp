// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Inspect.h"

#include "mime/Structure.h"
#include "provider/CertificateFacts.h"
#include "provider/CmsStructure.h"
#include "smime/PartKind.h"
#include "smime/Verdict.h"

using namespace Qt::StringLiterals;

namespace smime {

namespace {

constexpr int kMaxNesting = 10;

QString typeName(provider::CmsContentType type)
{
    switch (type) {
    case provider::CmsContentType::Unknown:
        return u"unknown"_s;
    case provider::CmsContentType::Data:
        return u"Data"_s;
    case provider::CmsContentType::SignedData:
        return u"SignedData"_s;
    case provider::CmsContentType::EnvelopedData:
        return u"EnvelopedData"_s;
    case provider::CmsContentType::AuthEnvelopedData:
        return u"AuthEnvelopedData"_s;
    case provider::CmsContentType::CompressedData:
        return u"CompressedData"_s;
    case provider::CmsContentType::DigestedData:
        return u"DigestedData"_s;
    case provider::CmsContentType::EncryptedData:
        return u"EncryptedData"_s;
    case provider::CmsContentType::AuthenticatedData:
        return u"AuthenticatedData"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString kindName(provider::CmsRecipientKind kind)
{
    switch (kind) {
    case provider::CmsRecipientKind::Unknown:
        return u"unknown"_s;
    case provider::CmsRecipientKind::KeyTransport:
        return nameOf(RecipientKind::KeyTransport);
    case provider::CmsRecipientKind::KeyAgreement:
        return nameOf(RecipientKind::KeyAgreement);
    case provider::CmsRecipientKind::Kek:
        return nameOf(RecipientKind::Kek);
    case provider::CmsRecipientKind::Password:
        return nameOf(RecipientKind::Password);
    case provider::CmsRecipientKind::Kem:
        return nameOf(RecipientKind::Kem);
    }
    Q_UNREACHABLE_RETURN({});
}

InspectedSigner signerOf(const provider::CmsSigner &signer)
{
    InspectedSigner inspected{signer.id.issuer, signer.id.serialHex, signer.id.subjectKeyId.toHex(), signer.digest.name,
                              signer.signature.name, signer.signingTime.value_or(QDateTime()), {}};
    for (const provider::CmsAttribute &attribute : signer.signedAttributes)
        inspected.signedAttributes.append(QString::fromLatin1(attribute.oid));
    return inspected;
}

InspectedCertificate certificateOf(const QByteArray &der)
{
    InspectedCertificate inspected;
    inspected.der = der;
    if (const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der)) {
        inspected.subject = facts->subject;
        inspected.issuer = facts->issuer;
        inspected.serial = facts->serial;
        inspected.addresses = facts->addresses;
        inspected.notBefore = facts->notBefore;
        inspected.notAfter = facts->notAfter;
    }
    return inspected;
}

InspectedPart partOf(const QByteArray &octets, const mime::Part &part, int nesting);

// What an opaque signature encloses is open to everybody.
std::shared_ptr<const InspectedPart> contentOf(const QByteArray &der, const provider::CmsStructure &structure, int nesting)
{
    if (structure.type != provider::CmsContentType::SignedData || !structure.hasContent || nesting >= kMaxNesting)
        return nullptr;
    QByteArray content;
    content.reserve(structure.contentOctets);
    for (const provider::CmsRange &range : structure.content)
        content += QByteArrayView(der).sliced(range.offset, range.length);
    const base::Result<mime::Structure> inner = mime::parseStructure(content);
    return inner ? std::make_shared<const InspectedPart>(partOf(content, inner->root, nesting + 1)) : nullptr;
}

InspectedCms cmsOf(const QByteArray &der, int nesting)
{
    InspectedCms inspected;
    const base::Result<provider::CmsStructure> structure = provider::readCmsStructure(der);
    if (!structure) {
        inspected.fault = structure.error();
        return inspected;
    }
    inspected.type = typeName(structure->type);
    inspected.version = structure->version;
    inspected.isIndefinite = structure->indefiniteLength;
    inspected.isDetached = structure->type == provider::CmsContentType::SignedData && !structure->hasContent;
    inspected.innerType = structure->innerTypeOid;
    inspected.contentOctets = structure->contentOctets;
    inspected.cipher = structure->contentEncryption.name;
    for (const provider::CmsSigner &signer : structure->signers)
        inspected.signers.append(signerOf(signer));
    for (const provider::CmsRecipient &recipient : structure->recipients)
        inspected.recipients.append({kindName(recipient.kind), recipient.id.issuer, recipient.id.serialHex, recipient.id.subjectKeyId.toHex(),
                                     recipient.keyEncryption.name, recipient.keyWrap});
    for (const QByteArray &certificate : structure->certificates)
        inspected.certificates.append(certificateOf(certificate));
    inspected.crlCount = static_cast<int>(structure->crls.size());
    inspected.content = contentOf(der, *structure, nesting);
    return inspected;
}

bool holdsCms(const mime::Part &part)
{
    const PartKind kind = kindOf(part);
    return kind == PartKind::Cms || kind == PartKind::PerhapsCms || part.isType("application/pkcs7-signature")
        || part.isType("application/x-pkcs7-signature");
}

InspectedPart partOf(const QByteArray &octets, const mime::Part &part, int nesting)
{
    InspectedPart inspected;
    inspected.number = part.number;
    inspected.type = part.type.value;
    inspected.begin = part.whole.begin;
    inspected.bodyBegin = part.body.begin;
    inspected.end = part.whole.end;
    inspected.encoding = mime::nameOf(part.encoding);
    inspected.charset = part.type.parameter("charset");
    inspected.fileName = part.fileName();
    for (const mime::HeaderField &field : mime::headersOf(octets, part).fields)
        inspected.headers.append({field.name, field.value});
    for (const mime::Part &child : part.children)
        inspected.children.push_back(partOf(octets, child, nesting));
    if (holdsCms(part)) {
        inspected.cms = cmsOf(mime::contentOf(octets, part).octets, nesting);
        if (inspected.cms->fault && kindOf(part) == PartKind::PerhapsCms)
            inspected.cms.reset();
    }
    return inspected;
}

} // namespace

base::Result<InspectedPart> inspect(const QByteArray &message)
{
    if (message.startsWith('\x30') && provider::readCmsStructure(message)) {
        InspectedPart bare;
        bare.number = "1";
        bare.type = "application/pkcs7-mime";
        bare.encoding = "binary";
        bare.end = message.size();
        bare.cms = cmsOf(message, 0);
        return bare;
    }
    const base::Result<mime::Structure> structure = mime::parseStructure(message);
    if (!structure)
        return structure.error();
    return partOf(message, structure->root, 0);
}

} // namespace smime
