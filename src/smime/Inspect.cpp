// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/Inspect.h"

#include "mime/Structure.h"
#include "provider/CertificateFacts.h"
#include "provider/CmsStructure.h"
#include "provider/PathPolicy.h"
#include "smime/Armour.h"
#include "smime/CmsReading.h"
#include "smime/InspectFields.h"
#include "smime/LeadIn.h"
#include "smime/PartKind.h"
#include "smime/SignerAssessment.h"
#include "smime/Verdict.h"

using namespace Qt::StringLiterals;

namespace smime {

namespace {

constexpr int kMaxNesting = 10;

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

/// Goes through one message; holds what its functions share.
class Inspection
{
public:
    explicit Inspection(const InspectionMaterial &material) : m_material(material), m_own(material.ownCertificates)
    {
        if (material.opening.keys)
            for (const identity::KeyMaterial &key : material.opening.keys->keys)
                m_own.append(key.certificate);
    }

    [[nodiscard]] InspectedPart partOf(const QByteArray &octets, const mime::Part &part, const QByteArray &prefix, int nesting) const;
    [[nodiscard]] InspectedCms cmsOf(const QByteArray &der, const QByteArray &number, int nesting) const;

private:
    [[nodiscard]] InspectedCertificate certificateOf(const QByteArray &der, const QList<QByteArray> &brought) const;
    [[nodiscard]] InspectedRecipient recipientOf(const provider::CmsRecipient &recipient) const;
    [[nodiscard]] QByteArray openedContent(const QByteArray &der, const provider::CmsStructure &structure) const;
    [[nodiscard]] std::shared_ptr<const InspectedPart> contentOf(const QByteArray &der, const provider::CmsStructure &structure,
                                                                 const QByteArray &number, int nesting) const;

    const InspectionMaterial &m_material;
    QList<QByteArray> m_own;
    std::shared_ptr<provider::PathEffort> m_effort = std::make_shared<provider::PathEffort>(); ///< For all certificates together.
};

InspectedCertificate Inspection::certificateOf(const QByteArray &der, const QList<QByteArray> &brought) const
{
    InspectedCertificate inspected;
    inspected.der = der;
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der);
    if (!facts)
        return inspected;
    inspected.subject = facts->subject;
    inspected.issuer = facts->issuer;
    inspected.serial = facts->serial;
    inspected.addresses = facts->addresses;
    inspected.notBefore = facts->notBefore;
    inspected.notAfter = facts->notAfter;
    if (m_material.opening.anchors.isEmpty())
        return inspected;
    provider::PathPolicy policy;
    policy.purpose = provider::PathPurpose::Any;
    policy.effort = m_effort;
    const provider::PathFindings path = provider::validatePath(der, brought + m_material.opening.certificates, m_material.opening.anchors, {}, policy);
    inspected.chain = chainOf(path.chain);
    inspected.path = path.path;
    inspected.detail = path.detail;
    return inspected;
}

InspectedRecipient Inspection::recipientOf(const provider::CmsRecipient &recipient) const
{
    InspectedRecipient inspected;
    inspected.kind = kindName(recipient.kind);
    inspected.issuer = recipient.id.issuer;
    inspected.serial = recipient.id.serialHex;
    inspected.subjectKeyIdentifier = recipient.id.subjectKeyId.toHex();
    inspected.algorithm = recipient.keyEncryption.name;
    inspected.keyWrap = recipient.keyWrap;
    const auto named = [&recipient](const QList<QByteArray> &certificates) -> std::optional<QString> {
        for (const QByteArray &der : certificates) {
            const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der);
            if (facts && isNamedBy(*facts, recipient.id))
                return facts->commonName.isEmpty() ? facts->subject : facts->commonName;
        }
        return std::nullopt;
    };
    const std::optional<QString> self = named(m_own);
    inspected.isSelf = self.has_value();
    inspected.name = self ? *self : named(m_material.opening.certificates + m_material.opening.people).value_or(QString());
    return inspected;
}

// What an opaque signature or a compression encloses is open to everybody; what is encrypted, to whoever has the key.
QByteArray Inspection::openedContent(const QByteArray &der, const provider::CmsStructure &structure) const
{
    using Type = provider::CmsContentType;
    CmsSession session;
    if (structure.type == Type::CompressedData)
        return decompressCms(session, der).content;
    const bool isEncrypted = structure.type == Type::EnvelopedData || structure.type == Type::AuthEnvelopedData;
    if (isEncrypted)
        return decryptCms(session, der, structure, m_material.opening, m_effort).content;
    QByteArray content;
    if (structure.type != Type::SignedData)
        return content;
    content.reserve(structure.contentOctets);
    for (const provider::CmsRange &range : structure.content)
        content += QByteArrayView(der).sliced(range.offset, range.length);
    return content;
}

