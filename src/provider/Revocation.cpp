// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Revocation.h"

#include "provider/OpenSsl.h"

#include <algorithm>

using base::ErrorCode;

namespace provider {

namespace {

RevocationReason reasonOf(const X509_REVOKED *entry)
{
    const auto reason = extensionOf<Asn1EnumeratedPtr>(entry, NID_crl_reason);
    const long value = reason ? ASN1_ENUMERATED_get(reason.get()) : -1;
    return value >= 0 && value <= 10 && value != 7 ? static_cast<RevocationReason>(value) : RevocationReason::NotStated;
}

QByteArray scopeOf(const X509_CRL *crl)
{
    QByteArray scope;
    for (const int nid : {NID_issuing_distribution_point, NID_delta_crl}) {
        const int index = X509_CRL_get_ext_by_NID(crl, nid, -1);
        // A delta takes the place of an older one, whatever it adds to.
        if (index >= 0)
            scope += nid == NID_delta_crl ? QByteArray("delta") : derBy(i2d_X509_EXTENSION, X509_CRL_get_ext(crl, index));
    }
    return scope;
}

} // namespace

base::Result<CrlFacts> readCrl(QByteArrayView der)
{
    const ClearsErrorQueue clears;
    const X509CrlPtr crl = crlFromDer(der);
    if (!crl)
        return {ErrorCode::NotACrl, takeErrorText()};
    CrlFacts facts;
    facts.issuer = toText(X509_CRL_get_issuer(crl.get()));
    facts.issuerDer = derBy(i2d_X509_NAME, X509_CRL_get_issuer(crl.get()));
    const auto number = extensionOf<Asn1IntegerPtr>(crl.get(), NID_crl_number);
    facts.number = toHex(number.get());
    const auto identifier = extensionOf<KeyIdentifierPtr>(crl.get(), NID_authority_key_identifier);
    facts.authorityKeyIdentifier = identifier ? toBytes(identifier->keyid).toHex() : QByteArray{};
    facts.scope = scopeOf(crl.get());
    facts.thisUpdate = toDateTime(X509_CRL_get0_lastUpdate(crl.get()));
    facts.nextUpdate = toDateTime(X509_CRL_get0_nextUpdate(crl.get()));
    const STACK_OF(X509_REVOKED) *revoked = X509_CRL_get_REVOKED(crl.get());
    for (int i = 0; revoked && i < sk_X509_REVOKED_num(revoked); ++i) {
        const X509_REVOKED *entry = sk_X509_REVOKED_value(revoked, i);
        facts.revoked.append({toHex(X509_REVOKED_get0_serialNumber(entry)),
                              toDateTime(X509_REVOKED_get0_revocationDate(entry)), reasonOf(entry)});
    }
    return facts;
}

bool isCrlSignedBy(QByteArrayView crlDer, const QList<QByteArray> &issuers)
{
    const ClearsErrorQueue clears;
    const X509CrlPtr crl = crlFromDer(crlDer);
    return crl && std::any_of(issuers.begin(), issuers.end(), [&crl](const QByteArray &der) {
        const X509Ptr issuer = rememberedX509(der);
        EVP_PKEY *key = issuer ? X509_get0_pubkey(issuer.get()) : nullptr;
        return key && X509_NAME_cmp(X509_CRL_get_issuer(crl.get()), X509_get_subject_name(issuer.get())) == 0 && X509_CRL_verify(crl.get(), key) == 1;
    });
}

} // namespace provider
