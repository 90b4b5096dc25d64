// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsStructure.h"

#include "provider/CmsNames.h"
#include "provider/CmsOids.h"
#include "provider/CmsRead.h"
#include "provider/CmsSplit.h"

using namespace base;
using namespace Qt::StringLiterals;

namespace provider {
namespace {

using namespace cms;

constexpr int kMaxSigners = 256;
constexpr int kMaxRecipients = 10'000;
constexpr int kMaxCertificates = 10'000;

Error malformed(const QString &what)
{
    return {ErrorCode::CmsMalformed, what, {}, {}};
}

Error tooMany(const QString &what)
{
    return {ErrorCode::CmsTooLarge, what, {}, {}};
}

Status readSigned(const Parts &parts, CmsStructure &out)
{
    const auto data = fromDerBy<SignedDataPtr>(d2i_SignedData, parts.skeleton);
    if (!data)
        return malformed(u"SignedData: "_s + takeErrorText());
    if (sk_SignerInfo_num(data->signers) > kMaxSigners)
        return tooMany(u"Too many signers"_s);
    if (data->certificates && sk_ASN1_TYPE_num(data->certificates) > kMaxCertificates)
        return tooMany(u"Too many certificates"_s);
    out.version = data->version;
    out.innerTypeOid = dottedOid(data->content->type);
    out.certificates = sequencesOf(data->certificates);
    out.crls = sequencesOf(data->crls);
    for (int i = 0; i < qMin(sk_X509_ALGOR_num(data->digestAlgorithms), kMaxSigners); ++i)
        out.digestAlgorithms.append(describe(sk_X509_ALGOR_value(data->digestAlgorithms, i)));
    for (int i = 0; i < sk_SignerInfo_num(data->signers); ++i)
        out.signers.append(describe(*sk_SignerInfo_value(data->signers, i)));
    return Done{};
}

Status readRecipients(const STACK_OF(RecipientInfo) * recipients, const OriginatorInfo *originator, CmsStructure &out)
{
    if (sk_RecipientInfo_num(recipients) > kMaxRecipients)
        return tooMany(u"Too many recipients"_s);
    out.recipients = describeAll(recipients);
    if (originator) {
        out.certificates = sequencesOf(originator->certificates);
        out.crls = sequencesOf(originator->crls);
    }
    return Done{};
}

void readHead(const EncryptedHead &head, CmsStructure &out)
{
    out.innerTypeOid = dottedOid(head.type);
    out.contentEncryption = describe(head.algorithm);
}

Status readEnveloped(const Parts &parts, CmsStructure &out)
{
    auto read = std::make_shared<ReadEnvelope>();
    read->enveloped = fromDerBy<EnvelopedDataPtr>(d2i_EnvelopedData, parts.skeleton);
    if (!read->enveloped)
        return malformed(u"EnvelopedData: "_s + takeErrorText());
    const EnvelopedData &data = *read->enveloped;
    out.version = data.version;
    out.unprotectedAttributes = describe(data.unprotectedAttributes);
    readHead(*data.content, out);
    read->parts = parts;
    out.envelope = std::move(read);
    return readRecipients(data.recipients, data.originator, out);
}

Status readAuthEnveloped(const Parts &parts, CmsStructure &out)
{
    auto read = std::make_shared<ReadEnvelope>();
    read->authEnveloped = fromDerBy<AuthEnvelopedDataPtr>(d2i_AuthEnvelopedData, parts.skeleton);
    if (!read->authEnveloped)
        return malformed(u"AuthEnvelopedData: "_s + takeErrorText());
    const AuthEnvelopedData &data = *read->authEnveloped;
    out.version = data.version;
    out.authenticationTag = toBytes(data.mac);
    out.authenticatedAttributes = describe(data.authenticatedAttributes);
    out.unprotectedAttributes = describe(data.unauthenticatedAttributes);
    readHead(*data.content, out);
    read->parts = parts;
    out.envelope = std::move(read);
    return readRecipients(data.recipients, data.originator, out);
}

Status readEncrypted(const Parts &parts, CmsStructure &out)
{
    const auto data = fromDerBy<EncryptedDataPtr>(d2i_EncryptedData, parts.skeleton);
    if (!data)
        return malformed(u"EncryptedData: "_s + takeErrorText());
    out.version = data->version;
    out.unprotectedAttributes = describe(data->unprotectedAttributes);
    readHead(*data->content, out);
    return Done{};
}

Status readCompressed(const Parts &parts, CmsStructure &out)
{
    const auto data = fromDerBy<CompressedDataPtr>(d2i_CompressedData, parts.skeleton);
    if (!data)
        return malformed(u"CompressedData: "_s + takeErrorText());
    out.version = data->version;
    out.contentEncryption = describe(data->algorithm);
    out.innerTypeOid = dottedOid(data->content->type);
    return Done{};
}

Status readDigested(const Parts &parts, CmsStructure &out)
{
    const auto data = fromDerBy<DigestedDataPtr>(d2i_DigestedData, parts.skeleton);
    if (!data)
        return malformed(u"DigestedData: "_s + takeErrorText());
    out.version = data->version;
    out.contentEncryption = describe(data->algorithm);
    out.innerTypeOid = dottedOid(data->content->type);
    out.digest = toBytes(data->digest);
    return Done{};
}

Status readByType(const Parts &parts, CmsStructure &out)
{
    switch (parts.type) {
    case CmsContentType::SignedData:
        return readSigned(parts, out);
    case CmsContentType::EnvelopedData:
        return readEnveloped(parts, out);
    case CmsContentType::AuthEnvelopedData:
        return readAuthEnveloped(parts, out);
    case CmsContentType::CompressedData:
        return readCompressed(parts, out);
    case CmsContentType::EncryptedData:
        return readEncrypted(parts, out);
    case CmsContentType::DigestedData:
        return readDigested(parts, out);
    case CmsContentType::Data:
    case CmsContentType::AuthenticatedData:
    case CmsContentType::Unknown:
        break;
    }
    return Done{};
}

} // namespace

Result<CmsStructure> readCmsStructure(QByteArrayView der)
{
    const ClearsErrorQueue clean;
    const auto parts = split(der);
    if (!parts)
        return parts.error();
    CmsStructure out;
    out.type = parts->type;
    out.typeOid = parts->typeOid;
    out.indefiniteLength = parts->indefiniteLength;
    out.content = parts->content;
    out.hasContent = parts->hasContent;
    out.contentOctets = parts->contentOctets;
    out.trailingOctets = parts->trailingOctets;
    const Status status = readByType(*parts, out);
    if (!status)
        return status.error();
    return out;
}

} // namespace provider
