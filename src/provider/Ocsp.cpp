// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Ocsp.h"

#include "base/Clock.h"
#include "provider/OcspCheck.h"
#include "provider/Strength.h"

#include <openssl/ocsp.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

constexpr auto kLifeWithoutNextUpdate = std::chrono::days(1);
constexpr qsizetype kMaxOctets = 1 << 20;

using RequestPtr = Owned<OCSP_REQUEST, OCSP_REQUEST_free>;
using ResponsePtr = Owned<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using BasicPtr = Owned<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using CertIdPtr = Owned<OCSP_CERTID, OCSP_CERTID_free>;

OcspFindings unknown(const QString &reason)
{
    OcspFindings findings;
    findings.detail = u"OCSP: "_s + reason;
    return findings;
}

/// Who may have signed: the issuer, and if the response does not bring its signer's certificate (RFC 6960 section 4.2.1 leaves it open), those beside it
/// that the issuer may have made.
X509StackPtr knownSigners(OCSP_BASICRESP *basic, X509 *issuer, const std::vector<X509 *> &beside)
{
    constexpr int kMost = 20;
    X509StackPtr known(sk_X509_new_null());
    X509 *signer = nullptr;
    if (!known || X509_add_cert(known.get(), issuer, X509_ADD_FLAG_UP_REF) != 1 || OCSP_resp_get0_signer(basic, &signer, known.get()) == 1)
        return known;
    for (X509 *one : beside)
        if (sk_X509_num(known.get()) < kMost && X509_check_issued(issuer, one) == X509_V_OK)
            X509_add_cert(known.get(), one, X509_ADD_FLAG_UP_REF);
    return known;
}

