// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CertificateBuilder.h"

#include "base/Clock.h"
#include "provider/CertificateNames.h"

#include <openssl/rand.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace provider {

namespace {

constexpr qsizetype kMaxCommonName = 64; // ub-common-name, RFC 5280 appendix A

/// What the parts of one certificate are made from.
struct Making {
    X509 *certificate;
    X509 *issuer; ///< The certificate itself if it is self-signed.
    EVP_PKEY *subjectKey;
    const CertificateProfile &profile;
};

bool isReplaced(const CertificateProfile &profile, int nid)
{
    for (const auto &[name, value] : profile.extensions) {
        if (OBJ_txt2nid(name.constData()) == nid)
            return true;
    }
    return false;
}

bool addFromText(const Making &making, int nid, const QByteArray &text)
{
    if (isReplaced(making.profile, nid))
        return true;
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, making.issuer, making.certificate, nullptr, nullptr, 0);
    const X509ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, text.constData()));
    return extension && X509_add_ext(making.certificate, extension.get(), -1) == 1;
}

bool addStructure(const Making &making, int nid, void *structure, bool isCritical)
{
    return isReplaced(making.profile, nid)
            || X509_add1_ext_i2d(making.certificate, nid, structure, isCritical, X509V3_ADD_APPEND) == 1;
}

bool addOtherExtensions(const Making &making)
{
    for (const auto &[name, value] : making.profile.extensions) {
        if (value.isEmpty())
            continue;
        X509V3_CTX context;
        X509V3_set_ctx_nodb(&context);
        X509V3_set_ctx(&context, making.issuer, making.certificate, nullptr, nullptr, 0);
        const X509ExtensionPtr extension(X509V3_EXT_nconf(nullptr, &context, name.constData(), value.constData()));
        if (!extension || X509_add_ext(making.certificate, extension.get(), -1) != 1)
            return false;
    }
    return true;
}

QByteArray keyUsageText(const Making &making)
{
    const CertificateProfile &profile = making.profile;
    if (profile.kind == CertificateKind::Authority)
        return "critical,keyCertSign,cRLSign";
    const EVP_PKEY *key = making.subjectKey;
    const bool isTls = profile.kind == CertificateKind::TlsServer;
    const bool agrees = isOfType(key, "EC") || isOfType(key, "X25519") || isOfType(key, "X448");
    QByteArrayList usages{"critical"};
    if (canSign(key) && (isTls || profile.mailUse != MailUse::Receive))
        usages.append("digitalSignature");
    if (canReceive(key) && (isTls ? !agrees : profile.mailUse != MailUse::Sign))
        usages.append(agrees ? "keyAgreement" : "keyEncipherment");
    return usages.size() > 1 ? usages.join(',') : QByteArray{};
}

bool addUsage(const Making &making)
{
    const QByteArray keyUsage = keyUsageText(making);
    if (keyUsage.isEmpty() || !addFromText(making, NID_key_usage, keyUsage))
        return false;
    switch (making.profile.kind) {
    case CertificateKind::Person: return addFromText(making, NID_ext_key_usage, "emailProtection");
    case CertificateKind::TlsServer: return addFromText(making, NID_ext_key_usage, "serverAuth");
    case CertificateKind::Authority: return true;
    }
    Q_UNREACHABLE_RETURN(false);
}

bool addBasicConstraints(const Making &making)
{
    const bool isCa = making.profile.kind == CertificateKind::Authority;
    const BasicConstraintsPtr constraints(BASIC_CONSTRAINTS_new());
    constraints->ca = isCa ? 0xff : 0;
    if (isCa && making.profile.pathLength) {
        constraints->pathlen = ASN1_INTEGER_new();
        ASN1_INTEGER_set(constraints->pathlen, *making.profile.pathLength);
    }
    return addStructure(making, NID_basic_constraints, constraints.get(), true);
}

bool addAuthorityKeyIdentifier(const Making &making)
{
    const ASN1_OCTET_STRING *keyIdentifier = X509_get0_subject_key_id(making.issuer);
    if (making.issuer == making.certificate || !keyIdentifier)
        return true;
    const KeyIdentifierPtr identifier(AUTHORITY_KEYID_new());
    identifier->keyid = ASN1_OCTET_STRING_dup(keyIdentifier);
    return addStructure(making, NID_authority_key_identifier, identifier.get(), false);
}