std::shared_ptr<const InspectedPart> Inspection::contentOf(const QByteArray &der, const provider::CmsStructure &structure,
                                                           const QByteArray &number, int nesting) const
{
    if (nesting >= kMaxNesting)
        return nullptr;
    const QByteArray content = openedContent(der, structure);
    const base::Result<mime::Structure> inner = mime::parseStructure(content);
    return inner ? std::make_shared<const InspectedPart>(partOf(content, inner->root, number + ".1", nesting + 1)) : nullptr;
}

InspectedCms Inspection::cmsOf(const QByteArray &der, const QByteArray &number, int nesting) const
{
    InspectedCms inspected;
    inspected.der = der;
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
        inspected.recipients.append(recipientOf(recipient));
    for (const QByteArray &certificate : structure->certificates)
        inspected.certificates.append(certificateOf(certificate, structure->certificates));
    inspected.crlCount = static_cast<int>(structure->crls.size());
    inspected.fields = fieldsOf(*structure, inspected);
    inspected.content = contentOf(der, *structure, number, nesting);
    return inspected;
}

/// Offsets count from the first octet of the input.
void shift(InspectedPart &part, qsizetype octets, const QByteArray &source)
{
    part.begin += octets;
    part.bodyBegin += octets;
    part.end += octets;
    part.source = source;
    for (InspectedPart &child : part.children)
        shift(child, octets, source);
}

bool holdsCms(const mime::Part &part)
{
    const PartKind kind = kindOf(part);
    return kind == PartKind::Cms || kind == PartKind::PerhapsCms || part.isType("application/pkcs7-signature")
        || part.isType("application/x-pkcs7-signature");
}

InspectedPart Inspection::partOf(const QByteArray &octets, const mime::Part &part, const QByteArray &prefix, int nesting) const
{
    InspectedPart inspected;
    inspected.number = prefix + part.number.sliced(1);
    inspected.type = part.type.value;
    inspected.begin = part.whole.begin;
    inspected.bodyBegin = part.body.begin;
    inspected.end = part.whole.end;
    inspected.encoding = mime::nameOf(part.encoding);
    inspected.charset = part.type.parameter("charset");
    inspected.fileName = part.fileName();
    inspected.source = octets;
    for (const mime::HeaderField &field : mime::headersOf(octets, part).fields)
        inspected.headers.append({field.name, field.value});
    for (const mime::Part &child : part.children)
        inspected.children.push_back(partOf(octets, child, prefix, nesting));
    if (holdsCms(part)) {
        inspected.cms = cmsOf(cmsOctetsOf(octets, part), inspected.number, nesting);
        if (inspected.cms->fault && kindOf(part) == PartKind::PerhapsCms)
            inspected.cms.reset();
    }
    return inspected;
}

} // namespace

QByteArray InspectedPart::content() const
{
    if (cms)
        return cms->der;
    const QByteArrayView body = QByteArrayView(source).sliced(bodyBegin, end - bodyBegin);
    return mime::decode(body, mime::transferEncodingOf(encoding)).octets;
}

const InspectedPart *InspectedPart::find(QByteArrayView partNumber) const
{
    if (number == partNumber)
        return this;
    for (const InspectedPart &child : children)
        if (const InspectedPart *found = child.find(partNumber))
            return found;
    return cms && cms->content ? cms->content->find(partNumber) : nullptr;
}

base::Result<InspectedPart> inspect(const QByteArray &message, const InspectionMaterial &material)
{
    const Inspection inspection(material);
    if (const QByteArray der = withoutArmour(message); der.startsWith('\x30') && provider::readCmsStructure(der)) {
        InspectedPart bare;
        bare.number = "1";
        bare.type = "application/pkcs7-mime";
        bare.encoding = der.size() == message.size() ? "binary" : "base64";
        bare.end = message.size();
        bare.source = message;
        bare.cms = inspection.cmsOf(der, bare.number, 0);
        return bare;
    }
    const qsizetype leadIn = leadInOctets(message);
    const QByteArray mail = leadIn == 0 ? message : message.sliced(leadIn);
    const base::Result<mime::Structure> structure = mime::parseStructure(mail);
    if (!structure)
        return structure.error();
    InspectedPart root = inspection.partOf(mail, structure->root, "1", 0);
    if (leadIn > 0)
        shift(root, leadIn, message);
    return root;
}

} // namespace smime