/// RFC 6960 section 4.2.2.2: certified by the issuer itself, for just this. RFC 5280 section 4.2.1.12: and its key usage allows signatures, if it says anything.
bool isAppointed(X509 *signer, X509 *issuer)
{
    const bool isCertified = X509_check_issued(issuer, signer) == X509_V_OK && X509_verify(signer, X509_get0_pubkey(issuer)) == 1;
    const bool isForAnswers = (X509_get_extension_flags(signer) & EXFLAG_XKUSAGE) != 0 && (X509_get_extended_key_usage(signer) & XKU_OCSP_SIGN) != 0;
    return isCertified && isForAnswers && (X509_get_key_usage(signer) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

/// Authorities answer by the key for certificates too.
bool maySignAnswers(OCSP_BASICRESP *basic, X509 *issuer, STACK_OF(X509) *signers)
{
    X509 *signer = nullptr;
    return OCSP_resp_get0_signer(basic, &signer, signers) == 1 && (X509_cmp(signer, issuer) == 0 || isAppointed(signer, issuer));
}

/// Signed by the issuer, or by somebody whom the issuer certified for it.
bool isAuthentic(OCSP_BASICRESP *basic, X509 *issuer, STACK_OF(X509) *signers, const QDateTime &at)
{
    const X509StorePtr store(X509_STORE_new());
    if (!store || !signers || X509_STORE_add_cert(store.get(), issuer) != 1)
        return false;
    if (provesNothing(OBJ_obj2nid(OCSP_resp_get0_tbs_sigalg(basic)->algorithm)))
        return false;
    X509_VERIFY_PARAM *parameters = X509_STORE_get0_param(store.get());
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(parameters, static_cast<time_t>(at.toSecsSinceEpoch()));
    // Who may sign is asked here: OpenSSL wants the signer to be right for every answer, also for those about somebody else.
    return OCSP_basic_verify(basic, signers, store.get(), OCSP_NOCHECKS) == 1 && maySignAnswers(basic, issuer, signers);
}

/// The digest that names the issuer in an answer; NID_undef for one by which anybody may be named.
int namingDigest(const OCSP_CERTID *id)
{
    ASN1_OBJECT *algorithm = nullptr;
    OCSP_id_get0_info(nullptr, &algorithm, nullptr, nullptr, const_cast<OCSP_CERTID *>(id));
    const int nid = OBJ_obj2nid(algorithm);
    return digestStrength(nid) == PathStrength::Broken ? NID_undef : nid;
}

/// All that is said about the certificate, whatever digest names its issuer.
std::vector<OCSP_SINGLERESP *> answersFor(OCSP_BASICRESP *basic, const X509 *certificate, const X509 *issuer)
{
    std::vector<OCSP_SINGLERESP *> answers;
    std::map<int, CertIdPtr> own; // by digest
    for (int i = 0; i < OCSP_resp_count(basic); ++i) {
        OCSP_SINGLERESP *const answer = OCSP_resp_get0(basic, i);
        const OCSP_CERTID *const id = OCSP_SINGLERESP_get0_id(answer);
        const auto [it, isNew] = own.try_emplace(namingDigest(id));
        const EVP_MD *const digest = isNew ? EVP_get_digestbynid(it->first) : nullptr;
        if (digest)
            it->second.reset(OCSP_cert_to_id(digest, certificate, issuer));
        if (it->second && OCSP_id_cmp(it->second.get(), id) == 0)
            answers.push_back(answer);
    }
    return answers;
}

/// The extension certHash of Common PKI says which certificate is known by this number. One that was made with the authority's name and key, but
/// not by its people, has another.
bool isOfAnother(OCSP_SINGLERESP *answer, const X509 *certificate)
{
    const Asn1ObjectPtr name(OBJ_txt2obj("1.3.36.8.3.13", 1));
    const int index = OCSP_SINGLERESP_get_ext_by_OBJ(answer, name.get(), -1);
    if (index < 0)
        return false;
    // Of the same form: an algorithm and octets.
    const auto hash = fromDerBy<X509SigPtr>(d2i_X509_SIG, toBytes(X509_EXTENSION_get_data(OCSP_SINGLERESP_get_ext(answer, index))));
    const X509_ALGOR *algorithm = nullptr;
    const ASN1_OCTET_STRING *value = nullptr;
    if (hash)
        X509_SIG_get0(hash.get(), &algorithm, &value);
    const EVP_MD *const digest = algorithm ? EVP_get_digestbyobj(algorithm->algorithm) : nullptr;
    unsigned char own[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    return !digest || X509_digest(certificate, digest, own, &size) != 1 || toBytes(value) != QByteArrayView(own, size);
}

/// RFC 6960 section 4.2.1: it need not be written. What answers of another mean nobody knows.
bool isOfFirstVersion(OCSP_BASICRESP *basic)
{
    constexpr int kVersionTag = 0;
    const QByteArray der = derBy(i2d_OCSP_RESPDATA, OCSP_resp_get0_respdata(basic));
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    long size = static_cast<long>(der.size());
    int tag = 0;
    int tagClass = 0;
    ASN1_get_object(&at, &size, &tag, &tagClass, size);
    ASN1_get_object(&at, &size, &tag, &tagClass, size);
    return tag != kVersionTag || QByteArrayView(at, size) == QByteArrayView("\x02\x01\x00", 3);
}

/// RFC 6960 section 4.4: whoever does not know a critical extension does not know what the answer means.
bool hasUnknownExtension(OCSP_BASICRESP *basic, OCSP_SINGLERESP *answer)
{
    for (int i = -1; (i = OCSP_BASICRESP_get_ext_by_critical(basic, 1, i)) >= 0;)
        if (OBJ_obj2nid(X509_EXTENSION_get_object(OCSP_BASICRESP_get_ext(basic, i))) != NID_id_pkix_OCSP_Nonce)
            return true;
    return OCSP_SINGLERESP_get_ext_by_critical(answer, 1, -1) >= 0;
}

QDateTime archiveCutoffOf(OCSP_SINGLERESP *answer)
{
    const Asn1TimePtr cutoff(static_cast<ASN1_GENERALIZEDTIME *>(OCSP_SINGLERESP_get1_ext_d2i(answer, NID_id_pkix_OCSP_archiveCutoff, nullptr, nullptr)));
    return toDateTime(cutoff.get());
}

/// Nothing that RFC 6960 section 4.4.5 allows beside the reason tells of another one, or of an earlier time.
bool saysNoMoreThanReason(OCSP_BASICRESP *basic, OCSP_SINGLERESP *answer)
{
    return OCSP_SINGLERESP_get_ext_by_NID(answer, NID_invalidity_date, -1) < 0 && OCSP_SINGLERESP_get_ext_by_NID(answer, NID_crl_reason, -1) < 0
        && !hasUnknownExtension(basic, answer);
}

OcspFindings read(OCSP_BASICRESP *basic, OCSP_SINGLERESP *answer, const X509 *certificate, const QDateTime &at)
{
    int reason = OCSP_REVOKED_STATUS_NOSTATUS;
    ASN1_GENERALIZEDTIME *revoked = nullptr;
    ASN1_GENERALIZEDTIME *thisUpdate = nullptr;
    ASN1_GENERALIZEDTIME *nextUpdate = nullptr;
    const int status = OCSP_single_get0_status(answer, &reason, &revoked, &thisUpdate, &nextUpdate);
    OcspFindings findings;
    findings.thisUpdate = toDateTime(thisUpdate);
    findings.nextUpdate = toDateTime(nextUpdate);
    findings.archiveCutoff = archiveCutoffOf(answer);
    if (status == V_OCSP_CERTSTATUS_REVOKED) {
        findings.state = PathRevocation::Revoked;
        findings.revokedAt = toDateTime(revoked);
        if (isRetirement(reason) && saysNoMoreThanReason(basic, answer))
            findings.retiredAt = findings.revokedAt;
        findings.detail = u"OCSP: revoked on "_s + findings.revokedAt.toString(Qt::ISODate);
        return findings;
    }
    const QDateTime until = findings.nextUpdate.isValid() ? findings.nextUpdate
                                                          : findings.thisUpdate.addDuration(kLifeWithoutNextUpdate);
    if (status != V_OCSP_CERTSTATUS_GOOD)
        findings.detail = u"OCSP: the responder does not know the certificate"_s;
    else if (!findings.thisUpdate.isValid() || findings.thisUpdate > at.addDuration(base::kClockTolerance) || until.addDuration(base::kClockTolerance) < at)
        findings.detail = u"OCSP: the response is not current"_s;
    else if (!isOfFirstVersion(basic) || hasUnknownExtension(basic, answer))
        findings.detail = u"OCSP: the response has a version or a critical extension nobody knows"_s;
    else if (isOfAnother(answer, certificate))
        findings.detail = u"OCSP: the responder knows another certificate of this number"_s;
    else
        findings.state = PathRevocation::Good;
    return findings;
}

/// Who said "revoked" has said it, and the worst reason counts; else the first answer that is good, for an older one beside it may be out of date.
OcspFindings decisiveAnswer(OCSP_BASICRESP *basic, const std::vector<OCSP_SINGLERESP *> &answers, const X509 *certificate, const QDateTime &at)
{
    OcspFindings decisive = read(basic, answers.front(), certificate, at);
    for (OCSP_SINGLERESP *answer : answers) {
        const OcspFindings findings = read(basic, answer, certificate, at);
        const bool areRetired = findings.retiredAt.isValid() && decisive.retiredAt.isValid();
        if (findings.state == PathRevocation::Revoked && decisive.state == PathRevocation::Revoked)
            decisive.retiredAt = areRetired ? std::min(decisive.retiredAt, findings.retiredAt) : QDateTime();
        else if (findings.state == PathRevocation::Revoked || decisive.state == PathRevocation::Unknown)
            decisive = findings;
    }
    return decisive;
}

QByteArray appointedBy(X509 *issuer, OCSP_BASICRESP *basic, STACK_OF(X509) *signers)
{
    X509 *signer = nullptr;
    const bool isFound = OCSP_resp_get0_signer(basic, &signer, signers) == 1;
    return isFound && X509_cmp(signer, issuer) != 0 ? toDer(signer) : QByteArray();
}

OcspFindings aboutAnother()
{
    OcspFindings findings = unknown(u"the response is about another certificate"_s);
    findings.isAboutAnother = true;
    return findings;
}

QDateTime producedAt(const OCSP_BASICRESP *basic)
{
    return toDateTime(OCSP_resp_get0_produced_at(basic));
}

} // namespace

bool isRetirement(long reason)
{
    constexpr long kRetirements[] = {CRL_REASON_UNSPECIFIED, CRL_REASON_AFFILIATION_CHANGED, CRL_REASON_SUPERSEDED, CRL_REASON_CESSATION_OF_OPERATION};
    return std::find(std::begin(kRetirements), std::end(kRetirements), reason) != std::end(kRetirements);
}

base::Result<QByteArray> makeOcspRequest(QByteArrayView certificate, QByteArrayView issuer)
{
    const ClearsErrorQueue clears;
    const X509Ptr leaf = x509FromDer(certificate);
    const X509Ptr authority = x509FromDer(issuer);
    if (!leaf || !authority || X509_check_issued(authority.get(), leaf.get()) != X509_V_OK)
        return {ErrorCode::InvalidArgument, u"not a certificate and its issuer"_s};
    const RequestPtr request(OCSP_REQUEST_new());
    // SHA-1 only names the issuer here, and it is what every responder understands (RFC 5019 section 2.1.1).
    CertIdPtr id(OCSP_cert_to_id(EVP_sha1(), leaf.get(), authority.get()));
    if (!request || !id || !OCSP_request_add0_id(request.get(), id.get()))
        return {ErrorCode::InvalidArgument, takeErrorText()};
    id.release();
    return derBy(i2d_OCSP_REQUEST, request.get());
}

OcspFindings checkOcspResponse(QByteArrayView response, X509 *certificate, const OcspIssuer &by, const QDateTime &at, const std::vector<X509 *> &beside)
{
    X509 *const issuer = by.key;
    const ResponsePtr parsed = response.size() <= kMaxOctets ? fromDerBy<ResponsePtr>(d2i_OCSP_RESPONSE, response) : nullptr;
    if (!parsed)
        return unknown(u"not a response"_s);
    if (const int status = OCSP_response_status(parsed.get()); status != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return unknown(QString::fromLatin1(OCSP_response_status_str(status)));
    const BasicPtr basic(OCSP_response_get1_basic(parsed.get()));
    if (!basic)
        return unknown(u"a kind of response nobody knows"_s);
    std::vector<OCSP_SINGLERESP *> answers = answersFor(basic.get(), certificate, by.issuer);
    if (answers.empty() && by.key != by.issuer)
        answers = answersFor(basic.get(), certificate, by.key);
    if (answers.empty())
        return aboutAnother();
    const X509StackPtr signers = knownSigners(basic.get(), issuer, beside);
    // Responders' certificates are young and do not live long. Who was revoked since the time that counts was revoked, although nobody who answers
    // today had a certificate then.
    const bool isOfThatTime = isAuthentic(basic.get(), issuer, signers.get(), at);
    const QDateTime produced = producedAt(basic.get());
    const bool isAuthenticAtAll = isOfThatTime || (produced.isValid() && isAuthentic(basic.get(), issuer, signers.get(), produced));
    OcspFindings findings = decisiveAnswer(basic.get(), answers, certificate, at);
    if (!isOfThatTime && !(isAuthenticAtAll && findings.state == PathRevocation::Revoked))
        return unknown(u"the response is not signed by the issuer or its responder"_s);
    findings.responder = appointedBy(issuer, basic.get(), signers.get());
    // RFC 6960 section 4.2.2.2.1: whether a responder is revoked is for others to say.
    if (findings.state == PathRevocation::Good && findings.responder == toDer(certificate))
        return unknown(u"the response is signed by whom it is about"_s);
    return findings;
}

OcspFindings checkOcspResponse(QByteArrayView response, QByteArrayView certificate, QByteArrayView issuer, const QDateTime &at)
{
    const ClearsErrorQueue clears;
    const X509Ptr leaf = x509FromDer(certificate);
    const X509Ptr authority = x509FromDer(issuer);
    if (!leaf || !authority || !at.isValid())
        return unknown(u"no certificate, no issuer or no time"_s);
    return checkOcspResponse(response, leaf.get(), {authority.get(), authority.get()}, at, {});
}

} // namespace provider