bool addCapabilities(const Making &making)
{
    const QByteArray der = encodeSmimeCapabilities(making.profile.smimeCapabilities);
    if (making.profile.smimeCapabilities.isEmpty() || isReplaced(making.profile, NID_SMIMECapabilities))
        return true;
    const Asn1OctetStringPtr value(ASN1_OCTET_STRING_new());
    ASN1_OCTET_STRING_set(value.get(), reinterpret_cast<const unsigned char *>(der.constData()), static_cast<int>(der.size()));
    const X509ExtensionPtr extension(X509_EXTENSION_create_by_NID(nullptr, NID_SMIMECapabilities, 0, value.get()));
    return !der.isEmpty() && extension && X509_add_ext(making.certificate, extension.get(), -1) == 1;
}

bool addCrlLocations(const Making &making)
{
    QByteArrayList points;
    for (const QString &location : making.profile.crlLocations) {
        // A comma would end the value in OpenSSL's notation.
        const QByteArray uri = location.toUtf8().replace(',', "%2C");
        points.append("URI:" + uri);
    }
    return points.isEmpty() || addFromText(making, NID_crl_distribution_points, points.join(','));
}

base::Status addExtensions(const Making &making)
{
    const auto names = alternativeNames(making.profile.addresses, making.profile.hostNames);
    if (!names)
        return names.error();
    const bool isNameless = X509_NAME_entry_count(X509_get_subject_name(making.certificate)) == 0;
    const bool isDone = addBasicConstraints(making) && addUsage(making)
            && addFromText(making, NID_subject_key_identifier, "hash") && addAuthorityKeyIdentifier(making)
            && (!*names || addStructure(making, NID_subject_alt_name, names->get(), isNameless)) && addCrlLocations(making)
            && addCapabilities(making) && addOtherExtensions(making);
    if (!isDone)
        return {ErrorCode::InvalidArgument, u"an extension cannot be made: "_s + takeErrorText()};
    return base::Done{};
}

/// 16 octets, the first between 0x40 and 0x7f: positive, and always of the same length.
QByteArray randomSerial()
{
    unsigned char octets[16];
    if (RAND_bytes(octets, sizeof octets) != 1)
        return {};
    octets[0] = static_cast<unsigned char>((octets[0] & 0x3f) | 0x40);
    return QByteArray(reinterpret_cast<char *>(octets), sizeof octets).toHex();
}

bool fillBody(X509 *certificate, const X509_NAME *subject, const X509_NAME *issuer, EVP_PKEY *subjectKey,
              const CertificateProfile &profile)
{
    const Asn1IntegerPtr serial = integerFromHex(profile.serial.isEmpty() ? randomSerial() : profile.serial);
    const Asn1TimePtr notBefore = toAsn1Time(profile.issuedAt.addDuration(-base::kClockTolerance));
    const Asn1TimePtr notAfter = toAsn1Time(profile.validUntil);
    return serial && notBefore && notAfter && X509_set_version(certificate, X509_VERSION_3) == 1
            && X509_set_serialNumber(certificate, serial.get()) == 1 && X509_set1_notBefore(certificate, notBefore.get()) == 1
            && X509_set1_notAfter(certificate, notAfter.get()) == 1 && X509_set_subject_name(certificate, subject) == 1
            && X509_set_issuer_name(certificate, issuer) == 1 && X509_set_pubkey(certificate, subjectKey) == 1;
}

base::Status checkKeys(X509 *issuer, EVP_PKEY *issuerKey, EVP_PKEY *subjectKey)
{
    if (!issuerKey || !subjectKey)
        return {ErrorCode::InvalidArgument, u"null key"_s};
    const bool isPair = issuer ? X509_check_private_key(issuer, issuerKey) == 1 : EVP_PKEY_eq(issuerKey, subjectKey) == 1;
    if (!isPair)
        return ErrorCode::CertificateKeyMismatch;
    if (!canSign(issuerKey))
        return {ErrorCode::KeyTypeUnsupported, u"%1 keys cannot sign"_s.arg(describeKey(issuerKey))};
    return base::Done{};
}

