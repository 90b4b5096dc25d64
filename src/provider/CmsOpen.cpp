// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsContent.h"
#include "provider/CmsEnvelope.h"
#include "provider/CmsDecompress.h"
#include "provider/CmsNames.h"
#include "provider/CmsRead.h"
#include "provider/CmsRecipient.h"
#include "provider/CmsSplit.h"

using namespace Qt::StringLiterals;

namespace provider::cms {
namespace {

constexpr int kMaxRecipients = 10'000;

/// What EnvelopedData and AuthEnvelopedData have in common; points into the parsed structure.
struct Envelope {
    const OriginatorInfo *originator = nullptr;
    const STACK_OF(RecipientInfo) * recipients = nullptr;
    const EncryptedHead *content = nullptr;
    const STACK_OF(X509_ATTRIBUTE) * authenticatedAttributes = nullptr;
    QByteArray tag;
    bool isAuthenticated = false;
};

/// RFC 5083 section 2.2: the attributes with the universal SET tag, in DER.
QByteArray associatedData(const Envelope &envelope)
{
    if (!envelope.authenticatedAttributes)
        return {};
    unsigned char *encoded = nullptr;
    const int size = ASN1_item_i2d(reinterpret_cast<const ASN1_VALUE *>(envelope.authenticatedAttributes), &encoded,
                                   ASN1_ITEM_rptr(AttributesSorted));
    const OpenSslBytesPtr owner(encoded);
    return size > 0 ? QByteArray(reinterpret_cast<const char *>(encoded), size) : QByteArray{};
}

void fail(Outcome &outcome, CmsFault fault, const QString &detail)
{
    outcome.facts.fault = fault;
    outcome.facts.detail = detail;
}

/// One sentence for everything, so that nobody learns which step failed.
void failUniformly(Outcome &outcome)
{
    fail(outcome, CmsFault::DecryptionFailed, u"The message could not be decrypted"_s);
}

/// The first match whose algorithms we have.
struct Chosen {
    Match match;
    ContentKey key;
};

Chosen chooseKey(const Envelope &envelope, const QList<Match> &matches, const OpeningJob &job, size_t keyOctets)
{
    for (const Match &match : matches) {
        const RecipientInfo &info = *sk_RecipientInfo_value(envelope.recipients, match.info);
        ContentKey key = unwrapContentKey(info, match, job.keys, job.options, keyOctets);
        if (key.state != ContentKey::State::Unsupported)
            return {match, std::move(key)};
    }
    return {};
}

void decryptEnvelope(const Envelope &envelope, const Parts &parts, OpeningJob &job, Outcome &outcome)
{
    const QList<Match> matches = matchRecipients(envelope.recipients, job.keys, job.options);
    if (matches.isEmpty())
        return fail(outcome, CmsFault::NoKey, u"None of the keys belongs to a recipient"_s);
    const Cipher cipher = cipherOf(envelope.content->algorithm);
    if (!cipher)
        return fail(outcome, CmsFault::UnsupportedAlgorithm, u"Content cipher %1"_s.arg(outcome.facts.cipher.name));
    if (cipher.isAuthenticated() != envelope.isAuthenticated || !parts.hasContent)
        return fail(outcome, CmsFault::Malformed, u"Cipher and structure do not fit"_s);
    outcome.facts.nonce = cipher.nonce;
    Chosen chosen = chooseKey(envelope, matches, job, cipher.keyOctets);
    if (chosen.key.state == ContentKey::State::Unsupported)
        return fail(outcome, CmsFault::UnsupportedAlgorithm, u"Key encryption algorithm of our recipient entry"_s);
    auto plain = decrypt(cipher, chosen.key.key, takeContent(std::move(job.message), parts.content), associatedData(envelope),
                         envelope.tag);
    if (!plain || chosen.key.state == ContentKey::State::Broken)
        return failUniformly(outcome);
    outcome.output = std::move(*plain);
    outcome.facts.protection = cipher.isAuthenticated() ? CmsProtection::Authenticated : CmsProtection::Unauthenticated;
    outcome.facts.openedRecipient = chosen.match.flat;
    outcome.facts.openedKey = chosen.match.key;
}

/// What the envelope says without any key, as it was read before or now.
void describeEnvelope(const Envelope &envelope, const CmsStructure *structure, CmsFacts &facts)
{
    facts.recipients = structure ? structure->recipients : describeAll(envelope.recipients);
    facts.cipher = structure ? structure->contentEncryption : describe(envelope.content->algorithm);
    facts.innerTypeOid = structure ? structure->innerTypeOid : dottedOid(envelope.content->type);
    facts.authenticationTag = envelope.tag;
    if (envelope.originator) {
        facts.certificates = sequencesOf(envelope.originator->certificates);
        facts.crls = sequencesOf(envelope.originator->crls);
    }
}

Envelope envelopeOf(const EnvelopedData &data)
{
    Envelope envelope;
    envelope.originator = data.originator;
    envelope.recipients = data.recipients;
    envelope.content = data.content;
    return envelope;
}

Envelope envelopeOf(const AuthEnvelopedData &data)
{
    Envelope envelope;
    envelope.originator = data.originator;
    envelope.recipients = data.recipients;
    envelope.content = data.content;
    envelope.authenticatedAttributes = data.authenticatedAttributes;
    envelope.tag = toBytes(data.mac);
    envelope.isAuthenticated = true;
    return envelope;
}

void openEnvelope(const Envelope &envelope, const Parts &parts, OpeningJob &job, Outcome &outcome)
{
    if (sk_RecipientInfo_num(envelope.recipients) > kMaxRecipients)
        return fail(outcome, CmsFault::TooLarge, u"Too many recipients"_s);
    describeEnvelope(envelope, job.options.structure, outcome.facts);
    decryptEnvelope(envelope, parts, job, outcome);
}

void openEnveloped(const Parts &parts, OpeningJob &job, Outcome &outcome)
{
    const auto data = fromDerBy<EnvelopedDataPtr>(d2i_EnvelopedData, parts.skeleton);
    if (!data)
        return fail(outcome, CmsFault::Malformed, u"EnvelopedData: "_s + takeErrorText());
    openEnvelope(envelopeOf(*data), parts, job, outcome);
}

void openAuthEnveloped(const Parts &parts, OpeningJob &job, Outcome &outcome)
{
    const auto data = fromDerBy<AuthEnvelopedDataPtr>(d2i_AuthEnvelopedData, parts.skeleton);
    if (!data)
        return fail(outcome, CmsFault::Malformed, u"AuthEnvelopedData: "_s + takeErrorText());
    openEnvelope(envelopeOf(*data), parts, job, outcome);
}

void openRead(const ReadEnvelope &read, OpeningJob &job, Outcome &outcome)
{
    outcome.facts.type = read.parts.type;
    openEnvelope(read.enveloped ? envelopeOf(*read.enveloped) : envelopeOf(*read.authEnveloped), read.parts, job, outcome);
}

void openCompressed(const Parts &parts, OpeningJob &job, Outcome &outcome)
{
    const auto data = fromDerBy<CompressedDataPtr>(d2i_CompressedData, parts.skeleton);
    if (!data)
        return fail(outcome, CmsFault::Malformed, u"CompressedData: "_s + takeErrorText());
    outcome.facts.cipher = describe(data->algorithm);
    outcome.facts.innerTypeOid = dottedOid(data->content->type);
    if (nidOf(data->algorithm) != NID_zlib_compression)
        return fail(outcome, CmsFault::UnsupportedAlgorithm, u"Compression %1"_s.arg(outcome.facts.cipher.name));
    Decompressed result = decompress(takeContent(std::move(job.message), parts.content), job.options.decompressedLimit);
    outcome.facts.fault = result.fault;
    outcome.facts.detail = result.detail;
    outcome.output = std::move(result.octets);
}

} // namespace

Outcome open(OpeningJob job)
{
    Outcome outcome;
    const CmsStructure *const structure = std::exchange(job.options.structure, nullptr);
    if (structure && structure->envelope && structure->envelope->isOf(job.message)) {
        job.options.structure = structure;
        openRead(*structure->envelope, job, outcome);
        return outcome;
    }
    const auto parts = split(job.message);
    if (!parts) {
        const bool isTooLarge = parts.error().code == base::ErrorCode::CmsTooLarge;
        return Outcome::failed(isTooLarge ? CmsFault::TooLarge : CmsFault::Malformed, parts.error().detail);
    }
    outcome.facts.type = parts->type;
    switch (parts->type) {
    case CmsContentType::EnvelopedData:
        openEnveloped(*parts, job, outcome);
        break;
    case CmsContentType::AuthEnvelopedData:
        openAuthEnveloped(*parts, job, outcome);
        break;
    case CmsContentType::CompressedData:
        openCompressed(*parts, job, outcome);
        break;
    case CmsContentType::EncryptedData:
        fail(outcome, CmsFault::NoKey, u"EncryptedData: encrypted with a key that no mail carries"_s);
        break;
    case CmsContentType::Data:
    case CmsContentType::SignedData:
    case CmsContentType::DigestedData:
    case CmsContentType::AuthenticatedData:
    case CmsContentType::Unknown:
        fail(outcome, CmsFault::WrongType, u"Nothing that can be decrypted"_s);
        break;
    }
    return outcome;
}

} // namespace provider::cms
