// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateBuilder.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

using RevokedPtr = Owned<X509_REVOKED, X509_REVOKED_free>;

bool addEntry(X509_CRL *crl, const RevokedCertificate &entry)
{
    RevokedPtr revoked(X509_REVOKED_new());
    const Asn1IntegerPtr serial = integerFromHex(entry.serial);
    const Asn1TimePtr time = toAsn1Time(entry.revokedAt);
    if (!serial || !time || X509_REVOKED_set_serialNumber(revoked.get(), serial.get()) != 1
        || X509_REVOKED_set_revocationDate(revoked.get(), time.get()) != 1)
        return false;
    // "unspecified" should be absent: RFC 5280 section 5.3.1.
    if (entry.reason != RevocationReason::NotStated && entry.reason != RevocationReason::Unspecified) {
        const Asn1EnumeratedPtr reason(ASN1_ENUMERATED_new());
        ASN1_ENUMERATED_set(reason.get(), static_cast<long>(entry.reason));
        if (X509_REVOKED_add1_ext_i2d(revoked.get(), NID_crl_reason, reason.get(), 0, X509V3_ADD_DEFAULT) != 1)
            return false;
    }
    if (X509_CRL_add0_revoked(crl, revoked.get()) != 1)
        return false;
    revoked.release();
    return true;
}

bool addExtensions(X509_CRL *crl, X509 *issuer, const QByteArray &number)
{
    const KeyIdentifierPtr identifier(AUTHORITY_KEYID_new());
    if (const ASN1_OCTET_STRING *keyIdentifier = X509_get0_subject_key_id(issuer)) {
        identifier->keyid = ASN1_OCTET_STRING_dup(keyIdentifier);
        if (X509_CRL_add1_ext_i2d(crl, NID_authority_key_identifier, identifier.get(), 0, X509V3_ADD_DEFAULT) != 1)
            return false;
    }
    const Asn1IntegerPtr crlNumber = integerFromHex(number.isEmpty() ? QByteArray("01") : number);
    return crlNumber && X509_CRL_add1_ext_i2d(crl, NID_crl_number, crlNumber.get(), 0, X509V3_ADD_DEFAULT) == 1;
}

} // namespace

base::Result<X509CrlPtr> buildCrl(X509 *issuer, EVP_PKEY *issuerKey, const CrlFacts &contents)
{
    if (!issuer || !issuerKey || !contents.thisUpdate.isValid() || !contents.nextUpdate.isValid())
        return {ErrorCode::InvalidArgument, u"a CRL needs an issuer and both of its dates"_s};
    if (X509_check_private_key(issuer, issuerKey) != 1)
        return ErrorCode::CertificateKeyMismatch;
    X509CrlPtr crl(X509_CRL_new());
    const Asn1TimePtr thisUpdate = toAsn1Time(contents.thisUpdate);
    const Asn1TimePtr nextUpdate = toAsn1Time(contents.nextUpdate);
    bool isDone = X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2) == 1
            && X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(issuer)) == 1
            && X509_CRL_set1_lastUpdate(crl.get(), thisUpdate.get()) == 1
            && X509_CRL_set1_nextUpdate(crl.get(), nextUpdate.get()) == 1;
    for (const RevokedCertificate &entry : contents.revoked)
        isDone = isDone && addEntry(crl.get(), entry);
    isDone = isDone && addExtensions(crl.get(), issuer, contents.number) && X509_CRL_sort(crl.get()) == 1
            && X509_CRL_sign(crl.get(), issuerKey, digestFor(issuerKey)) > 0;
    if (!isDone)
        return {ErrorCode::InvalidArgument, u"the CRL cannot be made: "_s + takeErrorText()};
    return crl;
}

} // namespace provider
