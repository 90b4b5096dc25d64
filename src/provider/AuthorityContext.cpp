// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateBuilder.h"
#include "provider/CertificateContext.h"
#include "provider/CertificateNames.h"
#include "provider/KeyContext.h"
#include "provider/QcaProperties.h"
#include "provider/RevocationContext.h"

namespace provider {

namespace {

QByteArray hexOf(const QCA::BigInteger &number)
{
    BIGNUM *raw = nullptr;
    BN_dec2bn(&raw, number.toString().toLatin1().constData());
    const BignumPtr value(raw);
    const Asn1IntegerPtr integer(value ? BN_to_ASN1_INTEGER(value.get(), nullptr) : nullptr);
    return toHex(integer.get());
}

RevocationReason reasonOf(const QCA::CRLEntry &entry)
{
    // QCA counts on where CRLReason leaves out a number.
    const int number = static_cast<int>(entry.reason());
    return static_cast<RevocationReason>(number >= static_cast<int>(QCA::CRLEntry::RemoveFromCRL) ? number + 1 : number);
}

} // namespace

AuthorityContext::AuthorityContext(const AuthorityContext &other)
    : QCA::CAContext(other.provider()), m_certificate(shared(other.m_certificate.get())), m_key(shared(other.m_key.get()))
{
}

void AuthorityContext::setup(const QCA::CertContext &certificate, const QCA::PKeyContext &key)
{
    const ClearsErrorQueue clears;
    m_certificate = x509FromDer(certificate.toDER());
    m_key = evpOf(key);
}

QCA::CertContext *AuthorityContext::certificate() const
{
    return m_certificate ? new CertificateContext(provider(), shared(m_certificate.get())) : nullptr;
}

QCA::CertContext *AuthorityContext::signRequest(const QCA::CSRContext &request, const QDateTime &validUntil) const
{
    const ClearsErrorQueue clears;
    const X509RequestPtr x509 = fromDerBy<X509RequestPtr>(d2i_X509_REQ, request.toDER());
    EVP_PKEY *key = x509 ? X509_REQ_get0_pubkey(x509.get()) : nullptr;
    if (!m_certificate || !key || X509_REQ_verify(x509.get(), key) != 1)
        return nullptr;
    // QCA passes no options: of what the request asks for, only its names are granted.
    const GeneralNamesPtr names = requestedNames(x509.get());
    CertificateProfile profile;
    profile.addresses = mailAddressesOf(names.get());
    profile.hostNames = hostNamesOf(names.get());
    profile.issuedAt = QDateTime::currentDateTimeUtc();
    profile.validUntil = validUntil.toUTC();
    auto certificate = buildCertificate(m_certificate.get(), m_key.get(), key, X509_REQ_get_subject_name(x509.get()), profile);
    return certificate ? new CertificateContext(provider(), std::move(*certificate)) : nullptr;
}

QCA::CertContext *AuthorityContext::createCertificate(const QCA::PKeyContext &key, const QCA::CertificateOptions &options) const
{
    const ClearsErrorQueue clears;
    const EvpKeyPtr evp = evpOf(key);
    const X509NamePtr subject = subjectFrom(options);
    if (!m_certificate)
        return nullptr;
    auto certificate = buildCertificate(m_certificate.get(), m_key.get(), evp.get(), subject.get(), profileFrom(options));
    return certificate ? new CertificateContext(provider(), std::move(*certificate)) : nullptr;
}

QCA::CRLContext *AuthorityContext::createCRL(const QDateTime &nextUpdate) const
{
    return updateCRL(RevocationContext(provider()), {}, nextUpdate);
}

QCA::CRLContext *AuthorityContext::updateCRL(const QCA::CRLContext &crl, const QList<QCA::CRLEntry> &entries,
                                             const QDateTime &nextUpdate) const
{
    const ClearsErrorQueue clears;
    CrlFacts contents;
    if (const base::Result<CrlFacts> before = readCrl(crl.toDER()))
        contents = *before;
    bool ok = false;
    contents.number = QByteArray::number(contents.number.toULongLong(&ok, 16) + 1, 16);
    contents.thisUpdate = QDateTime::currentDateTimeUtc();
    contents.nextUpdate = nextUpdate.toUTC();
    for (const QCA::CRLEntry &entry : entries)
        contents.revoked.append({hexOf(entry.serialNumber()), entry.time().toUTC(), reasonOf(entry)});
    auto built = buildCrl(m_certificate.get(), m_key.get(), contents);
    auto result = std::make_unique<RevocationContext>(provider());
    return built && result->fromDER(toDer(built->get())) == QCA::ConvertGood ? result.release() : nullptr;
}

} // namespace provider
