// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Ocsp.h"

#include "provider/OcspCheck.h"

#include <openssl/ocsp.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

constexpr auto kClockSkew = std::chrono::minutes(5);
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

/// Signed by the issuer, or by somebody whom the issuer certified for it.
bool isAuthentic(OCSP_BASICRESP *basic, X509 *issuer, const QDateTime &at)
{
    const X509StorePtr store(X509_STORE_new());
    const X509StackPtr helpers(sk_X509_new_null());
    if (!store || X509_STORE_add_cert(store.get(), issuer) != 1
        || X509_add_cert(helpers.get(), issuer, X509_ADD_FLAG_UP_REF) != 1)
        return false;
    X509_VERIFY_PARAM *parameters = X509_STORE_get0_param(store.get());
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(parameters, static_cast<time_t>(at.toSecsSinceEpoch()));
    return OCSP_basic_verify(basic, helpers.get(), store.get(), 0) == 1;
}

OCSP_SINGLERESP *answerFor(OCSP_BASICRESP *basic, const X509 *certificate, const X509 *issuer)
{
    for (const EVP_MD *digest : {EVP_sha1(), EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
        const CertIdPtr id(OCSP_cert_to_id(digest, certificate, issuer));
        const int index = id ? OCSP_resp_find(basic, id.get(), -1) : -1;
        if (index >= 0)
            return OCSP_resp_get0(basic, index);
    }
    return nullptr;
}

OcspFindings read(OCSP_SINGLERESP *answer, const QDateTime &at)
{
    ASN1_GENERALIZEDTIME *revoked = nullptr;
    ASN1_GENERALIZEDTIME *thisUpdate = nullptr;
    ASN1_GENERALIZEDTIME *nextUpdate = nullptr;
    const int status = OCSP_single_get0_status(answer, nullptr, &revoked, &thisUpdate, &nextUpdate);
    OcspFindings findings;
    findings.thisUpdate = toDateTime(thisUpdate);
    findings.nextUpdate = toDateTime(nextUpdate);
    if (status == V_OCSP_CERTSTATUS_REVOKED) {
        findings.state = PathRevocation::Revoked;
        findings.revokedAt = toDateTime(revoked);
        findings.detail = u"OCSP: revoked on "_s + findings.revokedAt.toString(Qt::ISODate);
        return findings;
    }
    const QDateTime until = findings.nextUpdate.isValid() ? findings.nextUpdate
                                                          : findings.thisUpdate.addDuration(kLifeWithoutNextUpdate);
    if (status != V_OCSP_CERTSTATUS_GOOD)
        findings.detail = u"OCSP: the responder does not know the certificate"_s;
    else if (!findings.thisUpdate.isValid() || findings.thisUpdate > at.addDuration(kClockSkew) || until.addDuration(kClockSkew) < at)
        findings.detail = u"OCSP: the response is not current"_s;
    else
        findings.state = PathRevocation::Good;
    return findings;
}

OcspFindings aboutAnother()
{
    OcspFindings findings = unknown(u"the response is about another certificate"_s);
    findings.isAboutAnother = true;
    return findings;
}

} // namespace

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

OcspFindings checkOcspResponse(QByteArrayView response, X509 *certificate, X509 *issuer, const QDateTime &at)
{
    const ResponsePtr parsed = response.size() <= kMaxOctets ? fromDerBy<ResponsePtr>(d2i_OCSP_RESPONSE, response) : nullptr;
    if (!parsed)
        return unknown(u"not a response"_s);
    if (const int status = OCSP_response_status(parsed.get()); status != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return unknown(QString::fromLatin1(OCSP_response_status_str(status)));
    const BasicPtr basic(OCSP_response_get1_basic(parsed.get()));
    if (!basic)
        return unknown(u"a kind of response nobody knows"_s);
    OCSP_SINGLERESP *answer = answerFor(basic.get(), certificate, issuer);
    if (!answer)
        return aboutAnother();
    if (!isAuthentic(basic.get(), issuer, at))
        return unknown(u"the response is not signed by the issuer or its responder"_s);
    return read(answer, at);
}

OcspFindings checkOcspResponse(QByteArrayView response, QByteArrayView certificate, QByteArrayView issuer, const QDateTime &at)
{
    const ClearsErrorQueue clears;
    const X509Ptr leaf = x509FromDer(certificate);
    const X509Ptr authority = x509FromDer(issuer);
    if (!leaf || !authority || !at.isValid())
        return unknown(u"no certificate, no issuer or no time"_s);
    return checkOcspResponse(response, leaf.get(), authority.get(), at);
}

} // namespace provider
