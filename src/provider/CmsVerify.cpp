// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsVerify.h"

#include "provider/CmsDer.h"
#include "provider/CmsNames.h"
#include "provider/CmsOids.h"
#include "provider/CmsSignature.h"
#include "provider/CmsSplit.h"
#include "provider/PathSearch.h"

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace provider::cms {
namespace {

constexpr int kMaxSigners = 64;         // each costs a public-key operation
constexpr std::size_t kMaxCandidates = 4; // certificates that claim the same name and number, or key
constexpr int kMaxCertificates = 2000;

/// Everything that the signers of one message have in common.
struct Context {
    QList<QByteArrayView> content;
    QByteArray contentType;                 // dotted eContentType
    std::vector<X509Ptr> certificates;
    QHash<int, QByteArray> digests;         // by NID; 0 stands for SHAKE256 by id-shake256-len
    std::shared_ptr<PathEffort> effort;

    QByteArray digestFor(const X509_ALGOR *algorithm)
    {
        const int nid = nidOf(algorithm);
        if (!digests.contains(nid))
            digests.insert(nid, digestOver(digestOf(algorithm), content));
        return digests.value(nid);
    }
};

/// In one piece: of several a copy, of one no more than a view.
QByteArray joined(const QList<QByteArrayView> &pieces)
{
    if (pieces.size() == 1)
        return QByteArray::fromRawData(pieces.first().data(), pieces.first().size());
    QByteArray whole;
    for (const QByteArrayView piece : pieces)
        whole.append(piece);
    return whole;
}

/// The single value of the attribute, or nullptr; `count` says how often the attribute is there.
struct SingleAttribute {
    int count = 0;
    const QByteArray *value = nullptr;
};

SingleAttribute findAttribute(const QList<CmsAttribute> &attributes, const char *oid)
{
    SingleAttribute result;
    for (const CmsAttribute &attribute : attributes) {
        if (attribute.oid != oid)
            continue;
        ++result.count;
        result.value = attribute.values.size() == 1 ? &attribute.values.first() : nullptr;
    }
    return result;
}

/// These may be there only once, with one value (RFC 5652 section 11, RFC 8551 section 2.5, RFC 5035 section 3, RFC 6211 section 2).
constexpr const char *kSingleAttributes[] = {
    kOidContentTypeAttribute, kOidMessageDigest, kOidSigningTime, kOidSmimeCapabilities,
    kOidEncryptionKeyPreference, kOidSigningCertificate, kOidSigningCertificateV2, kOidAlgorithmProtection,
};

void spoil(CmsSignerFacts &facts, CmsIntegrity integrity, CmsDefect defect, const QString &detail)
{
    facts.integrity = integrity;
    facts.defect = defect;
    facts.detail = detail;
}

void invalidate(CmsSignerFacts &facts, CmsDefect defect, const QString &detail)
{
    spoil(facts, CmsIntegrity::Invalid, defect, detail);
}

/// The rules for signed attributes; true if they hold. RFC 5652 sections 5.3 and 5.4.
bool checkAttributes(CmsSignerFacts &facts, const Context &context)
{
    const auto &attributes = facts.signer.signedAttributes;
    for (const char *oid : kSingleAttributes) {
        const SingleAttribute found = findAttribute(attributes, oid);
        if (found.count > 1 || (found.count == 1 && !found.value)) {
            invalidate(facts, CmsDefect::AttributesDuplicated, u"Signed attribute %1 is not single"_s.arg(QLatin1StringView(oid)));
            return false;
        }
    }
    const SingleAttribute type = findAttribute(attributes, kOidContentTypeAttribute);
    const SingleAttribute digest = findAttribute(attributes, kOidMessageDigest);
    const auto signedDigest = digest.value ? fromDerBy<Asn1OctetStringPtr>(d2i_ASN1_OCTET_STRING, *digest.value) : nullptr;
    if (!type.value || !signedDigest) {
        invalidate(facts, CmsDefect::AttributesMissing, u"Signed attributes lack contentType or messageDigest"_s);
        return false;
    }
    facts.digestSigned = toBytes(signedDigest.get());
    if (const auto found = findAttribute(attributes, kOidSmimeCapabilities); found.value)
        facts.capabilitiesDer = *found.value;
    if (const auto found = findAttribute(attributes, kOidEncryptionKeyPreference); found.value)
        facts.preferredEncryptionDer = *found.value;
    if (*type.value != derOid(context.contentType.constData())) {
        invalidate(facts, CmsDefect::ContentTypeDiffers, u"Signed contentType is not the type of the content"_s);
        return false;
    }
    return true;
}

/// False if an ESS signing certificate attribute is there and its first entry is not `certificate`. RFC 5035 section 5.
bool agreesWithEss(const QList<CmsAttribute> &attributes, QByteArrayView certificate)
{
    for (const char *oid : {kOidSigningCertificate, kOidSigningCertificateV2}) {
        const SingleAttribute found = findAttribute(attributes, oid);
        if (!found.value)
            continue;
        using EssPtr = Owned<EssSigningCertificate, EssSigningCertificate_free>;
        const auto ess = fromDerBy<EssPtr>(d2i_EssSigningCertificate, *found.value);
        if (!ess || sk_EssCertificateId_num(ess->certificates) < 1)
            return false;
        const EssCertificateId *id = sk_EssCertificateId_value(ess->certificates, 0);
        const bool isFirst = oid == kOidSigningCertificate;
        const Digest digest = id->digest ? digestOf(id->digest) : digestOfNid(isFirst ? NID_sha1 : NID_sha256);
        const QByteArray hash = digestOver(digest, {certificate});
        if (hash.isEmpty() || hash != toBytes(id->hash))
            return false;
    }
    return true;
}

/// Parameters that are NULL and those that are absent mean the same.
bool isSameAlgorithm(const X509_ALGOR *a, const X509_ALGOR *b)
{
    const auto parameters = [](const X509_ALGOR *algorithm) {
        const QByteArray der = parametersOf(algorithm);
        return der == derNull() ? QByteArray() : der;
    };
    return a && b && OBJ_cmp(a->algorithm, b->algorithm) == 0 && parameters(a) == parameters(b);
}

/// False if the signer says that other algorithms were used than those that `info` names, which nothing else protects. RFC 6211 section 4.1.
bool agreesWithProtection(const QList<CmsAttribute> &attributes, const SignerInfo &info)
{
    const SingleAttribute found = findAttribute(attributes, kOidAlgorithmProtection);
    if (!found.value)
        return true;
    using ProtectionPtr = Owned<AlgorithmProtection, AlgorithmProtection_free>;
    const auto named = fromDerBy<ProtectionPtr>(d2i_AlgorithmProtection, *found.value);
    return named && !named->mac && isSameAlgorithm(named->digest, info.digestAlgorithm) && isSameAlgorithm(named->signature, info.signatureAlgorithm);
}

/// The value of `info` under one certificate.
SignatureCheck checkValue(const SignerInfo &info, const SignatureMethod &method, X509 *certificate, const Context &context)
{
    const QByteArray value = toBytes(info.signature);
    if (!info.signedAttributes)
        return checkSignature(method, certificate, joined(context.content), value);
    const QByteArray received = attributeSet(info.signedAttributes, AttributeOrder::AsReceived);
    const SignatureCheck check = checkSignature(method, certificate, received, value);
    if (check != SignatureCheck::Wrong)
        return check;
    // Some programs sign DER's order and write another, or the other way round.
    const QByteArray sorted = attributeSet(info.signedAttributes, AttributeOrder::Sorted);
    return sorted == received ? check : checkSignature(method, certificate, sorted, value);
}

/// The keys come with the message and may be slow on purpose, and without attributes each check reads the content once more.
qint64 checkingPoints(const SignerInfo &info, X509 *certificate, const Context &context)
{
    constexpr qint64 kOctetsReadForOnePoint = 512;
    const qint64 points = verificationPoints(certificate);
    return info.signedAttributes ? 2 * points : points + octetsIn(context.content) / kOctetsReadForOnePoint;
}

void describeKeyOf(CmsSignerFacts &facts, X509 *certificate)
{
    facts.certificateDer = toDer(certificate);
    if (EVP_PKEY *key = X509_get0_pubkey(certificate)) {
        facts.keyBits = EVP_PKEY_get_bits(key);
        facts.keyType = describeKey(key);
    }
}

/// The certificates that the signer may mean. A renewed one may have the key, and so the identifier, of the one before it: what lasts longest
/// comes first.
std::vector<X509 *> candidatesFor(const Identifier &sid, const Context &context)
{
    std::vector<X509 *> named;
    for (const X509Ptr &certificate : context.certificates)
        if (isNamedBy(sid, certificate.get()))
            named.push_back(certificate.get());
    std::stable_sort(named.begin(), named.end(), [](const X509 *a, const X509 *b) { return ASN1_TIME_compare(X509_get0_notAfter(a), X509_get0_notAfter(b)) > 0; });
    return named;
}

/// A certificate fits as well if it certifies the same key; unless the signer says which certificate is meant.
QList<QByteArray> alsoFitting(const CmsSignerFacts &facts, X509 *fitting, const std::vector<X509 *> &candidates)
{
    QList<QByteArray> others;
    for (X509 *certificate : candidates) {
        if (others.size() == CmsSignerFacts::kMostAlsoFitting)
            break;
        if (certificate == fitting || EVP_PKEY_eq(X509_get0_pubkey(certificate), X509_get0_pubkey(fitting)) != 1)
            continue;
        const QByteArray der = toDer(certificate);
        if (der != facts.certificateDer && agreesWithEss(facts.signer.signedAttributes, der))
            others.append(der);
    }
    return others;
}

/// Tries the certificates that the signer may mean, until one fits; of many only some, for each check takes a while.
void checkCertificates(CmsSignerFacts &facts, const SignerInfo &info, const SignatureMethod &method, const Context &context)
{
    spoil(facts, CmsIntegrity::NoCertificate, CmsDefect::None, u"The signer's certificate is not at hand"_s);
    const std::vector<X509 *> candidates = candidatesFor(*info.sid, context);
    for (X509 *certificate : std::span(candidates).first(std::min(kMaxCandidates, candidates.size()))) {
        if (context.effort->isSpent())
            return spoil(facts, CmsIntegrity::Unsupported, CmsDefect::None, u"the certificates ask for too much work"_s);
        context.effort->spend(checkingPoints(info, certificate, context));
        const SignatureCheck check = checkValue(info, method, certificate, context);
        describeKeyOf(facts, certificate);
        if (check == SignatureCheck::KeyUnsupported) {
            spoil(facts, CmsIntegrity::Unsupported, CmsDefect::None, u"The signer's key does not fit the algorithm"_s);
        } else if (check == SignatureCheck::Wrong) {
            invalidate(facts, CmsDefect::SignatureWrong, u"The signature value does not fit"_s);
        } else if (!agreesWithEss(facts.signer.signedAttributes, facts.certificateDer)) {
            invalidate(facts, CmsDefect::CertificateDiffers, u"The signed certificate hash is of another certificate"_s);
        } else {
            spoil(facts, CmsIntegrity::Valid, CmsDefect::None, {});
            facts.alsoFitting = alsoFitting(facts, certificate, candidates);
            return;
        }
    }
}

/// True if the content is what some other signature has as its signed attributes: whoever takes a signature with attributes, leaves them out and
/// gives their octets for the content has a signature that fits, over something nobody wrote.
bool isDisguisedAttributes(const QList<QByteArrayView> &content)
{
    constexpr char kSetTag = '\x31';
    constexpr qsizetype kMostOctets = 1 << 20;
    const qsizetype size = octetsIn(content);
    if (size == 0 || size > kMostOctets)
        return false;
    const QByteArray whole = joined(content);
    if (whole.front() != kSetTag)
        return false;
    const unsigned char *in = cms::octets(QByteArrayView(whole));
    ASN1_VALUE *attributes = ASN1_item_d2i(nullptr, &in, static_cast<long>(whole.size()), ASN1_ITEM_rptr(AttributesAsReceived));
    ASN1_item_free(attributes, ASN1_ITEM_rptr(AttributesAsReceived));
    return attributes != nullptr;
}

/// Some old programs name the content's digest by a whole signature algorithm, such as sha1WithRSAEncryption. Nothing that is signed depends on this name.
void nameDigestItself(SignerInfo &info)
{
    int digest = NID_undef;
    if (OBJ_find_sigid_algs(nidOf(info.digestAlgorithm), &digest, nullptr) == 1 && digest != NID_undef)
        X509_ALGOR_set0(info.digestAlgorithm, OBJ_nid2obj(digest), V_ASN1_UNDEF, nullptr);
}

CmsSignerFacts checkSigner(SignerInfo &info, Context &context)
{
    nameDigestItself(info);
    CmsSignerFacts facts;
    facts.signer = describe(info);
    const SignatureMethod method = signatureMethodOf(info.signatureAlgorithm, info.digestAlgorithm);
    facts.signatureDigest = nameOfNid(method.digestNid);
    checkCertificates(facts, info, method, context); // for its name, whatever else is wrong
    if (method.state != SignatureMethod::State::Ready) {
        const bool refused = method.state == SignatureMethod::State::Refused;
        spoil(facts, refused ? CmsIntegrity::Refused : CmsIntegrity::Unsupported, CmsDefect::None,
              refused ? u"The digest algorithm proves nothing any more"_s : u"Unknown signature algorithm"_s);
        return facts;
    }
    facts.digestComputed = context.digestFor(info.digestAlgorithm);
    if (!info.signedAttributes) {
        const bool isPlainData = context.contentType == kOidData;
        if (!isPlainData || isDisguisedAttributes(context.content))
            invalidate(facts, CmsDefect::AttributesMissing, u"Content that is not Data, or that is signed attributes itself, needs signed attributes"_s);
        else if (facts.integrity == CmsIntegrity::Valid && method.digest && method.digest != digestOf(info.digestAlgorithm))
            invalidate(facts, CmsDefect::AlgorithmDiffers, u"Digest and signature algorithm do not belong together"_s);
        return facts;
    }
    const bool isSignatureWrong = facts.defect == CmsDefect::SignatureWrong;
    if (!checkAttributes(facts, context))
        return facts;
    if (facts.digestComputed.isEmpty())
        spoil(facts, CmsIntegrity::Unsupported, CmsDefect::None, u"Unknown digest algorithm"_s);
    else if (!isSignatureWrong && facts.digestComputed != facts.digestSigned)
        invalidate(facts, CmsDefect::ContentChanged, u"The digest of the content is not the signed one"_s);
    else if (!isSignatureWrong && !agreesWithProtection(facts.signer.signedAttributes, info))
        invalidate(facts, CmsDefect::AlgorithmDiffers, u"The signed attributes name other algorithms than the signature"_s);
    return facts;
}

std::vector<X509Ptr> readCertificates(const QList<QByteArray> &ders, std::vector<X509Ptr> more)
{
    std::vector<X509Ptr> result;
    for (const QByteArray &der : ders.first(qMin(kMaxCertificates, ders.size())))
        if (X509Ptr certificate = rememberedX509(der))
            result.push_back(std::move(certificate));
    for (X509Ptr &certificate : more)
        result.push_back(std::move(certificate));
    return result;
}

/// What the signatures are about: the detached content, else the embedded one.
QList<QByteArrayView> contentOf(const VerifyingJob &job, const Parts &parts)
{
    if (job.isDetached)
        return viewsOf(job.detachedContent);
    QList<QByteArrayView> views;
    for (const CmsRange &range : parts.content)
        views.append(QByteArrayView(job.message).sliced(range.offset, range.length));
    return views;
}

void rejectEmbedded(CmsFacts &facts)
{
    for (CmsSignerFacts &signer : facts.signers)
        invalidate(signer, CmsDefect::EmbeddedContentDiffers, u"The detached signature carries other content of its own"_s);
}

} // namespace

Outcome verify(VerifyingJob job)
{
    const auto parts = split(job.message);
    if (!parts)
        return Outcome::failed(parts.error());
    if (parts->type != CmsContentType::SignedData)
        return Outcome::failed(CmsFault::WrongType, u"Not SignedData"_s);
    const auto data = fromDerBy<SignedDataPtr>(d2i_SignedData, parts->skeleton);
    if (!data)
        return Outcome::failed(CmsFault::Malformed, u"SignedData: "_s + takeErrorText());
    if (sk_SignerInfo_num(data->signers) > kMaxSigners)
        return Outcome::failed(CmsFault::TooLarge, u"Too many signers"_s);
    if (!job.isDetached && !parts->hasContent && sk_SignerInfo_num(data->signers) > 0)
        return Outcome::failed(CmsFault::WrongType, u"The signature is detached and its content is not here"_s);
    Outcome outcome;
    outcome.facts.type = parts->type;
    outcome.facts.innerTypeOid = dottedOid(data->content->type);
    outcome.facts.certificates = sequencesOf(data->certificates);
    outcome.facts.crls = sequencesOf(data->crls);
    outcome.facts.ocspResponses = ocspResponsesOf(data->crls);
    Context context;
    context.content = contentOf(job, *parts);
    context.contentType = outcome.facts.innerTypeOid;
    context.effort = job.effort ? job.effort : std::make_shared<PathEffort>();
    context.certificates = readCertificates(outcome.facts.certificates, std::move(job.certificates));
    for (int i = 0; i < sk_SignerInfo_num(data->signers); ++i)
        outcome.facts.signers.append(checkSigner(*sk_SignerInfo_value(data->signers, i), context));
    QByteArray embedded = takeContent(std::move(job.message), parts->content);
    if (!job.isDetached)
        outcome.output = std::move(embedded);
    else if (parts->hasContent && joined(context.content) != embedded)
        rejectEmbedded(outcome.facts);
    return outcome;
}

} // namespace provider::cms