bool addRequestNames(X509_REQ *request, GENERAL_NAMES *names)
{
    if (!names)
        return true;
    STACK_OF(X509_EXTENSION) *raw = nullptr;
    const bool isAdded = X509V3_add1_i2d(&raw, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT) == 1;
    const ExtensionStackPtr extensions(raw);
    return isAdded && X509_REQ_add_extensions(request, extensions.get()) == 1;
}

} // namespace

const EVP_MD *digestFor(const EVP_PKEY *key)
{
    if (hashesByItself(key))
        return nullptr;
    const QString type = describeKey(key);
    if (type == u"EC-P384")
        return EVP_sha384();
    return type == u"EC-P521" ? EVP_sha512() : EVP_sha256();
}

X509NamePtr nameWithCommonName(const QString &commonName)
{
    X509NamePtr name(X509_NAME_new());
    const QByteArray utf8 = commonName.left(kMaxCommonName).toUtf8();
    if (!utf8.isEmpty()
        && X509_NAME_add_entry_by_NID(name.get(), NID_commonName, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(utf8.constData()), static_cast<int>(utf8.size()),
                                      -1, 0) != 1)
        return nullptr;
    return name;
}

base::Result<X509Ptr> buildCertificate(X509 *issuer, EVP_PKEY *issuerKey, EVP_PKEY *subjectKey, const X509_NAME *subject,
                                       const CertificateProfile &profile)
{
    const base::Status keys = checkKeys(issuer, issuerKey, subjectKey);
    if (!keys)
        return keys.error();
    if (!subject || !profile.issuedAt.isValid() || !profile.validUntil.isValid() || profile.validUntil <= profile.issuedAt)
        return {ErrorCode::InvalidArgument, u"a certificate needs a name and a validity that ends after it begins"_s};
    X509Ptr certificate(X509_new());
    const X509_NAME *issuerName = issuer ? X509_get_subject_name(issuer) : subject;
    if (!fillBody(certificate.get(), subject, issuerName, subjectKey, profile))
        return {ErrorCode::InvalidArgument, u"serial, validity or name cannot be written: "_s + takeErrorText()};
    const base::Status extensions =
            addExtensions({certificate.get(), issuer ? issuer : certificate.get(), subjectKey, profile});
    if (!extensions)
        return extensions.error();
    const EvpDigestPtr named(profile.digest.isEmpty() || hashesByItself(issuerKey)
                                     ? nullptr : EVP_MD_fetch(nullptr, profile.digest.constData(), nullptr));
    if (X509_sign(certificate.get(), issuerKey, named ? named.get() : digestFor(issuerKey)) <= 0)
        return {ErrorCode::InvalidArgument, u"cannot be signed: "_s + takeErrorText()};
    // Read anew: OpenSSL remembers what it saw of the extensions before the signature was there.
    return x509FromDer(toDer(certificate.get()));
}

base::Result<X509RequestPtr> buildRequest(EVP_PKEY *key, const X509_NAME *subject, const QStringList &addresses,
                                          const QStringList &hostNames)
{
    if (!canSign(key) || !subject)
        return {ErrorCode::KeyTypeUnsupported, u"a request is signed with its own key, which this one cannot do"_s};
    const auto names = alternativeNames(addresses, hostNames);
    if (!names)
        return names.error();
    X509RequestPtr request(X509_REQ_new());
    const bool isDone = X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) == 1
            && X509_REQ_set_subject_name(request.get(), subject) == 1 && X509_REQ_set_pubkey(request.get(), key) == 1
            && addRequestNames(request.get(), names->get()) && X509_REQ_sign(request.get(), key, digestFor(key)) > 0;
    if (!isDone)
        return {ErrorCode::InvalidArgument, takeErrorText()};
    return request;
}

GeneralNamesPtr requestedNames(X509_REQ *request)
{
    const ExtensionStackPtr extensions(X509_REQ_get_extensions(request));
    if (!extensions)
        return nullptr;
    return GeneralNamesPtr(
            static_cast<GENERAL_NAMES *>(X509V3_get_d2i(extensions.get(), NID_subject_alt_name, nullptr, nullptr)));
}

} // namespace provider
