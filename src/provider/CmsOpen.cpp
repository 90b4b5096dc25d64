// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsEnvelope.h"
#include "provider/CmsDecompress.h"
#include "provider/CmsNames.h"
#include "provider/CmsRead.h"
#include "provider/CmsRecipient.h"
#include "provider/CmsSplit.h"
#include "provider/PathPolicy.h"

using namespace Qt::StringLiterals;

namespace provider::cms {
namespace {

constexpr int kMaxRecipients = 10'000;
constexpr int kMaxTries = 4; // each costs a private key's operation and a pass over the content

/// What EnvelopedData and AuthEnvelopedData have in common; points into the parsed structure.
struct Envelope {
    const OriginatorInfo *originator = nullptr;
    const STACK_OF(RecipientInfo) * recipients = nullptr;
    const EncryptedHead *content = nullptr;
    const STACK_OF(X509_ATTRIBUTE) * authenticatedAttributes = nullptr;
    QByteArray tag;
    bool isAuthenticated = false;
};

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

/// What the entries that are ours led to.
struct Attempt {
    bool isSupported = false; ///< The algorithms of one entry at least.
    Match match;
    std::optional<QByteArray> plain;
};

// An entry that fails is no reason to leave out the next: it may name a key of ours that it was not made for. Whether the key or the content was
// wrong makes no difference to what is tried next or said, so a stranger who adds an entry of his own learns nothing about another (RFC 3218).
Attempt tryEntries(const Envelope &envelope, const Parts &parts, const QList<Match> &matches, const Cipher &cipher, OpeningJob &job)
{
    const QByteArray associated = attributeSet(envelope.authenticatedAttributes, AttributeOrder::Sorted);
    Attempt attempt;
    int tries = 0;
    for (qsizetype i = 0; i < matches.size() && tries < kMaxTries && !attempt.plain; ++i) {
        const RecipientInfo &info = *sk_RecipientInfo_value(envelope.recipients, matches[i].info);
        const ContentKey key = unwrapContentKey(info, matches[i], job.keys, job.options, cipher.keyOctets);
        if (key.state == ContentKey::State::Unsupported)
            continue;
        attempt.isSupported = true;
        attempt.match = matches[i];
        // Decrypting takes the place of the message, unless there is another entry to try.
        const bool isLast = ++tries == kMaxTries || i + 1 == matches.size();
        QByteArray message = isLast ? std::exchange(job.message, {}) : job.message;
        auto plain = decrypt(cipher, key.key, takeContent(std::move(message), parts.content), associated, envelope.tag);
        if (key.state == ContentKey::State::Usable)
            attempt.plain = std::move(plain);
    }
    return attempt;
}

void decryptEnvelope(const Envelope &envelope, const Parts &parts, OpeningJob &job, Outcome &outcome)
{
    const QList<Match> matches = matchRecipients(envelope.recipients, job.keys, job.options);
    if (matches.isEmpty())
        return fail(outcome, CmsFault::NoKey, u"None of the keys belongs to a recipient"_s);
    const Cipher cipher = cipherOf(envelope.content->algorithm);
    if (!cipher)
        return fail(outcome, CmsFault::UnsupportedAlgorithm, u"Content cipher %1"_s.arg(outcome.facts.cipher.name));
    if (!parts.hasContent)
        return fail(outcome, CmsFault::Malformed, u"Without the encrypted content"_s);
    // RFC 5084 is for AuthEnvelopedData; some programs put AES-GCM into the other. Nor may anybody change the one into the other (RFC 9709 section 1).
    if (cipher.isAuthenticated() != envelope.isAuthenticated)
        return fail(outcome, CmsFault::UnsupportedAlgorithm, u"Content cipher %1 in a structure that is not made for it"_s.arg(outcome.facts.cipher.name));
    outcome.facts.nonce = cipher.nonce;
    Attempt attempt = tryEntries(envelope, parts, matches, cipher, job);
    if (!attempt.isSupported)
        return fail(outcome, CmsFault::UnsupportedAlgorithm, u"Key encryption algorithm of our recipient entry"_s);
    if (!attempt.plain)
        return failUniformly(outcome);
    outcome.output = std::move(*attempt.plain);
    outcome.facts.protection = cipher.isAuthenticated() ? CmsProtection::Authenticated : CmsProtection::Unauthenticated;
    outcome.facts.openedRecipient = attempt.match.flat;
    outcome.facts.openedKey = attempt.match.key;
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
    if (!job.options.effort)
        job.options.effort = std::make_shared<PathEffort>();
    const CmsStructure *const structure = std::exchange(job.options.structure, nullptr);
    if (structure && structure->envelope && structure->envelope->isOf(job.message)) {
        job.options.structure = structure;
        openRead(*structure->envelope, job, outcome);
        return outcome;
    }
    const auto parts = split(job.message);
    if (!parts)
        return Outcome::failed(parts.error());
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
